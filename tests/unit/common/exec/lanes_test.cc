// One loop over several threads: every index once, again and again, with any number of lanes.
#include "common/exec/lanes.h"

#include <gtest/gtest.h>

#include <atomic>
#include <vector>

namespace matchgo::exec {
namespace {

TEST(Lanes, CoverEveryIndexOnce) {
  for (const int count : {1, 2, 5}) {
    Lanes lanes(count);
    EXPECT_EQ(lanes.count(), count);
    for (const size_t total : {0U, 1U, 7U, 1000U}) {
      std::vector<std::atomic<int>> seen(total);
      lanes.For(total, 3, [&](int lane, size_t begin, size_t end) {
        EXPECT_TRUE(lane >= 0 && lane < count);
        EXPECT_LE(end - begin, 3U);
        for (size_t i = begin; i < end; ++i) seen[i].fetch_add(1);
      });
      for (const auto& times : seen) EXPECT_EQ(times.load(), 1);
    }
  }
}

TEST(Lanes, NeverTwoBodiesOnOneLane) {
  Lanes lanes(4);
  std::vector<std::atomic<int>> inside(4);
  for (int loop = 0; loop < 200; ++loop) {
    lanes.For(64, 1, [&](int lane, size_t, size_t) {
      EXPECT_EQ(inside[static_cast<size_t>(lane)].fetch_add(1), 0);
      inside[static_cast<size_t>(lane)].fetch_sub(1);
    });
  }
}

TEST(Lanes, AnswerIsThereWhenForReturns) {
  Lanes lanes(3);
  for (int loop = 0; loop < 500; ++loop) {
    std::vector<int> squares(100);
    lanes.For(squares.size(), 7, [&](int, size_t begin, size_t end) {
      for (size_t i = begin; i < end; ++i) squares[i] = static_cast<int>(i * i);
    });
    for (size_t i = 0; i < squares.size(); ++i) ASSERT_EQ(squares[i], static_cast<int>(i * i));
  }
}

}  // namespace
}  // namespace matchgo::exec
