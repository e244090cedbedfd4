// Draws that the population generator needs beyond Random: by weight, and a sample without repeats.
//
// Integers only, so that a seed means the same everywhere. Not thread-safe (Random is not).
// Test: tests/unit/services/matchgo/demo/population_test.cc
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "common/base/check.h"
#include "common/random/random.h"

namespace matchgo::demo {

// Indices by weight; weights of 0 are never drawn. Draws in logarithmic time.
class WeightedDraw {
 public:
  void Add(int64_t weight) {
    CHECK(weight >= 0);
    ends_.push_back((ends_.empty() ? 0 : ends_.back()) + static_cast<uint64_t>(weight));
  }
  bool empty() const { return ends_.empty() || ends_.back() == 0; }
  // REQUIRES: !empty().
  size_t Draw(Random& random) const {
    const uint64_t at = random.Below(ends_.back());
    return static_cast<size_t>(std::ranges::upper_bound(ends_, at) - ends_.begin());
  }

 private:
  std::vector<uint64_t> ends_;
};

// A value with its share; shares need not sum to anything in particular.
template <class T, size_t N>
T DrawByShare(Random& random, const std::array<std::pair<T, int64_t>, N>& shares) {
  WeightedDraw draw;
  for (const auto& share : shares) draw.Add(share.second);
  return shares[draw.Draw(random)].first;
}

template <class T>
const T& DrawOne(Random& random, std::span<const T> values) {
  return values[random.Below(values.size())];
}

// Up to `count` of the values, in the order drawn.
template <class T>
std::vector<T> Sample(Random& random, std::vector<T> values, size_t count) {
  count = std::min(count, values.size());
  for (size_t i = 0; i < count; ++i) {
    std::swap(values[i], values[i + random.Below(values.size() - i)]);
  }
  values.resize(count);
  return values;
}

// Between low and high, the middle most likely (the mean of two draws).
inline int64_t DrawMiddling(Random& random, int64_t low, int64_t high) {
  return (random.Between(low, high) + random.Between(low, high)) / 2;
}

}  // namespace matchgo::demo
