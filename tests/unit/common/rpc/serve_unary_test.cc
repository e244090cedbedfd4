#include "common/rpc/serve_unary.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include "common/log/log.h"
#include "common/sql/event_log.h"
#include "tests/support/echo/echo_world.h"
#include "tests/support/status_matchers.h"

namespace matchgo::rpc {
namespace {

using echo::EchoWorld;
using echo::pb::Echo;

// The index of GetEcho in the proto.
constexpr size_t kGetEcho = 0;

int64_t EventsIn(sql::Database& database) { return database.sequence(); }

TEST(ServeUnaryTest, AnswersAndCounts) {
  EchoWorld world;
  EXPECT_THAT(world.Get("echoes/1"), IsOk());
  EXPECT_THAT(world.Get("echoes/absent"), HasReason("NOT_FOUND"));
  EXPECT_THAT(world.Get(""), HasReason("REQUIRED"));
  metrics::RpcProbe& probe = world.service->endpoint().probe();
  EXPECT_EQ(probe.requests(kGetEcho, 0), 1);
  EXPECT_EQ(probe.requests(kGetEcho, 5), 1);
  EXPECT_EQ(probe.requests(kGetEcho, 3), 1);
}

TEST(ServeUnaryTest, OurFaultIsLoggedAndNotSent) {
  EchoWorld world;
  std::vector<std::string> lines;
  log::SetSink([&](std::string_view line) { lines.emplace_back(line); });
  const Status status = world.Get("echoes/broken");
  EXPECT_THAT(world.Get("echoes/absent"), HasReason("NOT_FOUND"));
  EXPECT_THAT(world.Get("echoes/1"), IsOk());
  log::SetSink(nullptr);
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInternal));
  EXPECT_EQ(Describe(status).find("secret"), std::string::npos);
  ASSERT_EQ(lines.size(), 1U);  // nothing for answers and for errors of the caller
  EXPECT_NE(lines[0].find("the secret of the house"), std::string::npos);
  EXPECT_NE(lines[0].find("\"trace_id\":"), std::string::npos);
}

TEST(ServeUnaryTest, TheTraceOfTheCallerGoesOn) {
  EchoWorld world;
  std::vector<std::string> lines;
  log::SetSink([&](std::string_view line) { lines.emplace_back(line); });
  auto context = EchoWorld::Context();
  context->AddMetadata("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
  echo::pb::GetEchoRequest request;
  request.set_name("echoes/broken");
  Echo reply;
  world.stub->GetEcho(context.get(), request, &reply);
  log::SetSink(nullptr);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_NE(lines[0].find("0af7651916cd43dd8448eb211c80319c"), std::string::npos);
}

TEST(ServeUnaryTest, CacheHitsDoNoWork) {
  EchoWorld world;
  echo::pb::GetCachedEchoRequest request;
  Echo reply;
  request.set_name("echoes/hit");
  EXPECT_TRUE(world.stub->GetCachedEcho(EchoWorld::Context().get(), request, &reply).ok());
  EXPECT_EQ(reply.text(), "cached");
  EXPECT_EQ(world.service->work_count(), 0);
  request.set_name("echoes/miss");
  EXPECT_TRUE(world.stub->GetCachedEcho(EchoWorld::Context().get(), request, &reply).ok());
  EXPECT_EQ(world.service->work_count(), 1);
}

TEST(ServeUnaryTest, AFullQueueShedsAtOnceWithAHint) {
  EchoWorld world({.threads = 1, .queue_max = 1});
  std::jthread running([&] { EXPECT_THAT(world.Get("echoes/wait"), IsOk()); });
  world.service->gate().AwaitArrivals(1);
  std::jthread waiting([&] { EXPECT_THAT(world.Get("echoes/wait"), IsOk()); });
  while (world.executor.queued() == 0) std::this_thread::yield();
  auto context = EchoWorld::Context();
  echo::pb::GetEchoRequest request;
  request.set_name("echoes/1");
  Echo reply;
  const Status status = FromGrpc(world.stub->GetEcho(context.get(), request, &reply));
  EXPECT_THAT(status, HasReason("OVERLOADED"));
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_EQ(FactsOf(status).at(0).first, "retry_after_ms");
  EXPECT_EQ(context->GetServerTrailingMetadata().count("matchgo-retry-after-ms"), 1U);
  world.service->gate().Open();
}

TEST(ServeUnaryTest, WorkNobodyWaitsForIsNotDone) {
  EchoWorld world({.threads = 1, .queue_max = 4});
  std::jthread running([&] { EXPECT_THAT(world.Get("echoes/wait"), IsOk()); });
  world.service->gate().AwaitArrivals(1);
  // One whose deadline passes in the queue, one that is cancelled there.
  echo::pb::GetEchoRequest request;
  request.set_name("echoes/1");
  Echo reply;
  auto late = EchoWorld::Context();
  late->set_deadline(std::chrono::system_clock::now() + std::chrono::milliseconds(200));
  EXPECT_THAT(FromGrpc(world.stub->GetEcho(late.get(), request, &reply)),
              StatusIs(absl::StatusCode::kDeadlineExceeded));
  auto cancelled = EchoWorld::Context();
  std::jthread caller([&] {
    Echo unused;
    EXPECT_EQ(world.stub->GetEcho(cancelled.get(), request, &unused).error_code(),
              grpc::StatusCode::CANCELLED);
  });
  while (world.executor.queued() < 2) std::this_thread::yield();
  cancelled->TryCancel();
  caller.join();
  // The caller knows before the server does.
  while (!world.service->latest_get_is_cancelled()) std::this_thread::yield();
  world.service->gate().Open();
  world.executor.Drain();
  EXPECT_EQ(world.service->work_count(), 1);
}

TEST(ServeWriteTest, StoresAndReplays) {
  EchoWorld world;
  const auto first = world.Create("a", "key-1");
  ASSERT_THAT(first, IsOk());
  EXPECT_EQ(first->version(), 1);
  const auto again = world.Create("a", "key-1");
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->SerializeAsString(), first->SerializeAsString());
  EXPECT_EQ(world.service->work_count(), 1);
  EXPECT_EQ(EventsIn(*world.database), 1);
  EXPECT_THAT(world.Create("b", "key-1"), HasReason("KEY_REUSED"));
  EXPECT_THAT(world.Create("b", "key-2"), IsOk());
  EXPECT_EQ(EventsIn(*world.database), 2);
}

