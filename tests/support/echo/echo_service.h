// EchoService: the service of tests/support/echo/echo_service.proto, on a private SQLite store.
//
// Names beginning with "echoes/wait" wait for Gate to open, "echoes/absent" is NOT_FOUND,
// "echoes/broken" fails inside; any other name is found; watchers do not hear of "echoes/quiet".
// For tests and benches only; thread-safe. Used by tests/unit/common/rpc and tests/bench.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>

#include "common/rpc/endpoint.h"
#include "common/rpc/write_once.h"
#include "common/service/environment.h"
#include "common/sql/database.h"
#include "tests/support/echo/echo_service.grpc.pb.h"

namespace matchgo::echo {

namespace pb = ::matchgo::echo::v1;

// Holds threads until it is opened.
class Gate {
 public:
  void Wait();
  void Open();
  // Returns when `count` threads have arrived since the gate was made.
  void AwaitArrivals(int count);

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
  int arrivals_ = 0;
};

class EchoService final : public pb::EchoService::CallbackService {
 public:
  EchoService(Environment& environment, sql::Database& database);

  grpc::ServerUnaryReactor* GetEcho(grpc::CallbackServerContext* context,
                                    const pb::GetEchoRequest* request, pb::Echo* reply) override;
  grpc::ServerUnaryReactor* GetCachedEcho(grpc::CallbackServerContext* context,
                                          const pb::GetCachedEchoRequest* request,
                                          pb::Echo* reply) override;
  grpc::ServerUnaryReactor* PingEcho(grpc::CallbackServerContext* context,
                                     const pb::PingEchoRequest* request, pb::Echo* reply) override;
  grpc::ServerUnaryReactor* CreateEcho(grpc::CallbackServerContext* context,
                                       const pb::CreateEchoRequest* request,
                                       pb::Echo* reply) override;
  grpc::ServerUnaryReactor* StepEcho(grpc::CallbackServerContext* context,
                                     const pb::StepEchoRequest* request, pb::Echo* reply) override;
  grpc::ServerUnaryReactor* UpdateEcho(grpc::CallbackServerContext* context,
                                       const pb::UpdateEchoRequest* request,
                                       pb::Echo* reply) override;
  grpc::ServerWriteReactor<pb::EchoChange>* WatchEchoes(
      grpc::CallbackServerContext* context, const common::v1::WatchRequest* request) override;
  grpc::ServerBidiReactor<pb::ImportEchoesRequest, pb::ImportEchoesResponse>* ImportEchoes(
      grpc::CallbackServerContext* context) override;

  rpc::Endpoint& endpoint() { return endpoint_; }
  Gate& gate() { return gate_; }
  int work_count() const { return work_count_.load(); }
  // Whether the caller of the GetEcho that came last is known to be gone. Only while it is
  // unfinished.
  bool latest_get_is_cancelled() const { return latest_get_.load()->IsCancelled(); }
  // A watcher beyond what exists is told to list again.
  static StatusOr<pb::Echo> Store(sql::Tx& tx, const pb::Echo& echo);
  rpc::ReplySeal<pb::Echo> seal;

 private:
  StatusOr<pb::Echo> Find(const std::string& name);

  Environment& environment_;
  sql::Database& database_;
  rpc::Endpoint endpoint_;
  Gate gate_;
  std::atomic<int> work_count_{0};
  std::atomic<const grpc::CallbackServerContext*> latest_get_{nullptr};
};

// A store in memory with the one table that EchoService needs.
StatusOr<std::unique_ptr<sql::Database>> OpenEchoStore(const Clock& clock,
                                                       const std::string& file = ":memory:");

// A record that breaks no rule.
pb::Echo ValidEcho(const std::string& text = "hello");

}  // namespace matchgo::echo
