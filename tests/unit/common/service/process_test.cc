#include "common/service/process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "common/rpc/channel.h"
#include "tests/support/echo/echo_service.h"
#include "tests/support/status_matchers.h"

namespace matchgo {
namespace {

struct Seen {
  std::vector<std::string> steps;
  bool ready = true;
};

class EchoModule final : public Module {
 public:
  EchoModule(Environment& environment, std::unique_ptr<sql::Database> database, Seen& seen)
      : seen_(seen), database_(std::move(database)), service_(environment, *database_) {}
  std::string_view name() const override { return "echo"; }
  void Register(grpc::ServerBuilder& builder) override { builder.RegisterService(&service_); }
  Status Start(const Neighbours& neighbours) override {
    seen_.steps.emplace_back("start");
    // Its own service, as a neighbour in the same process would reach it.
    stub_ = echo::pb::EchoService::NewStub(neighbours.channel("echo"));
    away_ = echo::pb::EchoService::NewStub(neighbours.channel("elsewhere"));
    return absl::OkStatus();
  }
  void Tick(Instant now) override { seen_.steps.push_back("tick " + FormatInstant(now)); }
  Status Ready() override {
    return seen_.ready ? absl::OkStatus() : Unavailable({"NOT_READY", "not yet"});
  }
  void Stop() override {
    seen_.steps.emplace_back("stop");
    database_->Stop();
  }
  echo::Gate& gate() { return service_.gate(); }
  Status CallNeighbour(bool away, const std::string& name = "echoes/1") {
    rpc::Caller::Options options;
    options.attempts_max = 1;
    rpc::Caller caller(options);
    echo::pb::GetEchoRequest request;
    request.set_name(name);
    return caller
        .Unary(away ? *away_ : *stub_, &echo::pb::EchoService::StubInterface::GetEcho, request)
        .status();
  }

 private:
  Seen& seen_;
  std::unique_ptr<sql::Database> database_;
  echo::EchoService service_;
  std::unique_ptr<echo::pb::EchoService::Stub> stub_;
  std::unique_ptr<echo::pb::EchoService::Stub> away_;
};

class ProcessTest : public testing::Test {
 protected:
  ProcessTest() : folder_(std::filesystem::path(testing::TempDir()) / "process_test") {
    std::filesystem::remove_all(folder_);
  }
  ~ProcessTest() override { std::filesystem::remove_all(folder_); }

  ModuleFactory Factory() {
    return [this](Environment& environment) -> StatusOr<std::unique_ptr<Module>> {
      auto database = echo::OpenEchoStore(environment.clock);
      if (!database.ok()) return database.status();
      auto made = std::make_unique<EchoModule>(environment, *std::move(database), seen_);
      module_ = made.get();
      return made;
    };
  }
  ProcessOptions Options() {
    ProcessOptions options;
    options.data_dir = folder_;
    options.executor = {.threads = 2, .queue_max = 16};
    return options;
  }
  StatusOr<std::unique_ptr<Process>> Start(ProcessOptions options) {
    return Process::Start(std::move(options), clock_, entropy_, {Factory()});
  }

