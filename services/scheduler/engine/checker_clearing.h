// The checker's own clearing of a given set of open starts: plain and slow, to compare loads and
// totals with.
//
// Shares nothing with clearing.h. Pure. Test: tests/property/engine_checker_property_test.cc
#pragma once

#include <cstddef>
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

// What the market's frozen and declined lines say of the rows of a list.
struct SettledRows {
  std::vector<size_t> frozen;     // row numbers
  std::vector<uint8_t> declined;  // per row: 1 when it may not be chosen
};

// `list` in the order of CheckedContracts; `rows`: the rows whose start is open, ascending.
CheckedClearing ClearPlainly(const Market& market, const std::vector<CheckedContract>& list,
                             const std::vector<size_t>& rows, const SettledRows& settled,
                             const std::string& mechanism);

// What happens if a closed start is opened beside those that run.
struct CheckedOpening {
  bool known = false;  // else it would take too long to say
  int64_t load = 0;    // its participants
  int64_t gained = 0;  // by the total score
  bool minima_kept = false;
};

// `rows` with those of the start; `total`: the score without them.
CheckedOpening OpenPlainly(const Market& market, const std::vector<CheckedContract>& list,
                           const std::vector<size_t>& rows, const SettledRows& settled,
                           const std::string& mechanism, int32_t start, int64_t total);

}  // namespace matchgo::scheduler::engine
