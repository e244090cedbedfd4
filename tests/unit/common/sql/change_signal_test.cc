#include "common/sql/change_signal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <memory>
#include <thread>
#include <vector>

namespace matchgo::sql {
namespace {

TEST(ChangeSignalTest, TellsEverySubscriberUntilItEnds) {
  ChangeSignal signal;
  std::vector<int64_t> first;
  std::vector<int64_t> second;
  auto one = signal.Subscribe([&](int64_t newest) { first.push_back(newest); });
  auto two = signal.Subscribe([&](int64_t newest) { second.push_back(newest); });
  signal.Notify(1);
  one.Reset();
  signal.Notify(2);
  two = ChangeSignal::Subscription();
  signal.Notify(3);
  EXPECT_THAT(first, testing::ElementsAre(1));
  EXPECT_THAT(second, testing::ElementsAre(1, 2));
}

TEST(ChangeSignalTest, ASubscriptionMayEndInsideItsOwnCallbackAndOutliveTheSignal) {
  auto signal = std::make_unique<ChangeSignal>();
  int calls = 0;
  ChangeSignal::Subscription own;
  own = signal->Subscribe([&](int64_t) {
    ++calls;
    own.Reset();
  });
  auto other = signal->Subscribe([&](int64_t) { ++calls; });
  signal->Notify(1);
  signal->Notify(2);
  EXPECT_EQ(calls, 3);
  signal.reset();
  other.Reset();
}

TEST(ChangeSignalTest, ResetWaitsForACallbackThatIsRunning) {
  ChangeSignal signal;
  std::latch entered(1);
  std::latch proceed(1);
  std::atomic<bool> finished = false;
  auto subscription = signal.Subscribe([&](int64_t) {
    entered.count_down();
    proceed.wait();
    finished = true;
  });
  std::thread notifier([&] { signal.Notify(1); });
  entered.wait();
  std::thread releaser([&] { proceed.count_down(); });
  subscription.Reset();
  EXPECT_TRUE(finished);
  notifier.join();
  releaser.join();
}

TEST(ChangeSignalTest, ComingAndGoingWhileBeingCalled) {
  ChangeSignal signal;
  std::atomic<bool> stop = false;
  std::thread notifier([&] {
    for (int64_t i = 0; !stop; ++i) signal.Notify(i);
  });
  for (int i = 0; i < 2000; ++i) {
    auto alive = std::make_unique<std::atomic<int64_t>>(0);
    const auto subscription = signal.Subscribe([&](int64_t newest) { *alive = newest; });
    if (i % 2 == 0) {
      auto moved = signal.Subscribe([&](int64_t newest) { *alive = newest; });
      moved.Reset();
    }
  }
  stop = true;
  notifier.join();
}

}  // namespace
}  // namespace matchgo::sql
