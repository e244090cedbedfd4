// SharedReplies: lets a unary method answer with a message that a cache keeps, without a copy.
//
// Register one for the method in the constructor of its service (SetMessageAllocatorFor_...);
// without it ShareReply copies. gRPC only serializes the reply, which is const and thread-safe, so
// one message may answer many calls at once. Never change a message that was shared. Thread-safe.
// Test: tests/unit/common/rpc/serve_unary_test.cc, tests/unit/services/profiles
#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/message_allocator.h>

#include <memory>
#include <utility>

namespace matchgo::rpc {

template <class Req, class Rep>
class SharedReplies final : public grpc::MessageAllocator<Req, Rep> {
 public:
  class Holder final : public grpc::MessageHolder<Req, Rep> {
   public:
    Holder() {
      this->set_request(&request_);
      this->set_response(&own_);
    }
    void Release() override { delete this; }
    void Share(std::shared_ptr<const Rep> kept) {
      kept_ = std::move(kept);
      // The interface wants it mutable; what follows only reads it.
      this->set_response(const_cast<Rep*>(kept_.get()));
    }

   private:
    Req request_;
    Rep own_;
    std::shared_ptr<const Rep> kept_;
  };

  grpc::MessageHolder<Req, Rep>* AllocateMessages() override { return new Holder; }
};

// Before Finish. `reply` is the one the method was given.
template <class Req, class Rep>
void ShareReply(grpc::CallbackServerContext& context, std::shared_ptr<const Rep> kept, Rep* reply) {
  using Holder = typename SharedReplies<Req, Rep>::Holder;
  if (auto* const holder = dynamic_cast<Holder*>(context.GetRpcAllocatorState())) {
    holder->Share(std::move(kept));
  } else {
    *reply = *kept;
  }
}

}  // namespace matchgo::rpc
