#include "common/rpc/server.h"

#include <google/protobuf/stubs/logging.h>
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/security/server_credentials.h>

#include <mutex>
#include <utility>

#include "common/log/log.h"

namespace matchgo::rpc {
namespace {

// libprotobuf writes its own lines to stderr, for instance for each text that is not UTF-8: a way
// for callers to fill the log and to get their words into it. What ends the process is ours.
void OnProtobufLog(google::protobuf::LogLevel level, const char*, int, const std::string& text) {
  if (level == google::protobuf::LOGLEVEL_FATAL) log::Error("protobuf", {{"text", text}});
}

void UsePlugins() {
  static std::once_flag once;
  std::call_once(once, [] {
    grpc::EnableDefaultHealthCheckService(true);
    grpc::reflection::InitProtoReflectionServerBuilderPlugin();
    google::protobuf::SetLogHandler(OnProtobufLog);
  });
}

bool HasPort(const std::string& address, size_t host_length) {
  return address.size() > host_length + 1 && address[host_length] == ':' &&
         address.find_first_not_of("0123456789", host_length + 1) == std::string::npos;
}

// The longest path that fits the address of a unix socket (sun_path, with its end).
constexpr size_t kSocketPathMax = 107;

// "127.0.0.1:0" with port 5000 -> "127.0.0.1:5000"; unix addresses stay as they are.
std::string WithPort(const std::string& address, int port) {
  if (address.starts_with("unix")) return address;
  return address.substr(0, address.rfind(':') + 1) + std::to_string(port);
}

}  // namespace

Status CheckListenAddress(const std::string& address) {
  if (address.starts_with("unix:") || address.starts_with("unix-abstract:")) {
    if (address.size() - address.find(':') - 1 <= kSocketPathMax) return absl::OkStatus();
    return Precondition({"LISTEN_ADDRESS",
                         "the path of a unix socket has at most 107 bytes: choose a shorter folder "
                         "for the data, or a shorter address to listen on"});
  }
  const std::string host = address.substr(0, std::min(address.rfind(':'), address.size()));
  const bool loopback =
      host == "localhost" || host == "[::1]" ||
      (host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string::npos);
  if (loopback && HasPort(address, host.size())) return absl::OkStatus();
  return Precondition(
      {"LISTEN_ADDRESS",
       "only unix:PATH and loopback addresses such as 127.0.0.1:7000 can be listened on: callers "
       "do not bring credentials yet, so nobody else may reach this process"});
}

StatusOr<std::unique_ptr<Server>> Server::Start(
    const std::vector<std::string>& addresses,
    const std::function<void(grpc::ServerBuilder&)>& register_services) {
  UsePlugins();
  grpc::ServerBuilder builder;
  builder.SetMaxReceiveMessageSize(kMessageBytesMax);
  builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, kMetadataBytesMax);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, 1000);
  // Callers are on this machine (see CheckListenAddress): nothing is worth compressing, and each
  // call would pass two filters for it.
  builder.AddChannelArgument(GRPC_ARG_ENABLE_PER_MESSAGE_COMPRESSION, 0);
  builder.AddChannelArgument(GRPC_ARG_ENABLE_PER_MESSAGE_DECOMPRESSION, 0);
  builder.SetCompressionAlgorithmSupportStatus(GRPC_COMPRESS_DEFLATE, false);
  builder.SetCompressionAlgorithmSupportStatus(GRPC_COMPRESS_GZIP, false);
  // Callers end their calls themselves, and no work begins after a deadline (unary_call.h): a timer
  // for each call would only do it a third time.
  builder.AddChannelArgument(GRPC_ARG_ENABLE_DEADLINE_CHECKS, 0);
  builder.AddChannelArgument(GRPC_ARG_ENABLE_CHANNELZ, 0);  // counts for a service we do not offer
  // Else a second process would silently share the port.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  std::vector<int> ports(addresses.size(), 0);
  for (size_t i = 0; i < addresses.size(); ++i) {
    if (Status status = CheckListenAddress(addresses[i]); !status.ok()) return status;
    builder.AddListeningPort(addresses[i], grpc::InsecureServerCredentials(), &ports[i]);
  }
  register_services(builder);
  std::unique_ptr<Server> made(new Server);
  made->server_ = builder.BuildAndStart();
  bool bound = made->server_ != nullptr;
  for (const int port : ports) bound = bound && port != 0;
  if (!bound) {
    made->stopped_ = made->server_ == nullptr;
    return Unavailable({"LISTEN_ADDRESS",
                        "can't listen on the address: it is taken, or the folder of the socket "
                        "does not exist; choose another with --listen"});
  }
  for (size_t i = 0; i < addresses.size(); ++i) {
    made->addresses_.push_back(WithPort(addresses[i], ports[i]));
  }
  made->SetServing(false);
  return made;
}

Server::~Server() { Stop(std::chrono::milliseconds(0)); }

std::shared_ptr<grpc::Channel> Server::InProcessChannel() {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMessageBytesMax);
  return server_->InProcessChannel(arguments);
}

void Server::SetServing(bool serving) {
  if (auto* health = server_->GetHealthCheckService()) health->SetServingStatus(serving);
}

void Server::Stop(std::chrono::milliseconds grace) {
  if (stopped_) return;
  stopped_ = true;
  SetServing(false);
  server_->Shutdown(std::chrono::system_clock::now() + grace);
  server_->Wait();
}

}  // namespace matchgo::rpc
