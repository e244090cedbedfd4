// AnsweringScheduler: a scheduler that answers what the test tells it, and remembers what it was
// asked.
//
// Stands alone or as a module beside the vacancies. One question at a time. For tests only.
#pragma once

#include <grpcpp/server_builder.h>

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "common/rpc/status_map.h"
#include "common/service/module.h"
#include "matchgo/scheduler/v1/scheduler_service.grpc.pb.h"

namespace matchgo::vacancies {

class AnsweringScheduler final : public scheduler::v1::SchedulerService::Service {
 public:
  grpc::Status ReleaseSeats(grpc::ServerContext* /*context*/,
                            const scheduler::v1::ReleaseSeatsRequest* request,
                            scheduler::v1::Seats* /*reply*/) override {
    asked.push_back(*request);
    if (while_asked) while_asked();
    return matchgo::rpc::ToGrpc(answer, "scheduler");
  }
  grpc::Status ListContracts(grpc::ServerContext* /*context*/,
                             const scheduler::v1::ListContractsRequest* request,
                             scheduler::v1::ListContractsResponse* reply) override {
    contracts_asked.push_back(*request);
    if (has_contracts) reply->add_contracts()->set_name("contracts/c1");
    return matchgo::rpc::ToGrpc(answer, "scheduler");
  }
  Status answer;
  bool has_contracts = false;
  std::vector<scheduler::v1::ListContractsRequest> contracts_asked;
  std::function<void()> while_asked;
  std::vector<scheduler::v1::ReleaseSeatsRequest> asked;
};

class AnsweringModule final : public Module {
 public:
  explicit AnsweringModule(AnsweringScheduler& scheduler) : scheduler_(scheduler) {}
  std::string_view name() const override { return "scheduler"; }
  void Register(grpc::ServerBuilder& builder) override { builder.RegisterService(&scheduler_); }
  Status Start(const Neighbours& /*neighbours*/) override { return absl::OkStatus(); }
  void Tick(Instant /*now*/) override {}
  Status Ready() override { return absl::OkStatus(); }
  void Stop() override {}

 private:
  AnsweringScheduler& scheduler_;
};

inline ModuleFactory FactoryOf(AnsweringScheduler& scheduler) {
  return [&scheduler](Environment&) -> StatusOr<std::unique_ptr<Module>> {
    return std::make_unique<AnsweringModule>(scheduler);
  };
}

}  // namespace matchgo::vacancies
