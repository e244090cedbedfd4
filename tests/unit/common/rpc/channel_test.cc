#include "common/rpc/channel.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/echo/echo_world.h"
#include "tests/support/status_matchers.h"

namespace matchgo::rpc {
namespace {

using echo::EchoWorld;
using std::chrono::milliseconds;

Caller::Options Quick() {
  Caller::Options options;
  options.backoff_min = milliseconds(1);
  options.backoff_max = milliseconds(2);
  return options;
}

TEST(CallerTest, SaysWhoCalls) {
  EchoWorld world;
  Caller caller;
  echo::pb::GetEchoRequest request;
  request.set_name("echoes/1");
  const auto reply =
      caller.Unary(*world.stub, &echo::pb::EchoService::StubInterface::GetEcho, request);
  ASSERT_THAT(reply, IsOk());
  EXPECT_EQ(reply->name(), "echoes/1");
  Caller::Options options;
  options.principal.role = Role::kSwitcher;
  Caller stranger(options);
  EXPECT_THAT(stranger.Unary(*world.stub, &echo::pb::EchoService::StubInterface::GetEcho, request),
              HasReason("ROLE"));
}

TEST(CallerTest, RetriesOnlyWhatMayHelp) {
  struct Row {
    const char* name;
    grpc::StatusCode code;
    int attempts;
  };
  for (const Row& row :
       {Row{"ok", grpc::StatusCode::OK, 1}, Row{"away", grpc::StatusCode::UNAVAILABLE, 3},
        Row{"conflict", grpc::StatusCode::ABORTED, 3},
        Row{"absent", grpc::StatusCode::NOT_FOUND, 1},
        Row{"quota", grpc::StatusCode::RESOURCE_EXHAUSTED, 1},
        Row{"late", grpc::StatusCode::DEADLINE_EXCEEDED, 1}}) {
    Caller caller(Quick());
    int attempts = 0;
    const Status status = caller.Try([&](grpc::ClientContext*) {
      ++attempts;
      return grpc::Status(row.code, "");
    });
    EXPECT_EQ(attempts, row.attempts) << row.name;
    EXPECT_EQ(status.ok(), row.code == grpc::StatusCode::OK);
  }
}

TEST(CallerTest, AFailingNeighbourSeesAtMostATenthMore) {
  Caller caller(Quick());
  int attempts = 0;
  for (int i = 0; i < 1000; ++i) {
    const Status status = caller.Try([&](grpc::ClientContext*) {
      ++attempts;
      return grpc::Status(grpc::StatusCode::UNAVAILABLE, "");
    });
    EXPECT_FALSE(status.ok());
  }
  EXPECT_GT(attempts, 1000);
  EXPECT_LE(attempts, 1000 + 100 + 10);
}

TEST(CallerTest, DoesNotOutliveItsParent) {
  Caller caller(Quick());
  Call parent;
  parent.deadline = std::chrono::steady_clock::now() - milliseconds(1);
  int attempts = 0;
  caller
      .Try(
          [&](grpc::ClientContext* context) {
            ++attempts;
            EXPECT_LT(context->deadline(), std::chrono::system_clock::now() + milliseconds(1));
            return grpc::Status(grpc::StatusCode::UNAVAILABLE, "");
          },
          &parent)
      .IgnoreError();
  EXPECT_EQ(attempts, 1);
}

}  // namespace
}  // namespace matchgo::rpc
