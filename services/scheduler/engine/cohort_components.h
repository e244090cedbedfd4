// Which starts are left to decide on, and which of them have to do with each other.
//
// Used by cohorts.cc. Deterministic; not thread-safe. Test:
// tests/property/engine_cohort_property_test.cc
#pragma once

#include <cstdint>
#include <vector>

#include "services/scheduler/engine/exact_state.h"
#include "services/scheduler/engine/market.h"

namespace matchgo::scheduler::engine {

// Closes starts that cannot reach their minimum whatever else happens, and gives those that are
// left to decide on, ascending. A start with a frozen contract runs in any case.
std::vector<int32_t> CloseHopeless(const Market& market, ExactState& state);

// Starts whose people and jobs have nothing to do with each other are decided apart. Every
// component ascends, and they are in the order of their first start. Where not every feasible
// contract is known all starts are taken to belong together.
std::vector<std::vector<int32_t>> ComponentsOf(const Market& market,
                                               const std::vector<int32_t>& undecided,
                                               const ExactState& state);

}  // namespace matchgo::scheduler::engine
