#include "tests/support/wire/any_call.h"

#include <google/protobuf/descriptor_database.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <grpcpp/impl/client_unary_call.h>
#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/support/byte_buffer.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "common/base/check.h"
#include "common/kernel/role.h"
#include "common/rpc/status_map.h"

namespace matchgo {
namespace {

using google::protobuf::MessageLite;
using google::protobuf::MethodDescriptor;

constexpr std::chrono::seconds kPatience{30};

// Lives as long as the process: a call refers to the text while it runs.
std::string PathOf(const MethodDescriptor& method) {
  return "/" + method.service()->full_name() + "/" + method.name();
}

}  // namespace

const MethodDescriptor* FindMethod(const std::string& name) {
  return google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(name);
}

const MethodDescriptor& MethodNamed(const std::string& name) {
  const MethodDescriptor* method = FindMethod(name);
  CHECK(method != nullptr);
  return *method;
}

std::vector<const google::protobuf::ServiceDescriptor*> AllServices() {
  using google::protobuf::DescriptorPool;
  std::vector<std::string> files;
  DescriptorPool::internal_generated_database()->FindAllFileNames(&files);
  std::sort(files.begin(), files.end());
  std::vector<const google::protobuf::ServiceDescriptor*> services;
  for (const std::string& name : files) {
    if (name.rfind("matchgo/", 0) != 0) continue;
    const auto* file = DescriptorPool::generated_pool()->FindFileByName(name);
    for (int i = 0; i < file->service_count(); ++i) services.push_back(file->service(i));
  }
  return services;
}

std::unique_ptr<Message> NewMessage(const google::protobuf::Descriptor& type) {
  return std::unique_ptr<Message>(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(&type)->New());
}

std::unique_ptr<Message> CopyOf(const Message& message) {
  std::unique_ptr<Message> copy(message.New());
  copy->CopyFrom(message);
  return copy;
}

std::string BytesOf(const Message& message) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    message.SerializeToCodedStream(&coded);
  }
  return bytes;
}

void Identify(const Principal* who, grpc::ClientContext* context) {
  context->set_deadline(std::chrono::system_clock::now() + kPatience);
  if (who == nullptr) return;
  context->AddMetadata("matchgo-role", std::string(FormatRole(who->role)));
  if (!who->id.empty()) context->AddMetadata("matchgo-principal", who->id);
  if (!who->tenant.empty()) context->AddMetadata("matchgo-tenant", who->tenant.value());
}

namespace {

Answer CallIn(grpc::ClientContext& context, grpc::Channel& channel, const MethodDescriptor& method,
              const Message& request) {
  CHECK(request.GetDescriptor() == method.input_type());
  const std::string path = PathOf(method);
  const grpc::internal::RpcMethod rpc(path.c_str(), grpc::internal::RpcMethod::NORMAL_RPC);
  Answer answer;
  answer.reply = NewMessage(*method.output_type());
  answer.wire = grpc::internal::BlockingUnaryCall<Message, Message, MessageLite, MessageLite>(
      &channel, rpc, &context, request, answer.reply.get());
  answer.status = rpc::FromGrpc(answer.wire);
  if (!answer.ok()) answer.reply.reset();
  return answer;
}

}  // namespace

Answer CallAny(grpc::Channel& channel, const MethodDescriptor& method, const Message& request,
               const Principal* who) {
  grpc::ClientContext context;
  Identify(who, &context);
  return CallIn(context, channel, method, request);
}

Answer CallUntil(grpc::Channel& channel, const MethodDescriptor& method, const Message& request,
                 const Principal& who, std::chrono::system_clock::time_point deadline) {
  grpc::ClientContext context;
  Identify(&who, &context);
  context.set_deadline(deadline);
  return CallIn(context, channel, method, request);
}

void CallAndLeave(grpc::Channel& channel, const MethodDescriptor& method, const Message& request,
                  const Principal& who) {
  grpc::ClientContext context;
  Identify(&who, &context);
  const std::jthread leaving([&context] { context.TryCancel(); });
  (void)CallIn(context, channel, method, request);
}

Answer CallWithBytes(grpc::Channel& channel, const MethodDescriptor& method,
                     const std::string& bytes, const Principal* who) {
  grpc::ClientContext context;
  Identify(who, &context);
  const std::string path = PathOf(method);
  const grpc::internal::RpcMethod rpc(path.c_str(), grpc::internal::RpcMethod::NORMAL_RPC);
  const grpc::Slice slice(bytes);
  const grpc::ByteBuffer request(&slice, 1);
  grpc::ByteBuffer reply;
  Answer answer;
  answer.wire =
      grpc::internal::BlockingUnaryCall<grpc::ByteBuffer, grpc::ByteBuffer, grpc::ByteBuffer,
                                        grpc::ByteBuffer>(&channel, rpc, &context, request, &reply);
  answer.status = rpc::FromGrpc(answer.wire);
  return answer;
}

AnyStream::AnyStream(grpc::Channel& channel, const MethodDescriptor& method, const Message& request,
                     const Principal& who)
    : method_(method) {
  Identify(&who, &context_);
  const std::string path = PathOf(method);
  const grpc::internal::RpcMethod rpc(path.c_str(), grpc::internal::RpcMethod::SERVER_STREAMING);
  reader_.reset(
      grpc::internal::ClientReaderFactory<Message>::Create(&channel, rpc, &context_, request));
}

AnyStream::~AnyStream() {
  if (finished_) return;
  Cancel();
  const std::unique_ptr<Message> rest = NewMessage(*method_.output_type());
  while (reader_->Read(rest.get())) {
  }
  reader_->Finish();
}

std::unique_ptr<Message> AnyStream::Next() {
  std::unique_ptr<Message> message = NewMessage(*method_.output_type());
  if (!reader_->Read(message.get())) return nullptr;
  return message;
}

Status AnyStream::Finish() {
  finished_ = true;
  return rpc::FromGrpc(reader_->Finish());
}

}  // namespace matchgo
