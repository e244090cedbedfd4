// LiveOutcome: an outcome while answers come in. Repairs it at once, as little as possible.
//
// The starts that run stay those that run, but for what falls short of its minimum. Stable repair
// equals clearing again with the accepted contracts frozen and these starts open, by test; the
// other mode moves nobody who keeps a contract and counts what that leaves blocking. `score` and
// `priority`. Not thread-safe. Test: tests/property/engine_repair_property_test.cc
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "services/scheduler/engine/candidate_index.h"
#include "services/scheduler/engine/clearing.h"
#include "services/scheduler/engine/exact_state.h"
#include "services/scheduler/engine/repair.h"

namespace matchgo::scheduler::engine {

enum class RepairMode : uint8_t { kStable, kNobodyMoves };

struct Repaired {
  std::vector<Move> moves;             // ascending by switcher; the one who answered included
  std::vector<int32_t> starts_closed;  // fell short of their minimum, in the order of closing
  // Contracts that block now, whichever answer led to them. 0 in stable repair.
  int64_t blocking = 0;
};

class LiveOutcome {
 public:
  // `index` and what `cleared` was made with must outlive this.
  LiveOutcome(const CandidateIndex& index, ClearedState cleared, RepairMode mode);

  // Looks ahead while nobody waits, so that the next answer seldom has to search
  // (ExactState::Stock): for everybody the first time, later for those whom changes touched since.
  // REQUIRES: kStable.
  void Stock();

  // She keeps what she holds, whatever happens. REQUIRES: she holds something that is not frozen.
  void Accept(int32_t switcher);
  // Declined or expired: the contract may not come back. REQUIRES: it is not frozen.
  Repaired Decline(const Contract& contract);
  // She leaves the market. REQUIRES: her contract is not frozen.
  Repaired Withdraw(int32_t switcher);
  // Openings and capacities in all, frozen ones included. 0 closes a vacancy or a lost start.
  // REQUIRES: frozen contracts fit.
  Repaired SetOpenings(int32_t vacancy, int32_t openings);
  Repaired SetCapacity(int32_t start, int32_t capacity);

  const ExactState& state() const { return *state_; }
  const Commitments& commitments() const { return commitments_; }
  // Everything, as a clearing gives it. Takes as long as listing everybody.
  Clearing Now();

 private:
  Repaired Change(const std::function<void()>& change);
  std::vector<Move> MovesSince(const StableState::Mark& mark);
  void Touch(const KnownContract& contract);
  int64_t CountBlocking() const;

  const CandidateIndex& index_;
  const RepairMode mode_;
  const Mechanism mechanism_;
  const OpenSetMethod open_set_;
  const int64_t total_score_minima_ignored_;
  Commitments commitments_;
  std::unique_ptr<ExactState> state_;
  std::vector<int32_t> frozen_at_vacancy_;
  std::vector<int32_t> frozen_at_start_;
  // Everybody whom changes touched. Without displacement nothing else can block; in stable repair
  // only since Stock.
  std::vector<int32_t> switchers_, vacancies_, starts_;
  std::vector<uint8_t> is_touched_switcher_, is_touched_vacancy_, is_touched_start_;
  bool stocked_ = false;
};

}  // namespace matchgo::scheduler::engine
