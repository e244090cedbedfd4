// A bare market of direct contracts as textbooks see it: lists, ranks and weighted pairs.
//
// What the engine is compared with on its two-sided case: deferred_acceptance.h and cost_scaling.h
// read it. Used by tests/property and tests/bench.
#pragma once

#include <vector>

#include "services/scheduler/engine/market.h"
#include "services/scheduler/engine/market_input.h"
#include "services/scheduler/engine/place.h"
#include "tests/support/engine/contract_table.h"
#include "tests/support/engine/cost_scaling.h"
#include "tests/support/engine/deferred_acceptance.h"

namespace matchgo::testing {

// Everybody ranks by place. REQUIRES: every contract is direct.
TwoSided TwoSidedOf(const scheduler::engine::Market& market,
                    const scheduler::engine::ContractTable& table);

// Every pair of a switcher and a vacancy with its highest score, whatever the start.
std::vector<WeightedPair> PairsOf(
    const std::vector<scheduler::engine::FeasibleContract>& contracts);
std::vector<int> OpeningsOf(const scheduler::engine::Market& market);

// Those pairs as a bare market of direct contracts.
scheduler::engine::MarketInput DirectPairs(const scheduler::engine::Market& market,
                                           const std::vector<WeightedPair>& pairs);

}  // namespace matchgo::testing
