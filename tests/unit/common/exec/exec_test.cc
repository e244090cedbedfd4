#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <memory>

#include "common/exec/bounded_executor.h"
#include "common/exec/periodic.h"

namespace matchgo::exec {
namespace {

TEST(BoundedExecutorTest, RunsAllThatItAccepted) {
  std::atomic<int> done{0};
  int accepted = 0;
  {
    BoundedExecutor executor({.threads = 3, .queue_max = 1000});
    for (int i = 0; i < 500; ++i)
      accepted += executor.TrySubmit([&] { done.fetch_add(1); }) ? 1 : 0;
  }
  EXPECT_EQ(accepted, 500);
  EXPECT_EQ(done.load(), 500);
}

TEST(BoundedExecutorTest, RefusesWhenFullAndAfterStop) {
  BoundedExecutor executor({.threads = 1, .queue_max = 1});
  std::promise<void> open;
  std::promise<void> running;
  ASSERT_TRUE(executor.TrySubmit([&] {
    running.set_value();
    open.get_future().wait();
  }));
  running.get_future().wait();
  EXPECT_TRUE(executor.TrySubmit([] {}));
  EXPECT_EQ(executor.queued(), 1U);
  // What a refused work holds is freed at once.
  auto held = std::make_shared<int>(1);
  EXPECT_FALSE(executor.TrySubmit([held] {}));
  EXPECT_EQ(held.use_count(), 1);
  open.set_value();
  executor.Stop();
  EXPECT_EQ(executor.queued(), 0U);
  EXPECT_FALSE(executor.TrySubmit([] {}));
}

TEST(BoundedExecutorTest, DrainWaitsForWhatWorkSubmits) {
  BoundedExecutor executor({.threads = 2, .queue_max = 10});
  std::atomic<int> done{0};
  ASSERT_TRUE(executor.TrySubmit([&] {
    executor.TrySubmit([&] { done.fetch_add(1); });
    done.fetch_add(1);
  }));
  executor.Drain();
  EXPECT_EQ(done.load(), 2);
  EXPECT_TRUE(executor.TrySubmit([] {}));
}

TEST(PeriodicTest, TicksUntilStopped) {
  std::atomic<int> ticks{0};
  std::promise<void> third;
  Periodic periodic(std::chrono::milliseconds(1), [&] {
    if (ticks.fetch_add(1) == 2) third.set_value();
  });
  third.get_future().wait();
  periodic.Stop();
  const int after = ticks.load();
  periodic.Stop();
  EXPECT_EQ(ticks.load(), after);
}

TEST(PeriodicTest, StopDoesNotWaitForTheInterval) {
  const auto began = std::chrono::steady_clock::now();
  {
    const Periodic periodic(std::chrono::hours(1), [] { FAIL(); });
  }
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::minutes(1));
}

}  // namespace
}  // namespace matchgo::exec
