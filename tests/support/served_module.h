// ServedModule: one service in this process, as its callers see it, for tests.
//
// A server over an empty folder of its own, with a clock and chance that the test controls, and no
// neighbours unless they are named. Nothing is retried. Used by the tests of the services.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "common/base/check.h"
#include "common/kernel/day.h"
#include "common/random/random.h"
#include "common/rpc/channel.h"
#include "common/service/process.h"
#include "common/time/clock.h"
#include "tests/support/temp_folder.h"

namespace matchgo {

class ServedModule {
 public:
  // Noon of the day on which all tests of services begin.
  static Instant Begin() { return StartOf(Day::FromCivil(2026, 11, 23)) + std::chrono::hours(12); }

  enum class Listen { kInProcess, kSocketToo };

  explicit ServedModule(std::vector<ModuleFactory> factories, Listen listen = Listen::kInProcess)
      : factories_(std::move(factories)), listen_(listen), clock_(Begin()), entropy_(7) {
    Restart();
  }

  // Stops and starts on the same folder.
  void Restart() {
    process_.reset();
    ProcessOptions options;
    options.data_dir = folder_.path();
    if (listen_ == Listen::kSocketToo) options.listen = {socket()};
    options.executor = {.threads = 2, .queue_max = 256};
    StatusOr<std::unique_ptr<Process>> started =
        Process::Start(std::move(options), clock_, entropy_, factories_);
    CHECK(started.ok());
    process_ = *std::move(started);
    channel_ = process_->channel();
  }

  ManualClock& clock() { return clock_; }
  Process& process() { return *process_; }
  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }
  const std::filesystem::path& folder() const { return folder_.path(); }
  std::string socket() const { return "unix:" + (folder_.path() / "served.sock").string(); }

  static rpc::Caller::Options Options(Principal principal) {
    rpc::Caller::Options options;
    options.principal = std::move(principal);
    options.attempts_max = 1;
    return options;
  }

  // One call as somebody: served.Call(who, *stub, &StubInterface::GetX, request). A write without
  // a key gets one of its own.
  template <class Stub, class Base, class Req, class Rep>
  StatusOr<Rep> Call(const Principal& who, Stub& stub,
                     grpc::Status (Base::*method)(grpc::ClientContext*, const Req&, Rep*),
                     Req request) {
    if constexpr (requires { request.set_request_id(""); }) {
      if (request.request_id().empty()) request.set_request_id("test-" + std::to_string(++keys_));
    }
    rpc::Caller caller(Options(who));
    return caller.Unary(stub, method, request);
  }

 private:
  TempFolder folder_;
  const std::vector<ModuleFactory> factories_;
  const Listen listen_;
  ManualClock clock_;
  SeededEntropy entropy_;
  int keys_ = 0;
  std::unique_ptr<Process> process_;
  std::shared_ptr<grpc::Channel> channel_;
};

}  // namespace matchgo
