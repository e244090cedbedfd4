// GrpcRecordKeeper: asks profiles, vacancies, programmes and the scheduler over gRPC.
//
// Until Connect was called the answer is UNAVAILABLE; what belongs to a service that the
// installation does not have (a null channel) counts as known. Blocks; thread-safe.
// Test: tests/unit/services/trajectories/grpc_record_keeper_test.cc
#pragma once

#include <grpcpp/channel.h>

#include <memory>
#include <mutex>

#include "common/base/status.h"
#include "common/rpc/channel.h"
#include "common/service/call.h"
#include "matchgo/profiles/v1/profile_service.grpc.pb.h"
#include "matchgo/programmes/v1/programme_service.grpc.pb.h"
#include "matchgo/scheduler/v1/scheduler_service.grpc.pb.h"
#include "matchgo/vacancies/v1/vacancy_service.grpc.pb.h"
#include "services/trajectories/domain/references.h"

namespace matchgo::trajectories::clients {

// Channels to the neighbours; null: the installation does not have that one.
struct Owners {
  std::shared_ptr<grpc::Channel> profiles;
  std::shared_ptr<grpc::Channel> vacancies;
  std::shared_ptr<grpc::Channel> programmes;
  std::shared_ptr<grpc::Channel> scheduler;
};

class GrpcRecordKeeper {
 public:
  void Connect(const Owners& owners);
  StatusOr<domain::Known> Find(const Call& call, const domain::Trajectory& draft);

 private:
  struct Stubs {
    std::shared_ptr<profiles::v1::ProfileService::Stub> profiles;
    std::shared_ptr<vacancies::v1::VacancyService::Stub> vacancies;
    std::shared_ptr<programmes::v1::ProgrammeService::Stub> programmes;
    std::shared_ptr<scheduler::v1::SchedulerService::Stub> scheduler;
  };

  std::mutex mutex_;
  bool connected_ = false;
  Stubs stubs_;
  rpc::Caller caller_;
};

}  // namespace matchgo::trajectories::clients
