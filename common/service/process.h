// Process: a set of modules served together; what `matchgo serve`, `matchgo demo` and the tests
// run.
//
// Makes the environment and the modules, starts one server for all of them, gives each a channel to
// its neighbours (in-process when the neighbour is here, else the configured socket), ticks them
// and stops in order: health NOT_SERVING, streams end, calls end, modules stop, server goes. Nobody
// may call on channel() after Stop.
// Start, TickAll and Stop from one thread. Test: tests/unit/common/service/process_test.cc
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "common/exec/bounded_executor.h"
#include "common/exec/periodic.h"
#include "common/metrics/exposer.h"
#include "common/metrics/metrics.h"
#include "common/rpc/server.h"
#include "common/service/call_gate.h"
#include "common/service/environment.h"
#include "common/service/module.h"

namespace matchgo {

struct ProcessOptions {
  std::vector<std::string> listen;  // "unix:/run/matchgo/vacancies.sock", "127.0.0.1:0"
  std::string metrics_listen;       // "127.0.0.1:9464", loopback only; empty: no exposer
  std::filesystem::path data_dir;   // made when missing
  std::map<std::string, std::string, std::less<>> neighbours;  // service -> address
  exec::BoundedExecutor::Options executor;
  std::chrono::milliseconds tick{0};  // 0: nobody ticks but TickAll()
  std::chrono::milliseconds grace{5000};
};

class Process {
 public:
  // Clock and entropy outlive the process.
  static StatusOr<std::unique_ptr<Process>> Start(ProcessOptions options, const Clock& clock,
                                                  Entropy& entropy,
                                                  const std::vector<ModuleFactory>& factories);
  ~Process();  // Stop()

  // Ticks every module with the clock's now, in the order of the factories.
  void TickAll();
  // OK when every module is; also sets the health that callers see.
  Status Ready();
  void Stop();

  // To a service of this process.
  std::shared_ptr<grpc::Channel> channel();
  const std::vector<std::string>& addresses() const { return server_->addresses(); }
  int metrics_port() const { return exposer_ == nullptr ? 0 : exposer_->port(); }
  metrics::Metrics& metrics() { return metrics_; }
  Environment& environment() { return *environment_; }

 private:
  explicit Process(ProcessOptions options);
  Status MakeModules(const Clock& clock, Entropy& entropy,
                     const std::vector<ModuleFactory>& factories);
  Status StartModules();
  bool IsHere(std::string_view service) const;
  bool Has(std::string_view service) const;
  std::shared_ptr<grpc::Channel> ChannelTo(std::string_view service);

  const ProcessOptions options_;
  metrics::Metrics metrics_;
  std::stop_source stopping_;
  CallGate gate_;
  std::unique_ptr<exec::BoundedExecutor> executor_;
  std::unique_ptr<Environment> environment_;
  // One a module: the same but for the entropy.
  std::vector<std::unique_ptr<Entropy>> entropies_;
  std::vector<std::unique_ptr<Environment>> environments_;
  std::vector<std::unique_ptr<Module>> modules_;
  std::unique_ptr<rpc::Server> server_;
  std::unique_ptr<metrics::Exposer> exposer_;
  std::optional<metrics::Gauge> queue_depth_;
  std::mutex tick_mutex_;
  std::unique_ptr<exec::Periodic> ticker_;
  size_t started_ = 0;  // modules whose Start was called
  bool stopped_ = false;
};

}  // namespace matchgo
