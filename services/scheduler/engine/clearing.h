// Clear: who gets which contract. The outcome is stable against every feasible contract.
//
// Which mechanism promises what stands in README.md; what cannot be promised is refused. Pure and
// deterministic: the same market and options give the same answer in any input order and on any
// number of lanes. Test: tests/unit/services/scheduler/engine/clearing_test.cc,
// tests/property/engine_clearing_property_test.cc
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/status.h"
#include "services/scheduler/engine/candidate_index.h"
#include "services/scheduler/engine/clear_observer.h"
#include "services/scheduler/engine/cohorts.h"
#include "services/scheduler/engine/exact_state.h"
#include "services/scheduler/engine/market.h"
#include "services/scheduler/engine/parallel.h"
#include "services/scheduler/engine/score.h"

namespace matchgo::scheduler::engine {

enum class Mechanism : uint8_t { kScore, kPriority, kNested };

std::string_view MechanismName(Mechanism mechanism);
StatusOr<Mechanism> ParseMechanism(std::string_view name);

struct ClearOptions {
  Mechanism mechanism = Mechanism::kScore;
  SearchSizes search = {};
  CohortLimits cohorts = {};
};

// The answer. The commitments it was made with are part of it.
struct Clearing {
  Mechanism mechanism = Mechanism::kScore;
  Commitments commitments;
  std::vector<KnownContract> holdings;   // frozen ones included; ascending by switcher
  std::vector<uint8_t> frozen_switcher;  // per switcher: 1 when her contract is frozen
  std::vector<int32_t> hopeless;         // no feasible contract once declined ones are removed
  std::vector<int32_t> participants;     // per start, frozen ones included
  std::vector<ClosedStartLoad> closed;   // every start without participants, ascending
  std::vector<WillingGroup> groups;      // who would rather have had a closed start opened
  OpenSetMethod open_set = OpenSetMethod::kExact;
  int64_t total_score = 0;
  int64_t total_score_minima_ignored = 0;  // all starts open, minima ignored: what closing cost

  bool Runs(int32_t start) const { return participants[static_cast<size_t>(start)] > 0; }
  bool IsFrozen(int32_t switcher) const {
    return frozen_switcher[static_cast<size_t>(switcher)] != 0;
  }
  // What she holds, or null.
  const KnownContract* HeldBy(int32_t switcher) const;
};

// Clears with the frozen and declined lines of the market.
StatusOr<Clearing> Clear(const CandidateIndex& index, const ClearOptions& options,
                         Parallel& parallel, const ClearObserver& observer = {});
// Clears with other commitments. They must be feasible, fit and not contradict each other, else
// FAILED_PRECONDITION with COMMITMENTS_INVALID.
StatusOr<Clearing> Clear(const CandidateIndex& index, const Commitments& commitments,
                         const ClearOptions& options, Parallel& parallel,
                         const ClearObserver& observer = {});

// OK when the frozen contracts are feasible, fit the capacities, and are not declined or repeated.
Status Validate(const Market& market, const Commitments& commitments);

// What a feasible contract scores. REQUIRES: it is feasible.
int32_t ScoreIn(const CandidateIndex& index, const Contract& contract);

// For `score` and `priority`: the state of a clearing, to be kept for what happens next
// (repair.h). REQUIRES: the commitments are valid.
struct ClearedState {
  std::unique_ptr<ExactState> state;
  Clearing clearing;
};
ClearedState ClearAndKeep(const CandidateIndex& index, const Commitments& commitments,
                          const ClearOptions& options, Parallel& parallel,
                          const ClearObserver& observer);
// The answer of a state, but for open_set, closed and total_score_minima_ignored.
Clearing MakeClearing(const CandidateIndex& index, const Commitments& commitments,
                      Mechanism mechanism, ExactState& state);

}  // namespace matchgo::scheduler::engine
