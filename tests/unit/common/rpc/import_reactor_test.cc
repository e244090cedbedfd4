#include "common/rpc/import_reactor.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "common/sql/event_log.h"
#include "tests/support/echo/echo_world.h"
#include "tests/support/status_matchers.h"

namespace matchgo::rpc {
namespace {

using echo::EchoWorld;
using echo::pb::ImportEchoesRequest;
using echo::pb::ImportEchoesResponse;

// Room in the queue for all that one stream has in flight: else its own answers, come all at once
// from one commit, can be what overloads it.
constexpr exec::BoundedExecutor::Options kRoomForOneStream{.threads = 2,
                                                           .queue_max = 2 * kImportInFlight};

// With a key that no other has.
ImportEchoesRequest BatchOf(int count, const std::string& text = "a") {
  static int batches = 0;
  ImportEchoesRequest batch;
  batch.set_request_id("batch-" + std::to_string(++batches));
  for (int i = 0; i < count; ++i) *batch.add_echoes() = echo::ValidEcho(text);
  return batch;
}

TEST(ImportTest, AnswersEveryBatchInOrder) {
  EchoWorld world(kRoomForOneStream);
  auto context = EchoWorld::Context();
  auto stream = world.stub->ImportEchoes(context.get());
  std::jthread writer([&] {
    for (int i = 1; i <= 40; ++i) EXPECT_TRUE(stream->Write(BatchOf(i)));
    stream->WritesDone();
  });
  ImportEchoesResponse response;
  for (int i = 1; i <= 40; ++i) {
    ASSERT_TRUE(stream->Read(&response));
    EXPECT_EQ(response.stored(), i);
  }
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_EQ(world.database->sequence(), 40 * 41 / 2);
}

// Batches are prepared side by side; long and short ones would overtake each other.
TEST(ImportTest, AppliesInTheOrderOfTheStream) {
  EchoWorld world(kRoomForOneStream);
  auto context = EchoWorld::Context();
  auto stream = world.stub->ImportEchoes(context.get());
  for (int i = 10; i < 40; ++i) {
    EXPECT_TRUE(stream->Write(BatchOf(i % 2 == 0 ? 60 : 1, std::to_string(i))));
  }
  stream->WritesDone();
  ImportEchoesResponse response;
  while (stream->Read(&response)) {
  }
  EXPECT_TRUE(stream->Finish().ok());
  Call call;
  call.deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  const auto events =
      world.database->Read(call, [](sql::Tx& tx) { return sql::ReadEvents(tx, 0, 1000); });
  ASSERT_THAT(events, IsOk());
  ASSERT_EQ(events->size(), 15u * 61);
  for (size_t i = 1; i < events->size(); ++i) {
    EXPECT_LE((*events)[i - 1].resource, (*events)[i].resource);
  }
}

TEST(ImportTest, EndsAtTheFirstBatchThatFailsAndKeepsThoseBefore) {
  EchoWorld world;
  auto context = EchoWorld::Context();
  auto stream = world.stub->ImportEchoes(context.get());
  stream->Write(BatchOf(2));
  ImportEchoesResponse response;
  ASSERT_TRUE(stream->Read(&response));
  stream->Write(BatchOf(2, "refuse"));
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_THAT(FromGrpc(stream->Finish()), HasReason("REFUSED"));
  EXPECT_EQ(world.database->sequence(), 2);
}

TEST(ImportTest, ABatchSentAgainGetsItsFirstAnswerAndHasNoEffect) {
  EchoWorld world;
  const ImportEchoesRequest batch = BatchOf(3);
  for (int stream_number = 0; stream_number < 2; ++stream_number) {
    auto context = EchoWorld::Context();
    auto stream = world.stub->ImportEchoes(context.get());
    ImportEchoesResponse response;
    for (int again = 0; again < 2; ++again) {
      ASSERT_TRUE(stream->Write(batch));
      ASSERT_TRUE(stream->Read(&response));
      EXPECT_EQ(response.stored(), 3);
      EXPECT_EQ(world.database->sequence(), 3);
    }
    stream->WritesDone();
    EXPECT_TRUE(stream->Finish().ok());
  }
}

// What the caller sent before the line broke is there once, however much of it had arrived.
TEST(ImportTest, AfterALostConnectionAllIsSentAgain) {
  for (int sent = 0; sent <= 8; ++sent) {
    EchoWorld world;
    std::vector<ImportEchoesRequest> batches;
    for (int i = 0; i < 8; ++i) batches.push_back(BatchOf(5));
    {
      auto context = EchoWorld::Context();
      auto stream = world.stub->ImportEchoes(context.get());
      for (int i = 0; i < sent; ++i) stream->Write(batches[static_cast<size_t>(i)]);
      ImportEchoesResponse response;
      if (sent > 4) stream->Read(&response);
      context->TryCancel();
      EXPECT_FALSE(stream->Finish().ok());
    }
    auto context = EchoWorld::Context();
    auto stream = world.stub->ImportEchoes(context.get());
    for (const ImportEchoesRequest& batch : batches) ASSERT_TRUE(stream->Write(batch));
    stream->WritesDone();
    ImportEchoesResponse response;
    for (size_t i = 0; i < batches.size(); ++i) {
      ASSERT_TRUE(stream->Read(&response));
      EXPECT_EQ(response.stored(), 5);
    }
    EXPECT_TRUE(stream->Finish().ok());
    EXPECT_EQ(world.database->sequence(), 40) << "after " << sent << " of 8";
  }
}

struct KeyRow {
  const char* name;
  const char* key;
  const char* reason;
};

TEST(ImportTest, ABatchNeedsAKeyOfItsOwn) {
  const KeyRow rows[] = {
      {"none", "", "IDEMPOTENCY_KEY"},
      {"of other characters", "not a key!", "PATTERN"},
      {"of another batch", "taken", "KEY_REUSED"},
  };
  EchoWorld world;
  ImportEchoesRequest first = BatchOf(1);
  first.set_request_id("taken");
  for (const KeyRow& row : rows) {
    SCOPED_TRACE(row.name);
    auto context = EchoWorld::Context();
    auto stream = world.stub->ImportEchoes(context.get());
    ImportEchoesResponse response;
    stream->Write(first);
    ASSERT_TRUE(stream->Read(&response));
    ImportEchoesRequest batch = BatchOf(2);
    batch.set_request_id(row.key);
    stream->Write(batch);
    EXPECT_FALSE(stream->Read(&response));
    EXPECT_THAT(FromGrpc(stream->Finish()), HasReason(row.reason));
    EXPECT_EQ(world.database->sequence(), 1);
  }
}

TEST(ImportTest, AnEmptyLoadIsFine) {
  EchoWorld world;
  auto context = EchoWorld::Context();
  auto stream = world.stub->ImportEchoes(context.get());
  stream->WritesDone();
  ImportEchoesResponse response;
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_TRUE(stream->Finish().ok());
}

TEST(ImportTest, RefusesStrangers) {
  EchoWorld world;
  auto context = EchoWorld::Context("switcher");
  auto stream = world.stub->ImportEchoes(context.get());
  ImportEchoesResponse response;
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_THAT(FromGrpc(stream->Finish()), HasReason("ROLE"));
}

TEST(ImportTest, ACallerThatLeavesDoesNoHarm) {
  EchoWorld world;
  for (int round = 0; round < 10; ++round) {
    auto context = EchoWorld::Context();
    auto stream = world.stub->ImportEchoes(context.get());
    stream->Write(BatchOf(20));
    stream->Write(BatchOf(20));
    context->TryCancel();
    ImportEchoesResponse response;
    while (stream->Read(&response)) {
    }
    EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
  }
  while (world.service->endpoint().watches().open() > 0) std::this_thread::yield();
  EXPECT_EQ(world.database->sequence() % 20, 0);  // whole batches or nothing
}

}  // namespace
}  // namespace matchgo::rpc
