#include "common/rpc/watch_reactor.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>

#include "tests/support/echo/echo_world.h"
#include "tests/support/status_matchers.h"

namespace matchgo::rpc {
namespace {

using echo::EchoWorld;
using echo::pb::EchoChange;

common::v1::WatchRequest From(int64_t sequence) {
  common::v1::WatchRequest request;
  request.set_from_sequence(sequence);
  return request;
}

TEST(WatchTest, SendsWhatIsThereThenWhatComes) {
  EchoWorld world;
  for (int i = 0; i < 3; ++i) ASSERT_THAT(world.Create("a", std::to_string(i)), IsOk());
  auto context = EchoWorld::Context();
  auto reader = world.stub->WatchEchoes(context.get(), From(0));
  EchoChange change;
  for (int64_t sequence = 1; sequence <= 3; ++sequence) {
    ASSERT_TRUE(reader->Read(&change));
    EXPECT_EQ(change.position().sequence(), sequence);
  }
  // The stream is at its end now; a commit wakes it.
  std::jthread writer([&] { EXPECT_THAT(world.Create("b", "later"), IsOk()); });
  ASSERT_TRUE(reader->Read(&change));
  EXPECT_EQ(change.position().sequence(), 4);
  EXPECT_EQ(change.position().resource(), "echoes/b");
  context->TryCancel();
  EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::CANCELLED);
}

TEST(WatchTest, TellsWhatThereIsAndWhatWasNotForTheWatcher) {
  EchoWorld world;
  for (const auto& [text, request_id] : {std::pair{"a", "1"}, std::pair{"quiet", "2"},
                                         std::pair{"b", "3"}, std::pair{"quiet", "4"}}) {
    ASSERT_THAT(world.Create(text, request_id), IsOk());
  }
  auto context = EchoWorld::Context();
  auto reader = world.stub->WatchEchoes(context.get(), From(0));
  EchoChange change;
  for (const auto& [sequence, resource] :
       {std::pair{1, "echoes/a"}, std::pair{3, "echoes/b"}, std::pair{4, ""}}) {
    ASSERT_TRUE(reader->Read(&change));
    EXPECT_EQ(change.position().sequence(), sequence);
    EXPECT_EQ(change.position().resource(), resource);
    EXPECT_EQ(change.position().newest_sequence(), 4);
  }
  context->TryCancel();
  reader->Finish();
}

TEST(WatchTest, ResumesAfterASequence) {
  EchoWorld world;
  for (int i = 0; i < 3; ++i) ASSERT_THAT(world.Create("a", std::to_string(i)), IsOk());
  auto context = EchoWorld::Context();
  auto reader = world.stub->WatchEchoes(context.get(), From(2));
  EchoChange change;
  ASSERT_TRUE(reader->Read(&change));
  EXPECT_EQ(change.position().sequence(), 3);
  context->TryCancel();
  while (reader->Read(&change)) {
  }
  reader->Finish();
}

TEST(WatchTest, MoreThanABatchArrivesInOrder) {
  EchoWorld world;
  const int count = kWatchBatchMax + 50;
  Call call;
  ASSERT_THAT(
      world.database->Write(
          call,
          [&](sql::Tx& tx) -> Status {
            for (int i = 0; i < count; ++i) {
              tx.AppendEvent({.kind = "k", .resource = "echoes/x", .version = 1, .tenant = {}});
            }
            return absl::OkStatus();
          }),
      IsOk());
  auto context = EchoWorld::Context();
  auto reader = world.stub->WatchEchoes(context.get(), From(0));
  EchoChange change;
  for (int64_t sequence = 1; sequence <= count; ++sequence) {
    ASSERT_TRUE(reader->Read(&change));
    ASSERT_EQ(change.position().sequence(), sequence);
  }
  context->TryCancel();
  reader->Finish();
}

TEST(WatchTest, RefusesStrangersBadRequestsAndSequencesThatNeverWere) {
  EchoWorld world;
  EchoChange change;
  struct Row {
    const char* role;
    int64_t from;
    const char* reason;
  };
  for (const Row& row : {Row{"ops", 0, "ROLE"}, Row{"", 0, "UNAUTHENTICATED"},
                         Row{"service", -1, "RANGE"}, Row{"service", 5, "FELL_BEHIND"}}) {
    auto context = EchoWorld::Context(row.role);
    auto reader = world.stub->WatchEchoes(context.get(), From(row.from));
    EXPECT_FALSE(reader->Read(&change));
    EXPECT_THAT(FromGrpc(reader->Finish()), HasReason(row.reason));
  }
}

TEST(WatchTest, EndsWhenTheProcessStops) {
  EchoWorld world;
  auto context = EchoWorld::Context();
  auto reader = world.stub->WatchEchoes(context.get(), From(0));
  while (world.service->endpoint().watches().open() == 0) std::this_thread::yield();
  world.stopping.request_stop();
  EchoChange change;
  EXPECT_FALSE(reader->Read(&change));
  EXPECT_THAT(FromGrpc(reader->Finish()), HasReason("STOPPING"));
  // Later ones are turned away.
  auto after = EchoWorld::Context();
  auto late = world.stub->WatchEchoes(after.get(), From(0));
  EXPECT_FALSE(late->Read(&change));
  EXPECT_THAT(FromGrpc(late->Finish()), HasReason("STOPPING"));
}

TEST(WatchTest, ManyWatchersThatLeaveAtOnceDoNoHarm) {
  EchoWorld world({.threads = 2, .queue_max = 4});
  for (int round = 0; round < 10; ++round) {
    std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
    std::vector<std::unique_ptr<grpc::ClientReader<EchoChange>>> readers;
    for (int i = 0; i < 8; ++i) {
      contexts.push_back(EchoWorld::Context());
      readers.push_back(world.stub->WatchEchoes(contexts.back().get(), From(0)));
    }
    ASSERT_THAT(world.Create("a", std::to_string(round)), IsOk());
    for (const auto& context : contexts) context->TryCancel();
    EchoChange change;
    for (const auto& reader : readers) {
      while (reader->Read(&change)) {
      }
      EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::CANCELLED);
    }
  }
  while (world.service->endpoint().watches().open() > 0) std::this_thread::yield();
}

}  // namespace
}  // namespace matchgo::rpc
