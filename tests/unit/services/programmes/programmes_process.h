// A process with the programmes service and a scheduler that only keeps seats, for tests.
//
// Calls go over in-process gRPC with the role that a test names. One thread.
// Used by the tests of this folder.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "common/random/random.h"
#include "common/rpc/channel.h"
#include "common/rpc/serve_unary.h"
#include "common/service/process.h"
#include "common/time/clock.h"
#include "matchgo/programmes/v1/programme_service.grpc.pb.h"
#include "matchgo/scheduler/v1/scheduler_service.grpc.pb.h"
#include "services/programmes/module.h"
#include "tests/support/status_matchers.h"

namespace matchgo::programmes {

// Answers ReleaseSeats; `held` places of every start can't be released.
class SeatsOnly final : public scheduler::v1::SchedulerService::CallbackService {
 public:
  grpc::ServerUnaryReactor* ReleaseSeats(grpc::CallbackServerContext* context,
                                         const scheduler::v1::ReleaseSeatsRequest* request,
                                         scheduler::v1::Seats* reply) override {
    const std::lock_guard lock(mutex_);
    asked_.push_back(*request);
    reply->set_capacity(request->new_capacity());
    auto* const reactor = context->DefaultReactor();
    const Status status = request->new_capacity() < held_
                              ? Precondition({"CAPACITY_HELD", "places are held"})
                              : absl::OkStatus();
    reactor->Finish(rpc::ToGrpc(status, "scheduler"));
    return reactor;
  }
  grpc::ServerUnaryReactor* ListContracts(grpc::CallbackServerContext* context,
                                          const scheduler::v1::ListContractsRequest* request,
                                          scheduler::v1::ListContractsResponse* reply) override {
    const std::lock_guard lock(mutex_);
    auto* const reactor = context->DefaultReactor();
    if (request->opleider() == with_contracts_) reply->add_contracts()->set_name("contracts/c");
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }
  // The opleider that has an active contract.
  void Contract(const std::string& opleider) {
    const std::lock_guard lock(mutex_);
    with_contracts_ = opleider;
  }
  void Hold(int places) {
    const std::lock_guard lock(mutex_);
    held_ = places;
  }
  std::vector<scheduler::v1::ReleaseSeatsRequest> asked() {
    const std::lock_guard lock(mutex_);
    return asked_;
  }

 private:
  std::mutex mutex_;
  std::vector<scheduler::v1::ReleaseSeatsRequest> asked_;
  int held_ = 0;
  std::string with_contracts_;
};

class SeatsModule final : public Module {
 public:
  explicit SeatsModule(SeatsOnly& seats) : seats_(seats) {}
  std::string_view name() const override { return "scheduler"; }
  void Register(grpc::ServerBuilder& builder) override { builder.RegisterService(&seats_); }
  Status Start(const Neighbours&) override { return absl::OkStatus(); }
  void Tick(Instant) override {}
  Status Ready() override { return absl::OkStatus(); }
  void Stop() override {}

 private:
  SeatsOnly& seats_;
};

class ProgrammesProcess : public testing::Test {
 protected:
  using Service = v1::ProgrammeService::StubInterface;

  void SetUp() override {
    folder_ =
        std::filesystem::path(testing::TempDir()) / ("programmes_" + entropy_for_names_.NewId());
    Restart();
  }
  void TearDown() override {
    process_.reset();
    std::filesystem::remove_all(folder_);
  }
  // Ends the process and starts another on the same data.
  void Restart() {
    process_.reset();
    ProcessOptions options;
    options.data_dir = folder_;
    options.executor = {.threads = 2};
    auto started = Process::Start(
        options, clock_, entropy_,
        {MakeProgrammesModule, [this](Environment&) -> StatusOr<std::unique_ptr<Module>> {
           return std::make_unique<SeatsModule>(seats_);
         }});
    ASSERT_THAT(started, IsOk());
    process_ = *std::move(started);
    stub_ = v1::ProgrammeService::NewStub(process_->channel());
  }

