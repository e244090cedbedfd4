// CallWithBytes: a unary call with bytes for a request, as a stranger without our protos sends it.
//
// Says nothing about who asks unless the context does. Also for a method of streams that takes one
// message and answers one. For tests only. Used by the tests of hostile bytes and of reflection.
#pragma once

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>
#include <vector>

namespace matchgo {

// The status; `answer`, if given, gets the bytes of the reply when that is OK.
inline grpc::Status CallWithBytes(const std::shared_ptr<grpc::Channel>& channel,
                                  grpc::ClientContext* context, const std::string& method,
                                  const std::string& bytes, std::string* answer = nullptr) {
  grpc::GenericStub stub(channel);
  grpc::CompletionQueue queue;
  const grpc::Slice slice(bytes);
  const grpc::ByteBuffer request(&slice, 1);
  auto call = stub.PrepareUnaryCall(context, method, request, &queue);
  call->StartCall();
  grpc::ByteBuffer reply;
  grpc::Status status;
  call->Finish(&reply, &status, nullptr);
  void* tag = nullptr;
  bool ok = false;
  queue.Next(&tag, &ok);
  if (answer != nullptr && status.ok()) {
    std::vector<grpc::Slice> slices;
    reply.Dump(&slices);
    for (const grpc::Slice& part : slices) {
      answer->append(reinterpret_cast<const char*>(part.begin()), part.size());
    }
  }
  return status;
}

}  // namespace matchgo
