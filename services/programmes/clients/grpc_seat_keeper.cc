#include "services/programmes/clients/grpc_seat_keeper.h"

#include <utility>

#include "common/base/status_macros.h"
#include "matchgo/scheduler/v1/scheduler_service.grpc.pb.h"

namespace matchgo::programmes {

void GrpcSeatKeeper::Connect(std::shared_ptr<grpc::Channel> channel) {
  const std::lock_guard lock(mutex_);
  connected_ = true;
  channel_ = std::move(channel);
}

StatusOr<std::shared_ptr<grpc::Channel>> GrpcSeatKeeper::Connected() {
  const std::lock_guard lock(mutex_);
  if (!connected_) {
    return Unavailable({"SCHEDULER_AWAY", "the scheduler isn't connected yet; try again"});
  }
  return channel_;
}

StatusOr<bool> GrpcSeatKeeper::HasContracts(const Call& call, const std::string& opleider) {
  ASSIGN_OR_RETURN(std::shared_ptr<grpc::Channel> channel, Connected());
  if (channel == nullptr) return false;
  scheduler::v1::ListContractsRequest request;
  request.set_opleider(opleider);
  request.set_state(scheduler::v1::Contract::STATE_ACTIVE);
  request.set_page_size(1);
  const auto stub = scheduler::v1::SchedulerService::NewStub(std::move(channel));
  ASSIGN_OR_RETURN(
      const scheduler::v1::ListContractsResponse reply,
      caller_.Unary(*stub, &scheduler::v1::SchedulerService::StubInterface::ListContracts, request,
                    &call));
  return reply.contracts_size() > 0;
}

Status GrpcSeatKeeper::ReleaseSeats(const Call& call, const std::string& start, int32_t capacity) {
  ASSIGN_OR_RETURN(std::shared_ptr<grpc::Channel> channel, Connected());
  if (channel == nullptr) return absl::OkStatus();
  scheduler::v1::ReleaseSeatsRequest request;
  request.set_resource(start);
  request.set_new_capacity(capacity);
  // A key of its own: callers of different tenants choose the same ones, and here all of them
  // arrive as one service. Setting a capacity twice does no harm.
  request.set_request_id(entropy_.NewId());
  const auto stub = scheduler::v1::SchedulerService::NewStub(std::move(channel));
  return caller_
      .Unary(*stub, &scheduler::v1::SchedulerService::StubInterface::ReleaseSeats, request, &call)
      .status();
}

}  // namespace matchgo::programmes
