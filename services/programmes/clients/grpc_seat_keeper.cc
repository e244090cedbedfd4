#include "services/programmes/clients/grpc_seat_keeper.h"

#include <utility>

#include "matchgo/scheduler/v1/scheduler_service.grpc.pb.h"

namespace matchgo::programmes {

void GrpcSeatKeeper::Connect(std::shared_ptr<grpc::Channel> channel) {
  const std::lock_guard lock(mutex_);
  channel_ = std::move(channel);
}

Status GrpcSeatKeeper::ReleaseSeats(const Call& call, const std::string& start, int32_t capacity) {
  std::shared_ptr<grpc::Channel> channel;
  {
    const std::lock_guard lock(mutex_);
    channel = channel_;
  }
  if (channel == nullptr) {
    return Unavailable({"SCHEDULER_AWAY", "the scheduler isn't connected yet; try again"});
  }
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