  // Calls as a role, with a fresh idempotency key where a write has none.
  class Client {
   public:
    Client(Role role, const std::string& tenant)
        : caller_({.principal = {.role = role, .id = "someone", .tenant = TenantId(tenant)}}) {}
    template <class Stub, class Method, class Request>
    auto Unary(Stub& stub, Method method, Request request) {
      if constexpr (rpc::HasRequestId<Request>) {
        if (request.request_id().empty()) request.set_request_id(SystemEntropy().NewId());
      }
      return caller_.Unary(stub, method, request);
    }
    void Prepare(grpc::ClientContext* context) const { caller_.Prepare(context); }

   private:
    rpc::Caller caller_;
  };
  // As(role, tenant).Unary(*stub_, &Service::GetStart, request).
  static Client As(Role role, const std::string& tenant = "") { return {role, tenant}; }
  template <class Method, class Request>
  auto Ops(Method method, const Request& request) {
    return As(Role::kOps).Unary(*stub_, method, request);
  }

  static std::string TenantOf(const std::string& name) {
    const std::string rest = name.substr(std::string("opleiders/").size());
    return rest.substr(0, rest.find('/'));
  }

  v1::Opleider MakeOpleider(const std::string& display_name = "Hogeschool Utrecht") {
    v1::CreateOpleiderRequest request;
    request.mutable_opleider()->set_display_name(display_name);
    request.mutable_opleider()->set_kind(v1::Opleider::KIND_HOGESCHOOL);
    auto made = Ops(&Service::CreateOpleider, request);
    EXPECT_THAT(made, IsOk());
    return made.ok() ? *made : v1::Opleider();
  }
  static v1::CreateProgrammeRequest NewProgramme(const v1::Opleider& opleider) {
    v1::CreateProgrammeRequest request;
    request.set_parent(opleider.name());
    v1::Programme& programme = *request.mutable_programme();
    programme.set_title("Verpleegkunde");
    programme.set_degree(v1::Programme::DEGREE_BA);
    programme.set_sector("zorg");
    v1::Module& module = *programme.add_modules();
    module.set_id("m1");
    module.set_title("Klinisch redeneren");
    module.set_study_hours(140);
    module.add_skills("skills/k-clinical-reasoning");
    module.set_recognition(v1::Module::RECOGNITION_EXEMPT);
    return request;
  }
  v1::Programme MakeProgramme(const v1::Opleider& opleider) {
    // What a start teaches must be in the vocabulary.
    v1::ImportVocabularyRequest words;
    v1::Skill& skill = *words.add_skills();
    skill.set_name("skills/k-clinical-reasoning");
    skill.mutable_label()->set_nl("klinisch redeneren");
    EXPECT_THAT(Ops(&Service::ImportVocabulary, words), IsOk());
    auto made = Ops(&Service::CreateProgramme, NewProgramme(opleider));
    EXPECT_THAT(made, IsOk());
    return made.ok() ? *made : v1::Programme();
  }
  static v1::CreateStartRequest NewStart(const v1::Programme& programme) {
    v1::CreateStartRequest request;
    request.set_parent(programme.name());
    v1::Start& start = *request.mutable_start();
    start.set_rhythm(v1::Start::RHYTHM_DATE);
    start.set_begins_on("2027-02-01");
    start.set_capacity(20);
    start.set_minimum(8);
    start.add_delivery(v1::Start::DELIVERY_ONLINE);
    return request;
  }
  v1::Start MakeStart(const v1::Programme& programme) {
    auto made = Ops(&Service::CreateStart, NewStart(programme));
    EXPECT_THAT(made, IsOk());
    return made.ok() ? *made : v1::Start();
  }

  SeededEntropy entropy_{7};
  SystemEntropy entropy_for_names_;
  ManualClock clock_{*ParseInstant("2026-11-21T09:00:00Z")};
  std::filesystem::path folder_;
  SeatsOnly seats_;
  std::unique_ptr<Process> process_;
  std::unique_ptr<v1::ProgrammeService::Stub> stub_;
};

}  // namespace matchgo::programmes
