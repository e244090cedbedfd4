// The checker's own clearing of a given set of open starts: plain and slow, to compare loads and
// totals with.
//
// Shares nothing with clearing.h. Pure. Test: tests/property/engine_checker_property_test.cc
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "services/scheduler/engine/checker_rules.h"
#include "services/scheduler/engine/market.h"

namespace matchgo::scheduler::engine {

struct CheckedClearing {
  std::vector<int64_t> held;          // per switcher: index in the list, or -1
  std::vector<int64_t> participants;  // per start
  int64_t total_score = 0;
};

// `list` in the order of CheckedContracts. Frozen and declined lines are those of the market.
CheckedClearing ClearPlainly(const Market& market, const std::vector<CheckedContract>& list,
                             const std::vector<bool>& open, const std::string& mechanism);

}  // namespace matchgo::scheduler::engine
