// ExportReactor: streams a list of messages that is made at once, then ends.
//
// The list is read on the bounded executor; one message is in flight at a time. Ends with STOPPING
// when the process stops. Test: tests/unit/services/scheduler/service_test.cc
#pragma once

#include <grpcpp/support/server_callback.h>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "common/rpc/endpoint.h"
#include "common/service/call.h"
#include "matchgo/scheduler/v1/scheduler_service.pb.h"

namespace matchgo::scheduler {

class ExportReactor final : public grpc::ServerWriteReactor<v1::ExportRoundResponse> {
 public:
  using Pieces = std::vector<v1::ExportRoundResponse>;
  using Read = std::function<StatusOr<Pieces>(const Call& call)>;

  static ExportReactor* Start(rpc::Endpoint& endpoint, grpc::CallbackServerContext* context,
                              const v1::ExportRoundRequest& request, Read read);

  void OnWriteDone(bool ok) override;
  void OnDone() override;

 private:
  ExportReactor(rpc::Endpoint& endpoint, size_t method, Read read);
  void ReadAll();
  void WriteNext();
  void End(const Status& status);

  rpc::Endpoint& endpoint_;
  const size_t method_;
  const Read read_;
  const Instant began_;
  Call call_;
  Pieces pieces_;
  size_t next_ = 0;
};

}  // namespace matchgo::scheduler
