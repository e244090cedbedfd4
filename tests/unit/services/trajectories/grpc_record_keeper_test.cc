#include "services/trajectories/clients/grpc_record_keeper.h"

#include <grpcpp/server_builder.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "tests/support/status_matchers.h"

namespace matchgo::trajectories::clients {
namespace {

const grpc::Status kAbsent(grpc::StatusCode::NOT_FOUND, "there is none");
constexpr char kStart[] = "opleiders/p1/programmes/g1/starts/s1";
constexpr char kVacancy[] = "employers/e1/vacancies/v1";

class Profiles final : public profiles::v1::ProfileService::Service {
 public:
  grpc::Status GetSwitcher(grpc::ServerContext*, const profiles::v1::GetSwitcherRequest* request,
                           profiles::v1::Switcher* reply) override {
    if (request->name() != "switchers/sanne" && request->name() != "switchers/gone") return kAbsent;
    reply->set_state(request->name() == "switchers/gone" ? profiles::v1::Switcher::STATE_WITHDRAWN
                                                         : profiles::v1::Switcher::STATE_ACTIVE);
    return grpc::Status::OK;
  }
};

class Vacancies final : public vacancies::v1::VacancyService::Service {
 public:
  grpc::Status GetVacancy(grpc::ServerContext*, const vacancies::v1::GetVacancyRequest* request,
                          vacancies::v1::Vacancy*) override {
    if (away) return {grpc::StatusCode::PERMISSION_DENIED, "not now"};
    return request->name() == kVacancy ? grpc::Status::OK : kAbsent;
  }
  bool away = false;
};

class Programmes final : public programmes::v1::ProgrammeService::Service {
 public:
  grpc::Status GetStart(grpc::ServerContext*, const programmes::v1::GetStartRequest* request,
                        programmes::v1::Start*) override {
    return request->name() == kStart ? grpc::Status::OK : kAbsent;
  }
};

class Scheduler final : public scheduler::v1::SchedulerService::Service {
 public:
  grpc::Status GetContract(grpc::ServerContext*, const scheduler::v1::GetContractRequest* request,
                           scheduler::v1::Contract* reply) override {
    if (request->name() != "contracts/c1") return kAbsent;
    reply->set_switcher("switchers/sanne");
    reply->set_vacancy(kVacancy);
    reply->set_start(kStart);
    return grpc::Status::OK;
  }
};

class GrpcRecordKeeperTest : public ::testing::Test {
 protected:
  GrpcRecordKeeperTest() {
    grpc::ServerBuilder builder;
    builder.RegisterService(&profiles_);
    builder.RegisterService(&vacancies_);
    builder.RegisterService(&programmes_);
    builder.RegisterService(&scheduler_);
    server_ = builder.BuildAndStart();
  }
  ~GrpcRecordKeeperTest() override { server_->Shutdown(); }

  void ConnectAll() {
    const auto channel = server_->InProcessChannel(grpc::ChannelArguments());
    keeper_.Connect(
        {.profiles = channel, .vacancies = channel, .programmes = channel, .scheduler = channel});
  }
  // The field and the word of every violation, as "switcher SWITCHER_UNKNOWN; ".
  std::string Found(const domain::Trajectory& draft) {
    const auto known = keeper_.Find(Call(), draft);
    if (!known.ok()) return ReasonOf(known.status());
    std::string found;
    for (const Violation& violation : ViolationsOf(domain::CheckKnown(*known))) {
      found += violation.field + " " + violation.reason + "; ";
    }
    return found;
  }
  static domain::Trajectory Draft(const std::string& switcher, const std::string& vacancy,
                                  const std::string& start, const std::string& contract) {
    domain::Trajectory draft;
    draft.switcher = SwitcherId(switcher);
    draft.vacancy = vacancy;
    draft.start = start;
    draft.contract = contract;
    return draft;
  }

  Profiles profiles_;
  Vacancies vacancies_;
  Programmes programmes_;
  Scheduler scheduler_;
  std::unique_ptr<grpc::Server> server_;
  GrpcRecordKeeper keeper_;
};

TEST_F(GrpcRecordKeeperTest, KnowsNothingBeforeItIsConnected) {
  EXPECT_THAT(keeper_.Find(Call(), Draft("sanne", "", "", "")),
              StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(GrpcRecordKeeperTest, WhatNobodyInTheInstallationOwnsIsNotAsked) {
  keeper_.Connect({});
  EXPECT_EQ(Found(Draft("nobody", "employers/e9/vacancies/v9", kStart, "contracts/c9")), "");
}

struct Row {
  const char* name;
  const char* switcher;
  const char* vacancy;
  const char* start;
  const char* contract;
  const char* found;
};

TEST_F(GrpcRecordKeeperTest, NamesWhatIsNotThere) {
  const Row rows[] = {
      {"she alone", "sanne", "", "", "", ""},
      {"all of it", "sanne", kVacancy, kStart, "contracts/c1", ""},
      {"no such switcher", "nobody", "", "", "", "trajectory.switcher SWITCHER_UNKNOWN; "},
      {"withdrawn", "gone", "", "", "", "trajectory.switcher SWITCHER_UNKNOWN; "},
      {"no such vacancy", "sanne", "employers/e1/vacancies/v9", "", "",
       "trajectory.vacancy VACANCY_UNKNOWN; "},
      {"no such start", "sanne", kVacancy, "opleiders/p1/programmes/g1/starts/s9", "",
       "trajectory.start START_UNKNOWN; "},
      {"no such contract", "sanne", kVacancy, kStart, "contracts/c9",
       "trajectory.contract CONTRACT_UNKNOWN; "},
      {"a contract without its vacancy", "sanne", "", kStart, "contracts/c1",
       "trajectory.contract CONTRACT_UNKNOWN; "},
      {"a contract without its start", "sanne", kVacancy, "", "contracts/c1",
       "trajectory.contract CONTRACT_UNKNOWN; "},
      {"somebody else's contract", "gone", kVacancy, kStart, "contracts/c1",
       "trajectory.switcher SWITCHER_UNKNOWN; trajectory.contract CONTRACT_UNKNOWN; "},
      {"nothing of it", "nobody", "employers/e9/vacancies/v9",
       "opleiders/p1/programmes/g1/starts/s9", "contracts/c9",
       "trajectory.switcher SWITCHER_UNKNOWN; trajectory.contract CONTRACT_UNKNOWN; "
       "trajectory.vacancy VACANCY_UNKNOWN; trajectory.start START_UNKNOWN; "},
  };
  ConnectAll();
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    EXPECT_EQ(Found(Draft(row.switcher, row.vacancy, row.start, row.contract)), row.found);
  }
}

TEST_F(GrpcRecordKeeperTest, AnOwnerThatCannotAnswerIsNoRefusalOfTheName) {
  ConnectAll();
  vacancies_.away = true;
  EXPECT_THAT(keeper_.Find(Call(), Draft("sanne", kVacancy, "", "")),
              StatusIs(absl::StatusCode::kPermissionDenied));
}

}  // namespace
}  // namespace matchgo::trajectories::clients
