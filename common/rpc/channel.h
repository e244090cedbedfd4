// Calls to a neighbour: a channel, and a Caller that adds identity, trace, deadline and retries.
//
// At most three attempts, only after UNAVAILABLE or ABORTED, with jitter, and only while retries
// stay under a tenth of the calls. Every write has a request_id, so all unary calls may be retried.
// Blocking: for executors, runners and commands, not for gRPC threads. Thread-safe.
// Test: tests/unit/common/rpc/channel_test.cc
#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "common/base/status.h"
#include "common/kernel/role.h"
#include "common/rpc/status_map.h"
#include "common/service/call.h"

namespace matchgo::rpc {

// address: "unix:PATH" or "host:port". Never null; connects when first used.
std::shared_ptr<grpc::Channel> MakeChannel(const std::string& address);

class Caller {
 public:
  struct Options {
    Principal principal{.role = Role::kService, .id = {}, .tenant = {}};
    std::chrono::milliseconds deadline{5000};
    int attempts_max = 3;
    std::chrono::milliseconds backoff_min{50};
    std::chrono::milliseconds backoff_max{2000};
    // Once requested, no further call or attempt is made: CANCELLED.
    std::stop_token stop = {};
  };

  Caller();
  explicit Caller(Options options);

  // caller.Unary(*stub, &pb::XService::StubInterface::GetX, request): the reply or its Status.
  // `parent`: the call on whose behalf this is; its deadline and trace are passed on.
  template <class Stub, class Base, class Req, class Rep>
  StatusOr<Rep> Unary(Stub& stub,
                      grpc::Status (Base::*method)(grpc::ClientContext*, const Req&, Rep*),
                      const Req& request, const Call* parent = nullptr) {
    Rep reply;
    const Status status = Attempts(parent, [&](grpc::ClientContext* context) {
      reply.Clear();
      return (stub.*method)(context, request, &reply);
    });
    if (!status.ok()) return status;
    return reply;
  }

  // The same around any blocking attempt, for methods known only by their descriptor.
  Status Try(const std::function<grpc::Status(grpc::ClientContext*)>& attempt,
             const Call* parent = nullptr) {
    return Attempts(parent, attempt);
  }

  // Adds role, principal, tenant and traceparent: for streams, which the caller runs itself.
  void Prepare(grpc::ClientContext* context, const Call* parent = nullptr) const;

 private:
  Status Attempts(const Call* parent,
                  const std::function<grpc::Status(grpc::ClientContext*)>& attempt);
  bool MayRetry();

  const Options options_;
  std::atomic<int64_t> calls_{0};
  std::atomic<int64_t> retries_{0};
};

}  // namespace matchgo::rpc
