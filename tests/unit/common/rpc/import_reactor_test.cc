#include "common/rpc/import_reactor.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>

#include "common/sql/event_log.h"
#include "tests/support/echo/echo_world.h"
#include "tests/support/status_matchers.h"

namespace matchgo::rpc {
namespace {

using echo::EchoWorld;
using echo::pb::ImportEchoesRequest;
using echo::pb::ImportEchoesResponse;

ImportEchoesRequest BatchOf(int count, const std::string& text = "a") {
  ImportEchoesRequest batch;
  for (int i = 0; i < count; ++i) *batch.add_echoes() = echo::ValidEcho(text);
  return batch;
}

TEST(ImportTest, AnswersEveryBatchInOrder) {
  EchoWorld world;
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
  EchoWorld world;
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
