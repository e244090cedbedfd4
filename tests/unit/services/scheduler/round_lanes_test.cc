// Loops of several callers on the same threads: one after the other, and each whole.
#include "services/scheduler/round_lanes.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <thread>
#include <vector>

namespace matchgo::scheduler {
namespace {

TEST(RoundLanes, LoopsOfTwoCallersNeverMeet) {
  RoundLanes lanes(3);
  std::array<std::atomic<int>, 2> inside = {};  // bodies at work, per caller
  const auto call = [&](size_t caller) {
    for (int loop = 0; loop < 200; ++loop) {
      std::vector<int> times(50, 0);
      lanes.For(times.size(), 3, [&](int, size_t begin, size_t end) {
        ++inside[caller];
        EXPECT_EQ(inside[1 - caller], 0);
        for (size_t i = begin; i < end; ++i) ++times[i];
        --inside[caller];
      });
      EXPECT_EQ(times, std::vector<int>(50, 1));
    }
  };
  std::thread other(call, 1);
  call(0);
  other.join();
}

}  // namespace
}  // namespace matchgo::scheduler
