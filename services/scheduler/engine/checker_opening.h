// What would happen if one closed start were opened beside those that run: who would come, and
// what the total would be.
//
// Starts from the outcome and follows what an opened start sets off, contract by contract in the
// order of ranks. Contracts are searched for where a party takes more than it did, and only there;
// when nothing that is taken is left unsearched, the result is the stable outcome with that start.
// Shares nothing with clearing.h. Pure. Test:
// tests/property/engine_checker_search_property_test.cc
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "services/scheduler/engine/checker_clearing.h"
#include "services/scheduler/engine/checker_rules.h"
#include "services/scheduler/engine/checker_scan.h"
#include "services/scheduler/engine/checker_table.h"
#include "services/scheduler/engine/parallel.h"
#include "services/scheduler/engine/score.h"

namespace matchgo::scheduler::engine {

struct CheckedOpenings {
  std::vector<CheckedOpening> each = {};
  CheckedOpening all = {};  // opened together
};

// A stable outcome.
struct CheckedHoldings {
  const CheckedSituation& situation;
  std::span<const CheckedContract> held;
  std::span<const uint8_t> frozen;  // per held
};

// For each of these starts, ascending, none of which runs. REQUIRES: nothing blocks.
CheckedOpenings OpenEach(const CheckedTable& table, const Weights& weights,
                         const CheckedRanks& ranks, const CheckedHoldings& holdings,
                         std::span<const int32_t> closed, Parallel& parallel);

}  // namespace matchgo::scheduler::engine