TEST(ServeWriteTest, NeedsAKey) {
  EchoWorld world;
  const auto reply = world.Create("a", "");
  EXPECT_THAT(reply, HasReason("IDEMPOTENCY_KEY"));
  EXPECT_EQ(ViolationsOf(reply.status()).at(0).field, "request_id");
  EXPECT_EQ(EventsIn(*world.database), 0);
}

TEST(ServeWriteTest, ARefusalLeavesNothingAndIsNotRemembered) {
  EchoWorld world;
  EXPECT_THAT(world.Create("refuse", "key-1"), HasReason("REFUSED"));
  EXPECT_THAT(world.Create("refuse", "key-1"), HasReason("REFUSED"));
  EXPECT_EQ(world.service->work_count(), 2);
  EXPECT_EQ(EventsIn(*world.database), 0);
}

TEST(ServeWriteTest, PersonalRepliesAreSealed) {
  EchoWorld world;
  auto turn = [](std::string text) {
    std::ranges::reverse(text);
    return text;
  };
  std::string kept;
  world.service->seal = {.subject = [](const Echo& echo) { return echo.text(); },
                         .seal = [&](sql::Tx&, const std::string& subject,
                                     const std::string& plain) -> StatusOr<std::string> {
                           kept = turn(plain);
                           EXPECT_EQ(subject, "anna");
                           return kept;
                         },
                         .open = [&](sql::Tx&, const std::string& sealed) -> StatusOr<std::string> {
                           EXPECT_EQ(sealed, kept);
                           return turn(sealed);
                         }};
  const auto first = world.Create("anna", "key-1");
  const auto again = world.Create("anna", "key-1");
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->SerializeAsString(), first->SerializeAsString());
  EXPECT_NE(kept, "");
}

TEST(ServeWriteTest, ManyAtOnceAreAllStoredOnce) {
  EchoWorld world;
  std::atomic<int> stored{0};
  {
    std::vector<std::jthread> callers;
    for (int caller = 0; caller < 4; ++caller) {
      callers.emplace_back([&] {
        for (int i = 0; i < 25; ++i) {
          if (world.Create("a", "key-" + std::to_string(i)).ok()) stored.fetch_add(1);
        }
      });
    }
  }
  EXPECT_EQ(stored.load(), 100);
  EXPECT_EQ(EventsIn(*world.database), 25);
}

TEST(ServeWriteStepsTest, RepeatsTheStepButNotTheWrite) {
  EchoWorld world;
  echo::pb::StepEchoRequest request;
  *request.mutable_echo() = echo::ValidEcho("s");
  request.set_request_id("key");
  Echo first;
  Echo again;
  ASSERT_TRUE(world.stub->StepEcho(EchoWorld::Context().get(), request, &first).ok());
  ASSERT_TRUE(world.stub->StepEcho(EchoWorld::Context().get(), request, &again).ok());
  EXPECT_EQ(first.SerializeAsString(), again.SerializeAsString());
  EXPECT_EQ(world.service->work_count(), 2);
  EXPECT_EQ(EventsIn(*world.database), 1);
}

}  // namespace
}  // namespace matchgo::rpc
