// Module: one service, as the process that hosts it sees it.
//
// Order of calls: factory, Register, (server starts) Start, then Tick and Ready from one thread
// until Stop, which comes after the last RPC has ended. A module knows no other module, only
// channels to neighbours by service name. Test: tests/unit/common/service/process_test.cc
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "common/base/status.h"
#include "common/service/environment.h"
#include "common/time/instant.h"

namespace grpc {
class Channel;
class ServerBuilder;
}  // namespace grpc

namespace matchgo {

// How to reach the other services: in-process if they are in this process, else by socket. The
// channel is never null; calls on it fail with UNAVAILABLE while the neighbour is away.
struct Neighbours {
  // service: "profiles", "vacancies", "programmes", "scheduler", "trajectories".
  std::function<std::shared_ptr<grpc::Channel>(std::string_view service)> channel;
  // Whether the installation has this service at all, as far as this process was told.
  std::function<bool(std::string_view service)> has;
};

class Module {
 public:
  virtual ~Module() = default;
  // "vacancies".
  virtual std::string_view name() const = 0;
  virtual void Register(grpc::ServerBuilder& builder) = 0;
  virtual Status Start(const Neighbours& neighbours) = 0;
  // About once a second, and from tests whenever they moved the clock.
  virtual void Tick(Instant now) = 0;
  // OK when it can serve: database reachable, migrations applied, feeds read once.
  virtual Status Ready() = 0;
  // Ends what the module runs of its own accord (followers, runners). No RPC is in progress.
  virtual void Stop() = 0;
};

using ModuleFactory = std::function<StatusOr<std::unique_ptr<Module>>(Environment& environment)>;

}  // namespace matchgo
