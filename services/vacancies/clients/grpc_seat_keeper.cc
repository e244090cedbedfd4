#include "services/vacancies/clients/grpc_seat_keeper.h"

#include <string>

#include "common/base/status_macros.h"
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

StatusOr<std::shared_ptr<GrpcSeatKeeper::Stub>> GrpcSeatKeeper::Connected() {
  const std::lock_guard lock(mutex_);
  if (!connected_) return Unavailable(kNoNeighbour);
  return stub_;
}

StatusOr<bool> GrpcSeatKeeper::HasContracts(const Call& call, const EmployerId& employer) {
  ASSIGN_OR_RETURN(const std::shared_ptr<Stub> stub, Connected());
  if (stub == nullptr) return false;
  pb::ListContractsRequest request;
  request.set_employer("employers/" + employer.value());
  request.set_state(pb::Contract::STATE_ACTIVE);
  request.set_page_size(1);
  ASSIGN_OR_RETURN(
      const pb::ListContractsResponse reply,
      caller_.Unary(*stub, &pb::SchedulerService::StubInterface::ListContracts, request, &call));
  return reply.contracts_size() > 0;
}

Status GrpcSeatKeeper::Release(const Call& call, const domain::SeatRelease& release) {
  ASSIGN_OR_RETURN(const std::shared_ptr<Stub> stub, Connected());
  if (stub == nullptr) return absl::OkStatus();
  pb::ReleaseSeatsRequest request;
  request.set_resource(release.vacancy);
  request.set_new_capacity(release.seats_left);
  request.set_contracts_stand(release.contracts_stand);
  request.set_request_id(KeyOf(release));
  Status status =
      caller_.Unary(*stub, &pb::SchedulerService::StubInterface::ReleaseSeats, request, &call)
          .status();
  // The scheduler has not seen this vacancy yet, so nobody can hold a seat of it.
  if (absl::IsNotFound(status)) return absl::OkStatus();
  return status;
}

}  // namespace matchgo::vacancies::clients
