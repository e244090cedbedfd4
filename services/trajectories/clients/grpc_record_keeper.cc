#include "services/trajectories/clients/grpc_record_keeper.h"

#include <optional>
#include <string>

#include "common/base/status_macros.h"

namespace matchgo::trajectories::clients {
namespace {

using profiles::v1::ProfileService;
using programmes::v1::ProgrammeService;
using scheduler::v1::SchedulerService;
using vacancies::v1::VacancyService;

constexpr Reason kNoNeighbour{"UNAVAILABLE", "the owners of records are not known yet"};

template <class Service>
std::shared_ptr<typename Service::Stub> StubOn(const std::shared_ptr<grpc::Channel>& channel) {
  return channel == nullptr ? nullptr : Service::NewStub(channel);
}

// The record, or nothing if there is none.
template <class Request, class Stub, class Method>
auto Read(rpc::Caller& caller, Stub& stub, Method get, const std::string& name, const Call& call) {
  Request request;
  request.set_name(name);
  auto reply = caller.Unary(stub, get, request, &call);
  using Record = typename decltype(reply)::value_type;
  if (absl::IsNotFound(reply.status())) return StatusOr<std::optional<Record>>(std::nullopt);
  if (!reply.ok()) return StatusOr<std::optional<Record>>(reply.status());
  return StatusOr<std::optional<Record>>(std::optional<Record>(*std::move(reply)));
}

bool IsOf(const scheduler::v1::Contract& contract, const domain::Trajectory& draft) {
  return contract.switcher() == "switchers/" + draft.switcher.value() &&
         contract.vacancy() == draft.vacancy && contract.start() == draft.start;
}

}  // namespace

void GrpcRecordKeeper::Connect(const Owners& owners) {
  const std::lock_guard lock(mutex_);
  connected_ = true;
  stubs_ = {.profiles = StubOn<ProfileService>(owners.profiles),
            .vacancies = StubOn<VacancyService>(owners.vacancies),
            .programmes = StubOn<ProgrammeService>(owners.programmes),
            .scheduler = StubOn<SchedulerService>(owners.scheduler)};
}

StatusOr<domain::Known> GrpcRecordKeeper::Find(const Call& call, const domain::Trajectory& draft) {
  Stubs stubs;
  {
    const std::lock_guard lock(mutex_);
    if (!connected_) return Unavailable(kNoNeighbour);
    stubs = stubs_;
  }
  domain::Known known;
  if (stubs.profiles != nullptr) {
    ASSIGN_OR_RETURN(const auto switcher,
                     Read<profiles::v1::GetSwitcherRequest>(
                         caller_, *stubs.profiles, &ProfileService::StubInterface::GetSwitcher,
                         "switchers/" + draft.switcher.value(), call));
    known.switcher =
        switcher.has_value() && switcher->state() == profiles::v1::Switcher::STATE_ACTIVE;
  }
  if (stubs.vacancies != nullptr && !draft.vacancy.empty()) {
    ASSIGN_OR_RETURN(const auto vacancy,
                     Read<vacancies::v1::GetVacancyRequest>(
                         caller_, *stubs.vacancies, &VacancyService::StubInterface::GetVacancy,
                         draft.vacancy, call));
    known.vacancy = vacancy.has_value();
  }
  if (stubs.programmes != nullptr && !draft.start.empty()) {
    ASSIGN_OR_RETURN(const auto start,
                     Read<programmes::v1::GetStartRequest>(
                         caller_, *stubs.programmes, &ProgrammeService::StubInterface::GetStart,
                         draft.start, call));
    known.start = start.has_value();
  }
  if (stubs.scheduler != nullptr && !draft.contract.empty()) {
    ASSIGN_OR_RETURN(const auto contract,
                     Read<scheduler::v1::GetContractRequest>(
                         caller_, *stubs.scheduler, &SchedulerService::StubInterface::GetContract,
                         draft.contract, call));
    known.contract = contract.has_value() && IsOf(*contract, draft);
  }
  return known;
}

}  // namespace matchgo::trajectories::clients
