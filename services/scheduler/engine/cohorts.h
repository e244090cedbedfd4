// Which starts to open: every one that runs has its minimum, and the total score is as high as can
// be found (the problem is NP-hard).
//
// Connected components with few undecided starts are enumerated, larger ones searched; README.md
// says how well. Deterministic; not thread-safe. Test:
// tests/property/engine_cohort_property_test.cc
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "services/scheduler/engine/clear_observer.h"
#include "services/scheduler/engine/cohort_state.h"
#include "services/scheduler/engine/exact_state.h"
#include "services/scheduler/engine/market.h"

namespace matchgo::scheduler::engine {

// How the set of open starts was found.
enum class OpenSetMethod : uint8_t {
  kExact,          // every component was enumerated: the highest total score there is
  kLocalSearch,    // a component was too large for that: no single reopening is better
  kReportedLoads,  // priority, nested: closed where short, worst filled first, reopened where
                   // better
  kFixed           // priority, nested: no start could fall short, whatever was reported
};
std::string_view OpenSetMethodName(OpenSetMethod method);

struct ClosedStartLoad {
  int32_t start = 0;
  int32_t load = 0;  // participants if it alone were opened beside those running

  friend bool operator==(const ClosedStartLoad&, const ClosedStartLoad&) = default;
};

// People who would all rather have had a closed start opened, and whom it and their vacancies would
// have taken together; at least its minimum. Found by one pass, so silence is no proof that there
// is no such group.
struct WillingGroup {
  int32_t start = 0;
  std::vector<int32_t> switchers = {};  // ascending

  friend bool operator==(const WillingGroup&, const WillingGroup&) = default;
};

struct OpenSet {
  OpenSetMethod method = OpenSetMethod::kExact;
  std::vector<ClosedStartLoad> closed;  // every start without participants, ascending
  std::vector<WillingGroup> groups;     // by start; mechanism `score` only
};

// How hard to look.
struct CohortLimits {
  // Undecided starts of a component that are enumerated.
  size_t exact_starts = 14;
  // Up to so many undecided starts a component is searched from several sides and with
  // neighbourhoods; above it only single starts are changed.
  size_t thorough_starts = 60;
  // Starts of a neighbourhood that are enumerated while the others stay as they are.
  size_t neighbourhood = 5;
};

// For `score`: any start may be closed when that raises the total. Leaves exactly the starts open
// that run. REQUIRES: all starts are open in `state`.
OpenSet ChooseForTotal(const Market& market, const CohortLimits& limits,
                       const ClearObserver& observer, ExactState& state);

// For `priority` and `nested`: starts are closed only when short of their minimum. `frozen_in`:
// frozen participants per start.
OpenSet CloseWhereShort(const Market& market, const std::vector<int32_t>& frozen_in,
                        CohortState& state);

}  // namespace matchgo::scheduler::engine
