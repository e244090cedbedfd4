// UnaryCall: one unary RPC between its arrival and its Finish; the part of serve_unary.h that needs
// no template.
//
// Finishes exactly once: a UnaryCall that is destroyed unfinished answers with its fallback (or
// INTERNAL). Request, reply and context are touched only before that. Owned by whoever works on it;
// not thread-safe. Test: tests/unit/common/rpc/serve_unary_test.cc
#pragma once

#include <google/protobuf/message.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <chrono>
#include <string>

#include "common/base/status.h"
#include "common/rpc/endpoint.h"
#include "common/service/call.h"

namespace matchgo::rpc {

class UnaryCall {
 public:
  UnaryCall(Endpoint& endpoint, size_t method, grpc::CallbackServerContext* context);
  UnaryCall(const UnaryCall&) = delete;
  UnaryCall& operator=(const UnaryCall&) = delete;
  ~UnaryCall();

  grpc::ServerUnaryReactor* reactor() const { return reactor_; }
  const Call& call() const { return call_; }

  // Principal, access, deadline and the rules of the request. Call first.
  Status Admit(const google::protobuf::Message& request);
  // For writes: takes the idempotency key and the hash of the request into the call.
  Status TakeKey(const google::protobuf::Message& request, const std::string& request_id);
  // CANCELLED or DEADLINE_EXCEEDED if nobody waits for the answer any more.
  Status StillWanted() const;
  // What the caller gets if this is dropped, e.g. by a full queue.
  void SetFallback(Status status) { fallback_ = std::move(status); }
  void Finish(const Status& status);

 private:
  Endpoint& endpoint_;
  const size_t method_;
  grpc::CallbackServerContext* const context_;
  grpc::ServerUnaryReactor* const reactor_;
  const std::chrono::steady_clock::time_point arrived_;
  Call call_;
  Status fallback_;
  bool finished_ = false;
};

// Takes the idempotency key and the hash of the request into the call; IDEMPOTENCY_KEY if empty.
Status TakeKey(const google::protobuf::Message& request, const std::string& request_id, Call* call);

// UNAVAILABLE STOPPING.
Status StoppingStatus();

// UNAVAILABLE OVERLOADED with the fact retry_after_ms.
Status Overloaded();

// Deadline of the caller minus 10 % for the way back, at most `longest` from now.
std::chrono::steady_clock::time_point DeadlineOf(const grpc::ServerContextBase& context,
                                                 std::chrono::steady_clock::duration longest);

// Makes the Call of an RPC: trace, principal, now, deadline. Also checks access.
Status MakeCall(Endpoint& endpoint, size_t method, const grpc::ServerContextBase& context,
                std::chrono::steady_clock::duration longest, Call* call);

// One line for a failed call: warn if it is our fault, debug otherwise (and for OK).
void LogCall(const Endpoint& endpoint, size_t method, const Call& call, const Status& status,
             std::chrono::steady_clock::duration took);

}  // namespace matchgo::rpc
