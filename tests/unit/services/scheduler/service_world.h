// ServiceWorld: a World whose scheduler is called over gRPC, in process.
//
// Stops the server, then what answers its calls, when a test ends. One thread asks; the service has
// two lanes of its own. Used by service_test.cc and suggest_service_test.cc.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <stop_token>

#include "common/exec/bounded_executor.h"
#include "common/rpc/server.h"
#include "services/scheduler/rpc/scheduler_service.h"
#include "tests/unit/services/scheduler/world.h"

namespace matchgo::scheduler {

class ServiceWorld : public World {
 protected:
  using Stub = v1::SchedulerService::StubInterface;

  ServiceWorld() {
    service_ = std::make_unique<SchedulerService>(environment_, *deps);
    auto server = rpc::Server::Start(
        {}, [&](grpc::ServerBuilder& builder) { builder.RegisterService(service_.get()); });
    if (!server.ok()) ADD_FAILURE() << server.status();
    server_ = *std::move(server);
    stub_ = v1::SchedulerService::NewStub(server_->InProcessChannel());
  }
  ~ServiceWorld() override {
    stopping_.request_stop();
    server_->Stop(std::chrono::milliseconds(2000));
    executor_.Stop();  // a call is answered before the last line of its work
    database->Stop();
  }

  std::stop_source stopping_;
  exec::BoundedExecutor executor_{{.threads = 2, .queue_max = 64}};
  Environment environment_{.clock = clock,
                           .entropy = entropy,
                           .metrics = metrics,
                           .executor = executor_,
                           .data_dir = {},
                           .token_secret = "secret",
                           .stopping = stopping_.get_token()};
  std::unique_ptr<SchedulerService> service_;
  std::unique_ptr<rpc::Server> server_;
  std::unique_ptr<Stub> stub_;
};

}  // namespace matchgo::scheduler
