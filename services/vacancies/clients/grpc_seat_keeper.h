// GrpcSeatKeeper: asks the scheduler over gRPC.
//
// Until Connect was called nobody knows who holds seats, and the answer is UNAVAILABLE. Without a
// scheduler in the installation (Connect with null) nobody holds any, and the answer is OK. Blocks;
// thread-safe. Test: tests/unit/services/vacancies/grpc_seat_keeper_test.cc
#pragma once

#include <grpcpp/channel.h>

#include <memory>
#include <mutex>

#include "common/base/status.h"
#include "common/kernel/ids.h"
#include "common/rpc/channel.h"
#include "common/service/call.h"
#include "matchgo/scheduler/v1/scheduler_service.grpc.pb.h"
#include "services/vacancies/domain/seat_release.h"

namespace matchgo::vacancies::clients {

class GrpcSeatKeeper {
 public:
  void Connect(const std::shared_ptr<grpc::Channel>& channel);
  Status Release(const Call& call, const domain::SeatRelease& release);
  StatusOr<bool> HasContracts(const Call& call, const EmployerId& employer);

 private:
  using Stub = scheduler::v1::SchedulerService::Stub;

  // Null without a scheduler in the installation; UNAVAILABLE before anybody knows.
  StatusOr<std::shared_ptr<Stub>> Connected();

  std::mutex mutex_;
  bool connected_ = false;
  std::shared_ptr<Stub> stub_;
  matchgo::rpc::Caller caller_;
};

}  // namespace matchgo::vacancies::clients
