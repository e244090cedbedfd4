// Turns records of a synthetic market into ones whose plans are hard: 64 modules a start, 20
// required skills a vacancy, each taught by three modules, prerequisite chains of eight.
//
// For the bench and the tests of the plan search. Pure. Test:
// tests/unit/services/scheduler/engine/synthetic_market_test.cc
#pragma once

#include <cstdint>

#include "common/random/random.h"
#include "services/scheduler/engine/market_input.h"
#include "services/scheduler/engine/synthetic/labour_world.h"

namespace matchgo::scheduler::engine {

void MakeHard(Random& random, const LabourWorld& world, MarketSwitcher& switcher);
void MakeHard(Random& random, const LabourWorld& world, int32_t occupation, MarketVacancy& vacancy);
void MakeHard(Random& random, const LabourWorld& world, int32_t occupation, MarketStart& start);

}  // namespace matchgo::scheduler::engine
