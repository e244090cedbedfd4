// WeightedChoice: draws an index with a chance in proportion to its weight.
//
// Integers only, so a seed means the same draws on every machine. Immutable after construction.
// Test: tests/unit/services/scheduler/engine/synthetic_market_test.cc
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "common/random/random.h"

namespace matchgo::scheduler::engine {

class WeightedChoice {
 public:
  WeightedChoice() = default;
  // REQUIRES: the weights are not negative and not all zero.
  explicit WeightedChoice(std::span<const int64_t> weights) {
    ends_.reserve(weights.size());
    uint64_t total = 0;
    for (const int64_t weight : weights) ends_.push_back(total += static_cast<uint64_t>(weight));
  }

  size_t Draw(Random& random) const {
    const uint64_t at = random.Below(ends_.back());
    return static_cast<size_t>(std::ranges::upper_bound(ends_, at) - ends_.begin());
  }
  size_t size() const { return ends_.size(); }

 private:
  std::vector<uint64_t> ends_;
};

}  // namespace matchgo::scheduler::engine
