// Server: a grpc::Server with our limits, health, reflection and an orderly end.
//
// Listens on unix sockets and loopback only: until callers bring credentials their role is
// believed, so strangers must not reach us. A busy or forbidden address is a Status. Owns no
// service. Thread-safe after Start. Test: tests/unit/common/rpc/server_test.cc
#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "common/base/status.h"

namespace matchgo::rpc {

inline constexpr int kMessageBytesMax = 4 << 20;
inline constexpr int kMetadataBytesMax = 16 << 10;

// OK for unix:PATH, unix-abstract:NAME, 127.x.x.x:PORT, localhost:PORT and [::1]:PORT.
Status CheckListenAddress(const std::string& address);

class Server {
 public:
  // Starts with health NOT_SERVING. `addresses` may be empty: then only in-process.
  static StatusOr<std::unique_ptr<Server>> Start(
      const std::vector<std::string>& addresses,
      const std::function<void(grpc::ServerBuilder&)>& register_services);
  ~Server();  // Stop with no grace

  // As given, with the port that was taken for port 0.
  const std::vector<std::string>& addresses() const { return addresses_; }
  std::shared_ptr<grpc::Channel> InProcessChannel();
  void SetServing(bool serving);
  // NOT_SERVING, no new calls, waits for calls in progress at most `grace`, then cancels them.
  void Stop(std::chrono::milliseconds grace);

 private:
  Server() = default;
  std::unique_ptr<grpc::Server> server_;
  std::vector<std::string> addresses_;
  bool stopped_ = false;
};

}  // namespace matchgo::rpc
