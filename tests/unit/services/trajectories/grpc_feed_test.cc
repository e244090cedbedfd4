// The real followers against neighbours that only have a feed: list, watch, end of stream, go on.
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "common/random/random.h"
#include "common/rpc/channel.h"
#include "common/service/process.h"
#include "common/time/clock.h"
#include "matchgo/profiles/v1/profile_service.grpc.pb.h"
#include "matchgo/scheduler/v1/scheduler_service.grpc.pb.h"
#include "matchgo/trajectories/v1/trajectory_service.grpc.pb.h"
#include "services/trajectories/module.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/trajectories/some_trajectory.h"

namespace matchgo::trajectories {
namespace {

void FillTime(Day day, google::protobuf::Timestamp* time) {
  time->set_seconds(domain::Noon(day).micros() / 1'000'000);
}

// Streams end after what there is; the follower comes back for more.
class ProfilesOnly final : public profiles::v1::ProfileService::Service {
 public:
  grpc::Status ListSwitchers(grpc::ServerContext*, const profiles::v1::ListSwitchersRequest*,
                             profiles::v1::ListSwitchersResponse* reply) override {
    const std::lock_guard lock(mutex_);
    ++lists_;
    for (const char* const id : {"s1", "s2"}) *reply->add_switchers() = Switcher(id, 4);
    reply->set_sequence(4);
    return grpc::Status::OK;
  }
  grpc::Status WatchSwitchers(grpc::ServerContext*, const common::v1::WatchRequest* request,
                              grpc::ServerWriter<profiles::v1::SwitcherChange>* writer) override {
    const std::lock_guard lock(mutex_);
    for (const profiles::v1::SwitcherChange& change : changes_) {
      if (change.position().sequence() > request->from_sequence()) writer->Write(change);
    }
    return grpc::Status::OK;
  }
  static profiles::v1::Switcher Switcher(const std::string& id, int64_t sequence) {
    profiles::v1::Switcher switcher;
    switcher.set_name("switchers/" + id);
    switcher.set_state(profiles::v1::Switcher::STATE_ACTIVE);
    switcher.set_sequence(sequence);
    FillTime(domain::On("2026-02-01"), switcher.mutable_create_time());
    FillTime(domain::On("2026-02-01"), switcher.mutable_update_time());
    return switcher;
  }
  void Tell(const profiles::v1::SwitcherChange& change) {
    const std::lock_guard lock(mutex_);
    changes_.push_back(change);
  }
  int lists() {
    const std::lock_guard lock(mutex_);
    return lists_;
  }

 private:
  std::mutex mutex_;
  std::vector<profiles::v1::SwitcherChange> changes_;
  int lists_ = 0;
};

class MatchesOnly final : public scheduler::v1::SchedulerService::Service {
 public:
  grpc::Status ListOffers(grpc::ServerContext*, const scheduler::v1::ListOffersRequest*,
                          scheduler::v1::ListOffersResponse* reply) override {
    scheduler::v1::Offer& offer = *reply->add_offers();
    offer.set_name("offers/o1");
    offer.set_state(scheduler::v1::Offer::STATE_ACCEPTED);
    offer.set_sequence(2);
    offer.set_contract("contracts/c1");
    Fill(&offer);
    FillTime(domain::On("2026-02-02"), offer.mutable_create_time());
    reply->set_sequence(3);
    return grpc::Status::OK;
  }
  grpc::Status ListContracts(grpc::ServerContext*, const scheduler::v1::ListContractsRequest*,
                             scheduler::v1::ListContractsResponse* reply) override {
    scheduler::v1::Contract& contract = *reply->add_contracts();
    contract.set_name("contracts/c1");
    contract.set_offer("offers/o1");
    contract.set_state(scheduler::v1::Contract::STATE_ACTIVE);
    contract.set_sequence(3);
    Fill(&contract);
    FillTime(domain::On("2026-02-03"), contract.mutable_signed_time());
    reply->set_sequence(3);
    return grpc::Status::OK;
  }
  grpc::Status WatchMatches(grpc::ServerContext*, const common::v1::WatchRequest* request,
                            grpc::ServerWriter<scheduler::v1::MatchChange>* writer) override {
    scheduler::v1::MatchChange change;
    change.mutable_position()->set_sequence(4);
    change.mutable_position()->set_resource("rounds/r1");
    change.mutable_round()->set_name("rounds/r1");
    if (request->from_sequence() < 4) writer->Write(change);
    const std::lock_guard lock(mutex_);
    if (ended_.has_value() && request->from_sequence() < 5) writer->Write(*ended_);
    return grpc::Status::OK;
  }
  void End(const std::string& by) {
    scheduler::v1::MatchChange change;
    change.mutable_position()->set_sequence(5);
    change.mutable_position()->set_resource("contracts/c1");
    scheduler::v1::Contract& contract = *change.mutable_contract();
    contract.set_name("contracts/c1");
    contract.set_offer("offers/o1");
    contract.set_state(scheduler::v1::Contract::STATE_ENDED);
    contract.set_sequence(5);
    contract.set_ended_by(by);
    Fill(&contract);
    FillTime(domain::On("2026-02-03"), contract.mutable_signed_time());
    FillTime(domain::On("2026-02-09"), contract.mutable_update_time());
    const std::lock_guard lock(mutex_);
    ended_ = std::move(change);
  }

 private:
  std::mutex mutex_;
  std::optional<scheduler::v1::MatchChange> ended_;

