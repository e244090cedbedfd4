// Calls any method by its name, with any message or any bytes, as anybody: what the tests need that
// hold for all services at once.
//
// Nothing is retried. The answer keeps the status as it was on the wire, so that tests can look at
// every byte of it. For tests only. Used by tests/contract.
#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/support/sync_stream.h>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/status.h"
#include "common/service/call.h"

namespace matchgo {

using google::protobuf::Message;

struct Answer {
  grpc::Status wire;
  Status status;
  std::unique_ptr<Message> reply;  // set when the status is OK

  bool ok() const { return status.ok(); }
};

// "matchgo.vacancies.v1.VacancyService.CreateVacancy". CHECKs that it is linked.
const google::protobuf::MethodDescriptor& MethodNamed(const std::string& name);
// Null if the service has no such method.
const google::protobuf::MethodDescriptor* FindMethod(const std::string& name);
// Every service of ours whose description is linked, in order of name: nobody has to list them.
std::vector<const google::protobuf::ServiceDescriptor*> AllServices();

std::unique_ptr<Message> NewMessage(const google::protobuf::Descriptor& type);
std::unique_ptr<Message> CopyOf(const Message& message);
// The same bytes for equal messages, whatever the order of maps.
std::string BytesOf(const Message& message);

// A caller without a role sends no credentials at all.
void Identify(const Principal* who, grpc::ClientContext* context);

Answer CallAny(grpc::Channel& channel, const google::protobuf::MethodDescriptor& method,
               const Message& request, const Principal* who);
// The same with a deadline of the caller's own.
Answer CallUntil(grpc::Channel& channel, const google::protobuf::MethodDescriptor& method,
                 const Message& request, const Principal& who,
                 std::chrono::system_clock::time_point deadline);
// The same by a caller who goes away while the call is under way, at whatever moment that is.
void CallAndLeave(grpc::Channel& channel, const google::protobuf::MethodDescriptor& method,
                  const Message& request, const Principal& who);
// Sends the bytes as they are; only the status of the answer is kept.
Answer CallWithBytes(grpc::Channel& channel, const google::protobuf::MethodDescriptor& method,
                     const std::string& bytes, const Principal* who);

// A server stream that is open until it is destroyed.
class AnyStream {
 public:
  AnyStream(grpc::Channel& channel, const google::protobuf::MethodDescriptor& method,
            const Message& request, const Principal& who);
  AnyStream(const AnyStream&) = delete;
  AnyStream& operator=(const AnyStream&) = delete;
  ~AnyStream();

  // The next message; null when the stream ended.
  std::unique_ptr<Message> Next();
  // Waits for the end of the stream. Call once, after Next gave null or after Cancel.
  Status Finish();
  void Cancel() { context_.TryCancel(); }

 private:
  const google::protobuf::MethodDescriptor& method_;
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<Message>> reader_;
  bool finished_ = false;
};

}  // namespace matchgo
