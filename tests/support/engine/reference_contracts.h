// The feasible contracts of one switcher by the words of the format, on sets: slow and plain.
//
// Shares nothing with the engine but the market value and the checker's plan search. What searches
// are compared with where listing everything is still possible.
#pragma once

#include <vector>

#include "services/scheduler/engine/market.h"
#include "services/scheduler/engine/place.h"

namespace matchgo::testing {

// In place order, with the default weights. REQUIRES: !market.bare.
std::vector<scheduler::engine::FeasibleContract> ReferenceContracts(
    const scheduler::engine::Market& market, int32_t switcher);

}  // namespace matchgo::testing
