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

#include <google/protobuf/message.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "absl/functional/any_invocable.h"
#include "common/base/status_macros.h"
#include "common/rpc/bytes_method.h"
#include "common/rpc/shared_reply.h"
#include "common/rpc/unary_call.h"
#include "common/rpc/write_once.h"
#include "common/sql/database.h"
#include "common/sql/request_log.h"

namespace matchgo::rpc {

template <class Req>
concept HasRequestId = requires(const Req& request) {
  request.request_id();
};

// What the templates below have in common, compiled once. A step fills the reply of its method.
using Step = absl::AnyInvocable<Status(const Call&)>;
using WriteStep = std::function<Status(sql::Tx&)>;
// True if it has filled the reply.
using CacheStep = absl::AnyInvocable<bool(const Call&)>;

grpc::ServerUnaryReactor* StartRead(Endpoint& endpoint, size_t method,
                                    grpc::CallbackServerContext* context,
                                    const google::protobuf::Message& request, CacheStep lookup,
                                    Step step);
grpc::ServerUnaryReactor* StartWrite(Endpoint& endpoint, size_t method, sql::Database& database,
                                     grpc::CallbackServerContext* context,
                                     const google::protobuf::Message& request,
                                     const std::string& request_id, WriteStep step);
// Admits a write and takes its key; if that is refused it has answered, and this is false.
bool AdmitWrite(UnaryCall& unary, const google::protobuf::Message& request,
                const std::string& request_id);
// Hands `step` to the writer unless the caller left; it and the answer, which comes after COMMIT,
// own the call.
void SubmitWrite(Endpoint& endpoint, sql::Database& database, std::shared_ptr<UnaryCall> unary,
                 WriteStep step);
grpc::ServerUnaryReactor* StartWriteSteps(Endpoint& endpoint, size_t method,
                                          grpc::CallbackServerContext* context,
                                          const google::protobuf::Message& request,
                                          const std::string& request_id, Step step);

// The reply is a message or bytes.
template <class Rep>
void Fill(Rep answer, Rep* reply) {
  *reply = std::move(answer);
}
template <class Rep>
void Fill(const Rep& answer, grpc::ByteBuffer* reply) {
  *reply = BytesOf(answer.SerializeAsString());
}

// work(const Call&, const Req&) -> StatusOr<Rep>
template <class Req, class Rep, class F>
Step FillReply(const Req* request, Rep* reply, F work) {
  return [request, reply, work = std::move(work)](const Call& call) mutable -> Status {
    auto result = work(call, *request);
    if (!result.ok()) return result.status();
    Fill(*std::move(result), reply);
    return absl::OkStatus();
  };
}

template <class Req, class Rep, class F>
grpc::ServerUnaryReactor* ServeRead(Endpoint& endpoint, grpc::CallbackServerContext* context,
                                    const Req* request, Rep* reply, F work) {
  return StartRead(endpoint, endpoint.MethodOf(Req::descriptor(), Rep::descriptor()), context,
                   *request, nullptr, FillReply(request, reply, std::move(work)));
}

// lookup(const Call&, const Req&) -> std::shared_ptr<const Rep> runs on the gRPC thread: it may
// only look into memory, must decide about access to the object as `work` would, and gives null on
// a miss.
template <class Req, class Rep, class L, class F>
grpc::ServerUnaryReactor* ServeCached(Endpoint& endpoint, grpc::CallbackServerContext* context,
                                      const Req* request, Rep* reply, L lookup, F work) {
  const auto look = [context, request, reply, &lookup](const Call& call) {
    std::shared_ptr<const Rep> kept = lookup(call, *request);
    if (kept == nullptr) return false;
    ShareReply<Req>(*context, std::move(kept), reply);
    return true;
  };
  return StartRead(endpoint, endpoint.MethodOf(Req::descriptor(), Rep::descriptor()), context,
                   *request, look, FillReply(request, reply, std::move(work)));
}

// work(sql::Tx&, const Call&, const Req&) -> StatusOr<Rep>; it may run again after a failed group.
template <HasRequestId Req, class Rep, class F>
grpc::ServerUnaryReactor* ServeWrite(Endpoint& endpoint, sql::Database& database,
                                     grpc::CallbackServerContext* context, const Req* request,
                                     Rep* reply, F work, ReplySeal<Rep> seal = {}) {
  auto step = [request, reply, work = std::move(work),
               seal = std::move(seal)](sql::Tx& tx) mutable -> Status {
    auto once = [&](sql::Tx& inner) { return work(inner, inner.call(), *request); };
    StatusOr<Rep> result = RunOnce<Rep>(tx, seal, once);
    if (!result.ok()) return result.status();
    *reply = *std::move(result);
    return absl::OkStatus();
  };
  return StartWrite(endpoint, endpoint.MethodOf(Req::descriptor(), Rep::descriptor()), database,
                    context, *request, request->request_id(), std::move(step));
}

// A call with what was prepared for its write, or the reason why there will be none.
template <class Prepared>
struct PreparedCall final : UnaryCall {
  using UnaryCall::UnaryCall;
  StatusOr<Prepared> prepared = Internal("not prepared");
  std::string known;  // of the reply, as bytes
};

// For writes that are many, to keep the writer for the store: all that needs no store comes first,
// and the reply is encoded once, for the caller and for the request log (see bytes_method.h).
// prepare(const Call&, const Req&, std::string*) -> StatusOr<Prepared> runs on the gRPC thread: it
// computes only, and gives the bytes of what it knows of the reply. apply(sql::Tx&, const Call&,
// const Prepared&, Rep*) -> Status fills an empty message with the rest; it may run again after a
// failed group. What `prepare` refuses is still answered as before if the request comes again.
template <class Rep, HasRequestId Req, class P, class A>
grpc::ServerUnaryReactor* ServePreparedWrite(Endpoint& endpoint, sql::Database& database,
                                             grpc::CallbackServerContext* context,
                                             const Req* request, grpc::ByteBuffer* reply, P prepare,
                                             A apply) {
  using Prepared =
      typename std::invoke_result_t<P, const Call&, const Req&, std::string*>::value_type;
  const size_t method = endpoint.MethodOf(Req::descriptor(), Rep::descriptor());
  auto unary = std::make_shared<PreparedCall<Prepared>>(endpoint, method, context);
  grpc::ServerUnaryReactor* const reactor = unary->reactor();
  if (!AdmitWrite(*unary, *request, request->request_id())) return reactor;
  unary->prepared = prepare(unary->call(), *request, &unary->known);
  auto step = [&call = *unary, reply, apply = std::move(apply)](sql::Tx& tx) -> Status {
    const auto work = [&]() -> Status {
      RETURN_IF_ERROR(call.prepared.status());
      Rep rest;
      RETURN_IF_ERROR(apply(tx, tx.call(), *call.prepared, &rest));
      // Bytes of two messages after each other are those of both merged.
      std::string bytes = call.known;
      rest.AppendToString(&bytes);
      *reply = BytesOf(bytes);
      return sql::StoreReply(tx, tx.call(), bytes, /*subject=*/"");
    };
    return RunUnlessGiven(tx, work, [&](const std::string& given) { *reply = BytesOf(given); });
  };
  SubmitWrite(endpoint, database, std::move(unary), std::move(step));
  return reactor;
}

// work(const Call&, const Req&) -> StatusOr<Rep>; may wait for neighbours and ends with WriteOnce.
template <HasRequestId Req, class Reply, class F>
grpc::ServerUnaryReactor* ServeWriteSteps(Endpoint& endpoint, grpc::CallbackServerContext* context,
                                          const Req* request, Reply* reply, F work) {
  using Rep = typename std::invoke_result_t<F, const Call&, const Req&>::value_type;
  return StartWriteSteps(endpoint, endpoint.MethodOf(Req::descriptor(), Rep::descriptor()), context,
                         *request, request->request_id(),
                         FillReply(request, reply, std::move(work)));
}

}  // namespace matchgo::rpc
