// Mechanism `nested`: switcher-proposing deferred acceptance where capacities are nested.
//
// Every vacancy is tied to one start, or every start to one vacancy, and the outer party orders the
// contracts that share an inner party as the inner party does; then the result is stable and the
// best stable one for every switcher. Anything else is refused. Test:
// tests/unit/services/scheduler/engine/clearing_test.cc
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "common/base/status.h"
#include "services/scheduler/engine/candidate_index.h"
#include "services/scheduler/engine/cohort_state.h"
#include "services/scheduler/engine/known_contracts.h"
#include "services/scheduler/engine/market.h"
#include "services/scheduler/engine/room.h"

namespace matchgo::scheduler::engine {

// Which side lies inside the other. A market may be both; then either gives the same outcome.
enum class Nesting : uint8_t { kVacanciesInStarts, kStartsInVacancies };

// The nesting of a bare market, or FAILED_PRECONDITION with MECHANISM_NOT_APPLICABLE and what is
// in the way.
StatusOr<Nesting> FindNesting(const Market& market);

class NestedState final : public CohortState {
 public:
  // All starts open. REQUIRES: `nesting` is that of the market.
  NestedState(const CandidateIndex& index, const Commitments& commitments, Room room,
              Nesting nesting);

  void Open(int32_t start) override;
  void Close(int32_t start) override;
  bool IsOpen(int32_t start) const override { return open_[static_cast<size_t>(start)] != 0; }
  int32_t LoadOf(int32_t start) const override;
  int64_t total_score() const override { return total_score_; }
  int64_t matched() const override { return matched_; }
  std::optional<KnownContract> HeldBy(int32_t switcher) const override;

 private:
  struct Ranks {
    int32_t s = 0;
    int32_t v = 0;
    int32_t p = 0;
  };

  void ClearAgain();
  // Takes a proposal in; the position that has to go instead, or kNone.
  int32_t Propose(int32_t position);
  int32_t EvictFromVacancy(int32_t vacancy) const;
  int32_t EvictFromStart(int32_t start) const;
  void Drop(int32_t position);

  const KnownContract& at(int32_t position) const {
    return contracts_[static_cast<size_t>(position)];
  }

  const Room room_;
  const Nesting nesting_;
  std::vector<KnownContract> contracts_;      // neither settled nor declined nor without a seat
  std::vector<Ranks> ranks_;                  // per position in contracts_
  std::vector<std::vector<int32_t>> wishes_;  // per switcher, best first
  std::vector<uint8_t> open_;
  std::vector<int32_t> held_;                     // per switcher
  std::vector<std::vector<int32_t>> by_vacancy_;  // held positions
  std::vector<std::vector<int32_t>> by_start_;
  int64_t total_score_ = 0;
  int64_t matched_ = 0;
};

}  // namespace matchgo::scheduler::engine
