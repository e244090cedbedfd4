#include "common/rpc/feed_follower.h"

#include <gtest/gtest.h>

#include <mutex>
#include <string>
#include <vector>

#include "tests/support/echo/echo_world.h"
#include "tests/support/status_matchers.h"

namespace matchgo::rpc {
namespace {

using echo::EchoWorld;
using echo::pb::EchoChange;
using std::chrono::seconds;

// Follows the feed of a world; remembers what was applied.
struct Follower {
  explicit Follower(EchoWorld& world, std::optional<int64_t> resume = std::nullopt,
                    int64_t listed = 0)
      : follower(
            {.consumer = "test",
             .feed = "echo",
             .resume_from = resume,
             .backoff_min = std::chrono::milliseconds(1),
             .backoff_max = std::chrono::milliseconds(20)},
            world.metrics,
            FeedSource<EchoChange>{.list = [this, listed](Caller&) -> StatusOr<int64_t> {
                                     const std::lock_guard lock(mutex);
                                     ++lists;
                                     applied.clear();
                                     return listed;
                                   },
                                   .watch = [&world](grpc::ClientContext* context,
                                                     const common::v1::WatchRequest& request)
                                       -> std::unique_ptr<grpc::ClientReaderInterface<EchoChange>> {
                                     return world.stub->WatchEchoes(context, request);
                                   },
                                   .apply = [this, &world](const EchoChange& change) -> Status {
                                     const std::lock_guard lock(mutex);
                                     if (failures > 0) {
                                       --failures;
                                       return Unavailable({"BUSY", "not now"});
                                     }
                                     applied.push_back(change.position().sequence());
                                     lags.push_back(world.metrics.Text());
                                     return absl::OkStatus();
                                   }}) {}

  std::vector<int64_t> Applied() {
    const std::lock_guard lock(mutex);
    return applied;
  }

  std::mutex mutex;
  int lists = 0;
  int failures = 0;
  std::vector<int64_t> applied;
  std::vector<std::string> lags;  // the metrics as each change was being applied
  FeedFollower<EchoChange> follower;
};

TEST(FeedFollowerTest, ListsThenFollows) {
  EchoWorld world;
  ASSERT_THAT(world.Create("a", "1"), IsOk());
  Follower follower(world);
  ASSERT_TRUE(follower.follower.WaitFor(1, seconds(20)));
  ASSERT_THAT(world.Create("b", "2"), IsOk());
  ASSERT_TRUE(follower.follower.WaitFor(2, seconds(20)));
  EXPECT_EQ(follower.Applied(), (std::vector<int64_t>{1, 2}));
  EXPECT_EQ(follower.lists, 1);
  EXPECT_TRUE(follower.follower.synced());
  EXPECT_NE(world.metrics.Text().find("matchgo_feed_sequence{consumer=\"test\",feed=\"echo\"} 2"),
            std::string::npos);
}

TEST(FeedFollowerTest, ShowsHowFarItIsBehind) {
  EchoWorld world;
  for (const char* name : {"a", "b", "c", "quiet"}) {
    ASSERT_THAT(world.Create(name, name), IsOk());
  }
  const auto lag = [](int64_t events) {
    return "matchgo_feed_lag{consumer=\"test\",feed=\"echo\"} " + std::to_string(events) + "\n";
  };
  Follower follower(world);
  ASSERT_TRUE(follower.follower.WaitFor(4, seconds(20)));
  EXPECT_EQ(follower.Applied(), (std::vector<int64_t>{1, 2, 3})) << "the last is not for us";
  ASSERT_EQ(follower.lags.size(), 3u);
  for (size_t i = 0; i < 3; ++i) {
    EXPECT_NE(follower.lags[i].find(lag(4 - static_cast<int64_t>(i))), std::string::npos)
        << "before change " << i + 1;
  }
  EXPECT_NE(world.metrics.Text().find(lag(0)), std::string::npos);
}

TEST(FeedFollowerTest, ResumesFromASnapshotWithoutListing) {
  EchoWorld world;
  for (int i = 0; i < 3; ++i) ASSERT_THAT(world.Create("a", std::to_string(i)), IsOk());
  Follower follower(world, 2);
  ASSERT_TRUE(follower.follower.WaitFor(3, seconds(20)));
  EXPECT_EQ(follower.Applied(), (std::vector<int64_t>{3}));
  EXPECT_EQ(follower.lists, 0);
}

TEST(FeedFollowerTest, ListsAgainWhenItsPositionNeverWas) {
  EchoWorld world;
  ASSERT_THAT(world.Create("a", "1"), IsOk());
  Follower follower(world, 40);
  // The position falls back to what the list says, and follows from there.
  while (follower.follower.position() != 1) std::this_thread::yield();
  EXPECT_EQ(follower.Applied(), (std::vector<int64_t>{1}));
  EXPECT_GE(follower.lists, 1);
}

TEST(FeedFollowerTest, AChangeThatFailedComesAgain) {
  EchoWorld world;
  Follower follower(world);
  ASSERT_TRUE(follower.follower.WaitFor(0, seconds(20)));
  {
    const std::lock_guard lock(follower.mutex);
    follower.failures = 2;
  }
  ASSERT_THAT(world.Create("a", "1"), IsOk());
  ASSERT_THAT(world.Create("b", "2"), IsOk());
  ASSERT_TRUE(follower.follower.WaitFor(2, seconds(20)));
  EXPECT_EQ(follower.Applied(), (std::vector<int64_t>{1, 2}));
}

TEST(FeedFollowerTest, ReconnectsAfterTheServerCameBack) {
  EchoWorld world;
  const std::string address = "unix:" + testing::TempDir() + "feed_follower_test.sock";
  world.Serve({address});
  world.stub = echo::pb::EchoService::NewStub(MakeChannel(address));
  Follower follower(world);
  ASSERT_THAT(world.Create("a", "1"), IsOk());
  ASSERT_TRUE(follower.follower.WaitFor(1, seconds(20)));
  world.server->Stop(std::chrono::milliseconds(0));
  auto again = Server::Start({address}, [&](grpc::ServerBuilder& builder) {
    builder.RegisterService(world.service.get());
  });
  ASSERT_THAT(again, IsOk());
  Call call;
  ASSERT_THAT(
      world.database->Write(
          call,
          [](sql::Tx& tx) -> Status {
            tx.AppendEvent({.kind = "k", .resource = "echoes/x", .version = 1, .tenant = {}});
            return absl::OkStatus();
          }),
      IsOk());
  EXPECT_TRUE(follower.follower.WaitFor(2, seconds(20)));
  follower.follower.Stop();
  EXPECT_EQ(follower.Applied(), (std::vector<int64_t>{1, 2}));
  world.server = *std::move(again);
}

TEST(FeedFollowerTest, StopsWhileWatching) {
  EchoWorld world;
  Follower follower(world);
  ASSERT_TRUE(follower.follower.WaitFor(0, seconds(20)));
  follower.follower.Stop();
  EXPECT_FALSE(follower.follower.WaitFor(1, seconds(20)));
}

}  // namespace
}  // namespace matchgo::rpc
