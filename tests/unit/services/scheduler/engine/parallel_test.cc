#include "services/scheduler/engine/parallel.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace matchgo::scheduler::engine {
namespace {

TEST(SerialParallel, CoversEveryIndexOnceInRangesOfTheGrain) {
  for (const auto& [count, grain] :
       std::vector<std::pair<size_t, size_t>>{{0, 1}, {1, 1}, {7, 3}, {6, 3}, {5, 100}}) {
    SerialParallel parallel;
    std::vector<int> seen(count, 0);
    parallel.For(count, grain, [&](int lane, size_t begin, size_t end) {
      EXPECT_EQ(lane, 0);
      EXPECT_LT(begin, end);
      EXPECT_LE(end - begin, grain);
      for (size_t i = begin; i < end; ++i) ++seen[i];
    });
    EXPECT_EQ(seen, std::vector<int>(count, 1));
  }
}

}  // namespace
}  // namespace matchgo::scheduler::engine
