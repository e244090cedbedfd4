// BytesMethod: a unary method that answers with bytes which are there already, instead of with a
// message that gRPC would encode once more; its request lies on an arena.
//
// For methods that are called often. The generated classes only know messages, so the constructor
// of the service puts this in the place of theirs:
//   MarkMethodCallback(IndexOf("pkg.Service", "Method"), method_.Handler([this](...) {...}));
// Fill the reply before Finish. Lives as long as the service. Thread-safe.
// Test: tests/unit/services/vacancies/vacancy_service_test.cc
#pragma once

#include <google/protobuf/arena.h>
#include <google/protobuf/descriptor.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/message_allocator.h>
#include <grpcpp/support/server_callback.h>

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "common/base/check.h"

namespace matchgo::rpc {

inline grpc::ByteBuffer BytesOf(std::string_view bytes) {
  const grpc::Slice slice(bytes.data(), bytes.size());
  return grpc::ByteBuffer(&slice, 1);
}

// What MarkMethodCallback wants to know.
inline int IndexOf(const char* service, const char* method) {
  const auto* found =
      google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(service);
  CHECK(found != nullptr && found->FindMethodByName(method) != nullptr);
  return found->FindMethodByName(method)->index();
}

template <class Req>
class BytesMethod {
 public:
  using Work = std::function<grpc::ServerUnaryReactor*(grpc::CallbackServerContext*, const Req*,
                                                       grpc::ByteBuffer*)>;

  // The service owns the handler.
  grpc::internal::MethodHandler* Handler(Work work) {
    using Handler = grpc::internal::CallbackUnaryHandler<Req, grpc::ByteBuffer>;
    auto* const handler = new Handler(std::move(work));
    handler->SetMessageAllocator(&messages_);
    return handler;
  }

 private:
  class Messages final : public grpc::MessageAllocator<Req, grpc::ByteBuffer> {
   public:
    grpc::MessageHolder<Req, grpc::ByteBuffer>* AllocateMessages() override { return new Holder; }
  };

  class Holder final : public grpc::MessageHolder<Req, grpc::ByteBuffer> {
   public:
    Holder() : arena_(block_, sizeof(block_)) {
      this->set_request(google::protobuf::Arena::CreateMessage<Req>(&arena_));
      this->set_response(&reply_);
    }
    void Release() override { delete this; }

   private:
    alignas(std::max_align_t) char block_[3000];  // most requests need no more
    google::protobuf::Arena arena_;
    grpc::ByteBuffer reply_;
  };

  Messages messages_;
};

}  // namespace matchgo::rpc
