// The highest total weight of a two-sided assignment, by LEMON's cost scaling.
//
// LEMON (Debian's liblemon-dev) is optional: without it there is no answer, and tests skip. Knows
// nothing of the engine; compiled as C++17, which LEMON's headers need. A yardstick of tests and
// benches.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace matchgo::testing {

struct WeightedPair {
  int left = 0;
  int right = 0;
  int64_t weight = 0;  // not negative
};

// Everybody on the left has one seat, on the right `seats`. Nothing when LEMON is missing.
std::optional<int64_t> HighestWeight(int lefts, const std::vector<int>& seats,
                                     const std::vector<WeightedPair>& pairs);

}  // namespace matchgo::testing
