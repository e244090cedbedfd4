// CohortSearch: looks for a good set of open starts where there are too many to try all sets.
//
// Every step is judged by the exact outcome that it leads to, closing what it leaves short. Used by
// cohorts.cc. Deterministic; not thread-safe. Test: tests/property/engine_cohort_property_test.cc
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "services/scheduler/engine/cohorts.h"
#include "services/scheduler/engine/exact_state.h"
#include "services/scheduler/engine/market.h"

namespace matchgo::scheduler::engine {

// Higher is better: total score, then people placed.
using CohortValue = std::pair<int64_t, int64_t>;

inline CohortValue ValueOf(const ExactState& state) {
  return {state.total_score(), state.matched()};
}

bool NoneIsShort(const std::vector<int32_t>& starts, const Market& market, const ExactState& state);
// Closes those that run without anybody in them, which changes nothing else.
void CloseEmpty(const std::vector<int32_t>& starts, ExactState& state);

// Of the starts that are short the one that is filled worst for its minimum, if any is short.
std::optional<int32_t> WorstFilled(const Market& market, const ExactState& state);
// Participants that a closed start would have if it alone were opened.
int32_t LoadIfOpened(int32_t start, ExactState& state);

// The group for a closed start, empty when the pass finds none. REQUIRES: the start was opened in a
// trial since the state last changed, so that its contracts are known.
WillingGroup FindWillingGroup(const Market& market, int32_t start, const ExactState& state);

class CohortSearch {
 public:
  CohortSearch(const Market& market, const CohortLimits& limits, const ClearObserver& observer,
               ExactState& state);

  // Decides on these starts. REQUIRES: all of them are open.
  void Run(const std::vector<int32_t>& component);
  // Reopens single starts while that helps; then what each closed one would have. REQUIRES: all
  // components are decided.
  std::vector<ClosedStartLoad> FinishLoads();

 private:
  // How to rank short starts when one has to close: smaller closes first.
  enum class Misery : uint8_t { kShare, kMissing, kLoad };
  using Flags = std::vector<uint8_t>;

  std::optional<int32_t> WorstShort() const;
  bool ClosesBefore(int32_t a, int32_t b) const;
  void CloseShort();
  void SearchFromAllSides();
  void OpenOneByOne();
  void Improve();
  bool ChangeSingleStarts();
  bool SwapStarts();
  bool EnumerateAround(int32_t p);
  std::vector<int32_t> Neighbours(int32_t p) const;
  // Keeps the change, and what has to be closed after it, if that raises the value.
  bool Try(const std::function<void()>& change);
  void Set(int32_t p, bool open);
  void SetAll(const Flags& open);
  Flags OpenFlags() const;

  const Market& market_;
  const CohortLimits limits_;
  const ClearObserver observer_;
  ExactState& state_;
  std::vector<int32_t> starts_;  // of the component
  Flags member_;                 // per start
  Misery misery_ = Misery::kShare;
};

}  // namespace matchgo::scheduler::engine
