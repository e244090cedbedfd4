#include "services/matchgo/commands/client.h"

#include <grpcpp/impl/client_unary_call.h>
#include <grpcpp/impl/codegen/proto_utils.h>

#include "common/random/random.h"
#include "common/time/timestamp.h"
#include "matchgo/scheduler/v1/scheduler_service.grpc.pb.h"

namespace matchgo::commands {

using google::protobuf::Message;
using google::protobuf::MessageFactory;
using google::protobuf::MethodDescriptor;

std::string NewRequestId() {
  SystemEntropy entropy;
  return "cli-" + entropy.NewId();
}

std::string ServiceOf(const MethodDescriptor& method) {
  const std::string package = method.file()->package();
  const size_t begin = package.find('.') + 1;
  return package.substr(begin, package.find('.', begin) - begin);
}

std::shared_ptr<grpc::Channel> ChannelTo(const Context& context, const std::string& service) {
  if (!context.server.empty()) return rpc::MakeChannel(context.server);
  const std::filesystem::path own = context.data / (service + ".sock");
  const std::filesystem::path all = context.data / "matchgo.sock";
  return rpc::MakeChannel("unix:" + (std::filesystem::exists(own) ? own : all).string());
}

rpc::Caller::Options CallerOptions(const Context& context) {
  rpc::Caller::Options options;
  options.principal = context.principal;
  options.deadline = std::chrono::seconds(30);
  return options;
}

std::optional<Day> TodayThere(const Context& context) {
  namespace pb = scheduler::v1;
  rpc::Caller::Options options = CallerOptions(context);
  options.deadline = std::chrono::seconds(2);
  rpc::Caller caller(options);
  const auto stub = pb::SchedulerService::NewStub(ChannelTo(context, "scheduler"));
  // Whose home it is plays no part: a list of suggestions says of when it is.
  pb::SuggestContractsRequest request;
  request.mutable_profile()->mutable_home()->set_postcode("1012");
  request.set_page_size(1);
  const auto reply =
      caller.Unary(*stub, &pb::SchedulerService::StubInterface::SuggestContracts, request);
  if (!reply.ok() || !reply->has_as_of()) return std::nullopt;
  return DayOf(DecodeTime(reply->as_of()));
}

std::unique_ptr<Message> NewMessage(const google::protobuf::Descriptor& type) {
  return std::unique_ptr<Message>(MessageFactory::generated_factory()->GetPrototype(&type)->New());
}

namespace {

// The shape Caller::Unary asks for, around a method that is only known by its descriptor.
class AnyStub {
 public:
  AnyStub(std::shared_ptr<grpc::Channel> channel, const MethodDescriptor& method)
      : channel_(std::move(channel)),
        path_("/" + method.service()->full_name() + "/" + method.name()),
        method_(path_.c_str(), grpc::internal::RpcMethod::NORMAL_RPC) {}

  grpc::Status Call(grpc::ClientContext* context, const Message& request, Message* reply) {
    return grpc::internal::BlockingUnaryCall<Message, Message, google::protobuf::MessageLite,
                                             google::protobuf::MessageLite>(
        channel_.get(), method_, context, request, reply);
  }

 private:
  std::shared_ptr<grpc::Channel> channel_;
  const std::string path_;
  const grpc::internal::RpcMethod method_;
};

}  // namespace

StatusOr<std::unique_ptr<Message>> CallUnary(const Context& context, const MethodDescriptor& method,
                                             const Message& request) {
  return CallUnaryOver(context, ChannelTo(context, ServiceOf(method)), method, request);
}

StatusOr<std::unique_ptr<Message>> CallUnaryOver(const Context& context,
                                                 std::shared_ptr<grpc::Channel> channel,
                                                 const MethodDescriptor& method,
                                                 const Message& request) {
  rpc::Caller caller(CallerOptions(context));
  AnyStub stub(std::move(channel), method);
  std::unique_ptr<Message> reply = NewMessage(*method.output_type());
  const Status status = caller.Try([&](grpc::ClientContext* client) {
    reply->Clear();
    return stub.Call(client, request, reply.get());
  });
  if (!status.ok()) return status;
  return reply;
}

}  // namespace matchgo::commands
