// EchoWorld: everything an EchoService needs, served in process.
//
// Members are destroyed in the order a process stops: server first, then executor and store. For
// tests only. Used by tests/unit/common/rpc.
#pragma once

#include <memory>
#include <string>

#include "common/base/check.h"
#include "common/exec/bounded_executor.h"
#include "common/metrics/metrics.h"
#include "common/random/random.h"
#include "common/rpc/channel.h"
#include "common/rpc/server.h"
#include "tests/support/echo/echo_service.h"

namespace matchgo::echo {

struct EchoWorld {
  explicit EchoWorld(exec::BoundedExecutor::Options options = {.threads = 2, .queue_max = 16})
      : executor(options) {
    auto opened = OpenEchoStore(clock);
    CHECK(opened.ok());
    database = *std::move(opened);
    service = std::make_unique<EchoService>(environment, *database);
    Serve({});
  }
  ~EchoWorld() {
    stopping.request_stop();
    service->gate().Open();
    server.reset();
    executor.Stop();
  }

  void Serve(const std::vector<std::string>& addresses) {
    auto started = rpc::Server::Start(
        addresses, [&](grpc::ServerBuilder& builder) { builder.RegisterService(service.get()); });
    CHECK(started.ok());
    server = *std::move(started);
    stub = pb::EchoService::NewStub(server->InProcessChannel());
  }

  // A context of a service, as every caller in the suite sends it.
  static std::unique_ptr<grpc::ClientContext> Context(const std::string& role = "service") {
    auto context = std::make_unique<grpc::ClientContext>();
    if (!role.empty()) context->AddMetadata("matchgo-role", role);
    context->set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
    return context;
  }
  Status Get(const std::string& name, const std::string& role = "service") {
    pb::GetEchoRequest request;
    request.set_name(name);
    pb::Echo reply;
    return rpc::FromGrpc(stub->GetEcho(Context(role).get(), request, &reply));
  }
  StatusOr<pb::Echo> Create(const std::string& text, const std::string& request_id) {
    pb::CreateEchoRequest request;
    *request.mutable_echo() = ValidEcho(text);
    request.set_request_id(request_id);
    pb::Echo reply;
    const Status status = rpc::FromGrpc(stub->CreateEcho(Context().get(), request, &reply));
    if (!status.ok()) return status;
    return reply;
  }

  ManualClock clock{Instant::FromMicros(1'800'000'000'000'000)};
  SeededEntropy entropy{7};
  metrics::Metrics metrics;
  std::stop_source stopping;
  exec::BoundedExecutor executor;
  Environment environment{.clock = clock,
                          .entropy = entropy,
                          .metrics = metrics,
                          .executor = executor,
                          .data_dir = {},
                          .token_secret = "secret",
                          .stopping = stopping.get_token()};
  std::unique_ptr<sql::Database> database;
  std::unique_ptr<EchoService> service;
  std::unique_ptr<rpc::Server> server;
  std::unique_ptr<pb::EchoService::Stub> stub;
};

}  // namespace matchgo::echo
