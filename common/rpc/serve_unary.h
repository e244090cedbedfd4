// Serves unary methods: what every RPC needs, done once (trace, principal, access, rules, `now`,
// deadline, admission, metrics, status mapping, log line), around a lambda that does the work.
//
// ServeRead works on the bounded executor. ServeCached first asks a memory cache on the gRPC
// thread. ServeWrite goes to the writer of a database without another hop, ServePreparedWrite does
// so with work that is done already. ServeWriteSteps is for writes that call a neighbour first; its
// work ends with WriteOnce. Lambdas must not keep references to request or reply. Call from the
// method of the service only.
// Test: tests/unit/common/rpc/serve_unary_test.cc
#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <functional>
#include <memory>
#include <optional>
#include <type_traits>
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

// Hands `step` to the writer; it and the answer own the call. `answer` of the queue comes after
// COMMIT.
template <class Unary>
void SubmitWrite(Endpoint& endpoint, sql::Database& database, std::shared_ptr<Unary> unary,
                 std::function<Status(sql::Tx&)> step) {
  std::shared_ptr<const Call> call(unary, &unary->call());
  database.Submit(std::move(call), std::move(step),
                  [&endpoint, unary = std::move(unary)](Status outcome) mutable {
                    endpoint.answers().Add(std::move(unary), std::move(outcome));
                  });
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
  SubmitWrite(endpoint, database, std::move(unary), std::move(step));
  return reactor;
}

// A call with what was prepared for its write, or the reason why there will be none.
template <class Prepared>
struct PreparedCall final : UnaryCall {
  using UnaryCall::UnaryCall;
  StatusOr<Prepared> prepared = Internal("not prepared");
};

// For writes that are many, to keep the writer for the store: all that needs no store comes first.
// prepare(const Call&, const Req&, Rep*) -> StatusOr<Prepared> runs on the gRPC thread: it computes
// only, and fills in what it knows of the reply. apply(sql::Tx&, const Call&, const Prepared&,
// Rep*) -> Status fills in the rest; it may run again after a failed group. What `prepare` refuses
// is still answered as before if the request comes again.
template <HasRequestId Req, class Rep, class P, class A>
grpc::ServerUnaryReactor* ServePreparedWrite(Endpoint& endpoint, sql::Database& database,
                                             grpc::CallbackServerContext* context,
                                             const Req* request, Rep* reply, P prepare, A apply) {
  using Prepared = typename std::invoke_result_t<P, const Call&, const Req&, Rep*>::value_type;
  const size_t method = endpoint.MethodOf(Req::descriptor(), Rep::descriptor());
  auto unary = std::make_shared<PreparedCall<Prepared>>(endpoint, method, context);
  grpc::ServerUnaryReactor* const reactor = unary->reactor();
  Status status = unary->Admit(*request);
  if (status.ok()) status = unary->TakeKey(*request, request->request_id());
  if (!status.ok()) {
    unary->Finish(status);
    return reactor;
  }
  unary->prepared = prepare(unary->call(), *request, reply);
  auto step = [&call = *unary, reply, apply = std::move(apply)](sql::Tx& tx) -> Status {
    RETURN_IF_ERROR(call.StillWanted());
    ASSIGN_OR_RETURN(std::optional<Rep> before, ReplayReply<Rep>(tx, {}));
    if (before.has_value()) {
      *reply = *std::move(before);
      return absl::OkStatus();
    }
    RETURN_IF_ERROR(call.prepared.status());
    RETURN_IF_ERROR(apply(tx, tx.call(), *call.prepared, reply));
    return KeepReply<Rep>(tx, {}, *reply);
  };
  SubmitWrite(endpoint, database, std::move(unary), std::move(step));
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