  const std::filesystem::path folder_;
  ManualClock clock_{Instant::FromMicros(1'800'000'000'000'000)};
  SeededEntropy entropy_{1};
  Seen seen_;
  EchoModule* module_ = nullptr;
};

TEST_F(ProcessTest, ServesTicksAndStopsInOrder) {
  const auto process = Start(Options());
  ASSERT_THAT(process, IsOk());
  EXPECT_THAT(module_->CallNeighbour(false), IsOk());
  EXPECT_THAT(module_->CallNeighbour(true), StatusIs(absl::StatusCode::kUnavailable));
  (*process)->TickAll();
  clock_.AdvanceBy(std::chrono::seconds(60));
  (*process)->TickAll();
  (*process)->Stop();
  EXPECT_EQ(seen_.steps, (std::vector<std::string>{"start", "tick 2027-01-15T08:00:00.000000Z",
                                                   "tick 2027-01-15T08:01:00.000000Z", "stop"}));
}

TEST_F(ProcessTest, AStopWaitsForCallsAndTurnsNewOnesAway) {
  const auto process = Start(Options());
  ASSERT_THAT(process, IsOk());
  std::jthread caller([&] { EXPECT_THAT(module_->CallNeighbour(false, "echoes/wait"), IsOk()); });
  module_->gate().AwaitArrivals(1);
  std::jthread stopper([&] { (*process)->Stop(); });
  // The one that waits holds the stop up; this one comes too late.
  while (!(*process)->environment().stopping.stop_requested()) std::this_thread::yield();
  EXPECT_THAT(module_->CallNeighbour(false), HasReason("STOPPING"));
  EXPECT_EQ(seen_.steps, (std::vector<std::string>{"start"}));
  module_->gate().Open();
  caller.join();
  stopper.join();
  EXPECT_EQ(seen_.steps.back(), "stop");
}

TEST_F(ProcessTest, EachModuleDrawsFromAStreamOfItsOwn) {
  std::vector<std::string> ids;
  const ModuleFactory factory = [&](Environment& environment) {
    ids.push_back(environment.entropy.NewId());
    return Factory()(environment);
  };
  const ModuleFactory refusing =
      [&](Environment& environment) -> StatusOr<std::unique_ptr<Module>> {
    ids.push_back(environment.entropy.NewId());
    return Unavailable({"AWAY", "not today"});
  };
  EXPECT_THAT(Process::Start(Options(), clock_, entropy_, {factory, refusing}), HasReason("AWAY"));
  // The first start from this source again, after somebody else drew; then a second start of it.
  SeededEntropy same(1);
  same.NewId();
  for (int start = 0; start < 2; ++start) {
    ASSERT_THAT(Process::Start(Options(), clock_, same, {factory}), IsOk());
  }
  ASSERT_EQ(ids.size(), 4u);
  EXPECT_NE(ids[0], ids[1]);
  EXPECT_EQ(ids[0], ids[2]);
  EXPECT_NE(ids[0], ids[3]) << "a start on old data draws no old ids";
}

TEST_F(ProcessTest, ReadinessIsThatOfTheModules) {
  const auto process = Start(Options());
  ASSERT_THAT(process, IsOk());
  EXPECT_THAT((*process)->Ready(), IsOk());
  seen_.ready = false;
  EXPECT_THAT((*process)->Ready(), HasReason("NOT_READY"));
}

TEST_F(ProcessTest, TheTokenSecretSurvivesARestartAndIsPrivate) {
  std::string secret;
  {
    const auto process = Start(Options());
    ASSERT_THAT(process, IsOk());
    secret = (*process)->environment().token_secret;
  }
  EXPECT_EQ(secret.size(), 32U);
  const auto again = Start(Options());
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ((*again)->environment().token_secret, secret);
  EXPECT_EQ(std::filesystem::status(folder_ / "token.secret").permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(ProcessTest, WhatCannotStartSaysWhy) {
  ProcessOptions options = Options();
  options.listen = {"0.0.0.0:0"};
  EXPECT_THAT(Start(std::move(options)), HasReason("LISTEN_ADDRESS"));
  options = Options();
  options.data_dir = "/proc/nowhere";
  EXPECT_THAT(Start(std::move(options)), HasReason("DATA_DIR"));
  options = Options();
  for (const char* address : {"0.0.0.0:0", "nonsense", "unix:/tmp/metrics.sock"}) {
    options.metrics_listen = address;
    const auto process = Start(options);
    EXPECT_THAT(process, HasReason("LISTEN_ADDRESS"));
    EXPECT_THAT(MessageOf(process.status()), testing::HasSubstr("such as 127.0.0.1:9464"));
  }
}

TEST_F(ProcessTest, AFreeMetricsPortIsFound) {
  ProcessOptions options = Options();
  options.metrics_listen = "127.0.0.1:0";
  const auto process = Start(std::move(options));
  ASSERT_THAT(process, IsOk());
  EXPECT_GT((*process)->metrics_port(), 0);
}

}  // namespace
}  // namespace matchgo
