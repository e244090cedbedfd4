// Serves unary methods: what every RPC needs, done once (trace, principal, access, rules, `now`,
// deadline, admission, metrics, status mapping, log line), around a lambda that does the work.
//
// ServeRead works on the bounded executor. ServeCached first asks a memory cache on the gRPC
// thread. ServeWrite goes to the writer of a database without another hop. ServeWriteSteps is for
// writes that call a neighbour first; its work ends with WriteOnce. Lambdas must not keep
// references to request or reply. Call from the method of the service only.
// Test: tests/unit/common/rpc/serve_unary_test.cc
#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <memory>
#include <optional>
#include <utility>

#include "common/rpc/shared_reply.h"
#include "common/rpc/unary_call.h"
#include "common/rpc/write_once.h"
#include "common/sql/database.h"

namespace matchgo::rpc {

template <class Req>
concept HasRequestId = requires(const Req& request) {
  request.request_id();
};

// work(const Call&, const Req&) -> StatusOr<Rep>
template <class Req, class Rep, class F>
void RunOn(exec::BoundedExecutor& executor, std::unique_ptr<UnaryCall> unary, const Req* request,
           Rep* reply, F work) {
  unary->SetFallback(Overloaded());
  executor.TrySubmit([unary = std::move(unary), request, reply, work = std::move(work)]() mutable {
    if (Status status = unary->StillWanted(); !status.ok()) return unary->Finish(status);
    StatusOr<Rep> result = work(unary->call(), *request);
    const Status outcome = result.status();
    if (outcome.ok()) *reply = *std::move(result);
    unary->Finish(outcome);
  });
}

template <class Req, class Rep, class F>
grpc::ServerUnaryReactor* ServeRead(Endpoint& endpoint, grpc::CallbackServerContext* context,
                                    const Req* request, Rep* reply, F work) {
  const size_t method = endpoint.MethodOf(Req::descriptor(), Rep::descriptor());
  auto unary = std::make_unique<UnaryCall>(endpoint, method, context);
  grpc::ServerUnaryReactor* const reactor = unary->reactor();
  if (Status status = unary->Admit(*request); !status.ok()) {
    unary->Finish(status);
    return reactor;
  }
  RunOn(endpoint.executor(), std::move(unary), request, reply, std::move(work));
  return reactor;
}

// lookup(const Call&, const Req&) -> std::shared_ptr<const Rep> runs on the gRPC thread: it may
// only look into memory, must decide about access to the object as `work` would, and gives null on
// a miss.
template <class Req, class Rep, class L, class F>
grpc::ServerUnaryReactor* ServeCached(Endpoint& endpoint, grpc::CallbackServerContext* context,
                                      const Req* request, Rep* reply, L lookup, F work) {
  const size_t method = endpoint.MethodOf(Req::descriptor(), Rep::descriptor());
  auto unary = std::make_unique<UnaryCall>(endpoint, method, context);
  grpc::ServerUnaryReactor* const reactor = unary->reactor();
  if (Status status = unary->Admit(*request); !status.ok()) {
    unary->Finish(status);
    return reactor;
  }
  if (std::shared_ptr<const Rep> kept = lookup(unary->call(), *request)) {
    ShareReply<Req>(*context, std::move(kept), reply);
    unary->Finish(absl::OkStatus());
    return reactor;
  }
  RunOn(endpoint.executor(), std::move(unary), request, reply, std::move(work));
  return reactor;
}

// Answers away from the writer thread, which has the next group to commit; there after all when the
// executor is full.
inline void FinishOn(Endpoint& endpoint, const std::shared_ptr<UnaryCall>& unary,
                     const Status& outcome) {
  if (!endpoint.executor().TrySubmit([unary, outcome] { unary->Finish(outcome); })) {
    unary->Finish(outcome);
  }
}

// work(sql::Tx&, const Call&, const Req&) -> StatusOr<Rep>; it may run again after a failed group.
template <HasRequestId Req, class Rep, class F>
grpc::ServerUnaryReactor* ServeWrite(Endpoint& endpoint, sql::Database& database,
                                     grpc::CallbackServerContext* context, const Req* request,
                                     Rep* reply, F work, ReplySeal<Rep> seal = {}) {
  const size_t method = endpoint.MethodOf(Req::descriptor(), Rep::descriptor());
  // Shared, because the store's std::function wants copies; used by one thread at a time.
  auto unary = std::make_shared<UnaryCall>(endpoint, method, context);
  grpc::ServerUnaryReactor* const reactor = unary->reactor();
  Status status = unary->Admit(*request);
  if (status.ok()) status = unary->TakeKey(*request, request->request_id());
  if (!status.ok()) {
    unary->Finish(status);
    return reactor;
  }
  auto step = [unary, request, reply, work = std::move(work),
               seal = std::move(seal)](sql::Tx& tx) mutable -> Status {
    // Nothing has happened yet, so a caller who left costs nothing.
    RETURN_IF_ERROR(unary->StillWanted());
    auto once = [&](sql::Tx& inner) { return work(inner, inner.call(), *request); };
    StatusOr<Rep> result = RunOnce<Rep>(tx, seal, once);
    Status outcome = result.status();
    if (outcome.ok()) *reply = *std::move(result);
    return outcome;
  };
  database.Submit(unary->call(), std::move(step), [&endpoint, unary](const Status& outcome) {
    FinishOn(endpoint, unary, outcome);
  });
  return reactor;
}

// work(const Call&, const Req&) -> StatusOr<Rep>; may wait for neighbours and ends with WriteOnce.
template <HasRequestId Req, class Rep, class F>
grpc::ServerUnaryReactor* ServeWriteSteps(Endpoint& endpoint, grpc::CallbackServerContext* context,
                                          const Req* request, Rep* reply, F work) {
  const size_t method = endpoint.MethodOf(Req::descriptor(), Rep::descriptor());
  auto unary = std::make_unique<UnaryCall>(endpoint, method, context);
  grpc::ServerUnaryReactor* const reactor = unary->reactor();
  Status status = unary->Admit(*request);
  if (status.ok()) status = unary->TakeKey(*request, request->request_id());
  if (!status.ok()) {
    unary->Finish(status);
    return reactor;
  }
  RunOn(endpoint.steps_executor(), std::move(unary), request, reply, std::move(work));
  return reactor;
}

}  // namespace matchgo::rpc
