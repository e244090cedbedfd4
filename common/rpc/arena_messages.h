// ArenaMessages: lets a unary method have its request and its reply on one arena.
//
// For methods that are called often with messages of many parts: they go at once instead of text by
// text. Register one for the method in the constructor of its service
// (SetMessageAllocatorFor_...). Fill the reply in place: assigning a message from elsewhere copies
// it. Thread-safe. Test: tests/unit/services/vacancies/vacancy_service_test.cc
#pragma once

#include <google/protobuf/arena.h>
#include <grpcpp/support/message_allocator.h>

#include <cstddef>

namespace matchgo::rpc {

template <class Req, class Rep>
class ArenaMessages final : public grpc::MessageAllocator<Req, Rep> {
 public:
  grpc::MessageHolder<Req, Rep>* AllocateMessages() override { return new Holder; }

 private:
  class Holder final : public grpc::MessageHolder<Req, Rep> {
   public:
    Holder() : arena_(block_, sizeof(block_)) {
      this->set_request(google::protobuf::Arena::CreateMessage<Req>(&arena_));
      this->set_response(google::protobuf::Arena::CreateMessage<Rep>(&arena_));
    }
    void Release() override { delete this; }

   private:
    alignas(std::max_align_t) char block_[4000];  // most calls need no more
    google::protobuf::Arena arena_;
  };
};

}  // namespace matchgo::rpc
