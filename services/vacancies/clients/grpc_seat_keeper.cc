#include "services/vacancies/clients/grpc_seat_keeper.h"

#include <string>

#include "common/kernel/resource_patterns.h"

namespace matchgo::vacancies::clients {
namespace {

namespace pb = ::matchgo::scheduler::v1;

constexpr Reason kNoNeighbour{"UNAVAILABLE", "the keeper of seats is not known yet"};

// The same question has the same key, so that a retry after a lost answer asks nothing new.
std::string KeyOf(const domain::SeatRelease& release) {
  return names::LastPart(release.vacancy) + ":" + std::to_string(release.version) + ":" +
         std::to_string(release.seats_left);
}

}  // namespace

void GrpcSeatKeeper::Connect(const std::shared_ptr<grpc::Channel>& channel) {
  const std::lock_guard lock(mutex_);
  connected_ = true;
  stub_ = channel == nullptr ? nullptr : pb::SchedulerService::NewStub(channel);
}

Status GrpcSeatKeeper::Release(const Call& call, const domain::SeatRelease& release) {
  std::shared_ptr<pb::SchedulerService::Stub> stub;
  {
    const std::lock_guard lock(mutex_);
    if (!connected_) return Unavailable(kNoNeighbour);
    stub = stub_;
  }
  if (stub == nullptr) return absl::OkStatus();
  pb::ReleaseSeatsRequest request;
  request.set_resource(release.vacancy);
  request.set_new_capacity(release.seats_left);
  request.set_contracts_stand(release.contracts_stand);
  request.set_request_id(KeyOf(release));
  const Status status =
      caller_.Unary(*stub, &pb::SchedulerService::StubInterface::ReleaseSeats, request, &call)
          .status();
  // The scheduler has not seen this vacancy yet, so nobody can hold a seat of it.
  if (absl::IsNotFound(status)) return absl::OkStatus();
  return status;
}

}  // namespace matchgo::vacancies::clients