  template <class Record>
  static void Fill(Record* record) {
    record->set_switcher("switchers/s1");
    record->set_vacancy("employers/e1/vacancies/v1");
    record->set_start("opleiders/p1/programmes/g1/starts/s1");
    record->set_sector("zorg");
    record->mutable_plan()->set_hours(360);
    record->mutable_plan()->set_begins_on("2026-04-01");
    record->mutable_plan()->set_ready_on("2026-09-28");
  }
};

class NeighbourModule final : public Module {
 public:
  NeighbourModule(std::string_view name, grpc::Service& service) : name_(name), service_(service) {}
  std::string_view name() const override { return name_; }
  void Register(grpc::ServerBuilder& builder) override { builder.RegisterService(&service_); }
  Status Start(const Neighbours&) override { return absl::OkStatus(); }
  void Tick(Instant) override {}
  Status Ready() override { return absl::OkStatus(); }
  void Stop() override {}

 private:
  const std::string_view name_;
  grpc::Service& service_;
};

class GrpcFeedTest : public testing::Test {
 protected:
  using Stub = v1::TrajectoryService::StubInterface;

  void SetUp() override {
    folder_ = std::filesystem::path(testing::TempDir()) / ("feeds_" + SystemEntropy().NewId());
    Restart();
  }
  void TearDown() override {
    process_.reset();
    std::filesystem::remove_all(folder_);
  }
  void Restart() {
    process_.reset();
    ProcessOptions options;
    options.data_dir = folder_;
    options.executor = {.threads = 2};
    auto neighbour = [](std::string_view name, grpc::Service& service) -> ModuleFactory {
      return [name, &service](Environment&) -> StatusOr<std::unique_ptr<Module>> {
        return std::make_unique<NeighbourModule>(name, service);
      };
    };
    auto started = Process::Start(options, clock_, entropy_,
                                  {MakeTrajectoriesModule, neighbour("profiles", profiles_),
                                   neighbour("scheduler", matches_)});
    ASSERT_THAT(started, IsOk());
    process_ = *std::move(started);
    stub_ = v1::TrajectoryService::NewStub(process_->channel());
  }
  // Until both feeds were read that far; false after ten seconds.
  bool Reach(int64_t profiles, int64_t matches) {
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (std::chrono::steady_clock::now() < give_up) {
      const auto reply = ops_.Unary(*stub_, &Stub::GetFeedProgress, v1::GetFeedProgressRequest());
      if (reply.ok() && reply->feeds(0).sequence() >= profiles &&
          reply->feeds(1).sequence() >= matches) {
        return true;
      }
      std::this_thread::yield();
    }
    return false;
  }
  v1::Trajectory Of(const std::string& switcher) {
    v1::ListTrajectoriesRequest request;
    request.set_switcher("switchers/" + switcher);
    const auto page = ops_.Unary(*stub_, &Stub::ListTrajectories, request);
    EXPECT_THAT(page, IsOk());
    return page.ok() && page->trajectories_size() == 1 ? page->trajectories(0) : v1::Trajectory();
  }

  SeededEntropy entropy_{7};
  ManualClock clock_{domain::Noon(domain::On("2026-02-10"))};
  std::filesystem::path folder_;
  ProfilesOnly profiles_;
  MatchesOnly matches_;
  rpc::Caller ops_{{.principal = {.role = Role::kOps, .id = "x", .tenant = {}}}};
  std::unique_ptr<Process> process_;
  std::unique_ptr<v1::TrajectoryService::Stub> stub_;
};

TEST_F(GrpcFeedTest, ListsThenWatchesThenResumes) {
  ASSERT_TRUE(Reach(4, 4));
  const v1::Trajectory signed_up = Of("s1");
  EXPECT_EQ(signed_up.stage(), v1::STAGE_CONTRACT);
  EXPECT_EQ(signed_up.milestones(3).actual_on(), "2026-02-03");
  EXPECT_EQ(signed_up.milestones(5).planned_on(), "2026-09-28");
  EXPECT_EQ(signed_up.plan_hours(), 360);
  EXPECT_EQ(Of("s2").stage(), v1::STAGE_SELECTIE);
  EXPECT_THAT(process_->Ready(), IsOk());

  profiles::v1::SwitcherChange erased;
  erased.mutable_position()->set_sequence(5);
  erased.mutable_position()->set_resource("switchers/s2");
  FillTime(domain::On("2026-02-09"), erased.mutable_position()->mutable_time());
  profiles_.Tell(erased);
  ASSERT_TRUE(Reach(5, 4));
  EXPECT_EQ(Of("s2").exit().reason(), v1::EXIT_REASON_WITHDREW);
  EXPECT_EQ(Of("s2").exit().on(), "2026-02-09");

  Restart();
  profiles::v1::SwitcherChange fresh;
  fresh.mutable_position()->set_sequence(6);
  fresh.mutable_position()->set_resource("switchers/s3");
  *fresh.mutable_switcher() = ProfilesOnly::Switcher("s3", 6);
  profiles_.Tell(fresh);
  ASSERT_TRUE(Reach(6, 4));
  EXPECT_EQ(Of("s3").stage(), v1::STAGE_SELECTIE);
  EXPECT_EQ(profiles_.lists(), 1) << "after a restart it goes on where it was";
}

TEST_F(GrpcFeedTest, WhoEndedAContractComesAlong) {
  ASSERT_TRUE(Reach(4, 4));
  matches_.End("p.jansen");
  ASSERT_TRUE(Reach(4, 5));
  const v1::Trajectory back = Of("s1");
  EXPECT_EQ(back.stage(), v1::STAGE_SELECTIE);
  const auto& last = back.history(back.history_size() - 1);
  EXPECT_EQ(last.event(), "CONTRACT_VOIDED");
  EXPECT_EQ(last.actor(), "p.jansen");
  EXPECT_EQ(back.history(0).actor(), "system");
}

}  // namespace
}  // namespace matchgo::trajectories
