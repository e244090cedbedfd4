#include "services/trajectories/rpc/trajectory_service.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "common/kernel/sector.h"
#include "tests/unit/services/trajectories/trajectories_process.h"

namespace matchgo::trajectories {
namespace {

class TrajectoryServiceTest : public TrajectoriesProcess {
 protected:
  // Learning since 2026-04-01.
  v1::Trajectory Learner() {
    Contract("s1");
    GoTo(domain::On("2026-04-01"));
    auto started = Advance(Of("s1").name(), v1::STAGE_GESTART);
    EXPECT_THAT(started, IsOk());
    return started.ok() ? *started : v1::Trajectory();
  }
  auto Pause(const std::string& name, const std::string& from) {
    v1::PauseTrajectoryRequest request;
    request.set_name(name);
    request.set_from(from);
    request.set_reason("ILLNESS");
    return Ops(&Service::PauseTrajectory, request);
  }
  auto Resume(const std::string& name, const std::string& on) {
    v1::ResumeTrajectoryRequest request;
    request.set_name(name);
    request.set_on(on);
    return Ops(&Service::ResumeTrajectory, request);
  }
};

TEST_F(TrajectoryServiceTest, RunsFromContractToDiploma) {
  const std::string name = Learner().name();
  GoTo(domain::On("2028-07-01"));
  auto ready = Advance(name, v1::STAGE_STARTBEKWAAM, "2026-09-28", v1::Evidence::KIND_ASSESSMENT);
  ASSERT_THAT(ready, IsOk());
  EXPECT_EQ(ready->match_to_startbekwaam_days(), 238);  // since 2026-02-02
  ASSERT_THAT(Advance(name, v1::STAGE_OP_LOONWAARDE, "2027-04-01"), IsOk());
  auto done = Advance(name, v1::STAGE_GEDIPLOMEERD, "2028-06-01", v1::Evidence::KIND_DIPLOMA);
  ASSERT_THAT(done, IsOk());
  EXPECT_TRUE(done->finished());
  EXPECT_THAT(Advance(name, v1::STAGE_GEDIPLOMEERD, "2028-06-02"), HasReason("TRAJECTORY_ENDED"));
  auto funnel = Ops(&Service::GetFunnel, v1::GetFunnelRequest());
  ASSERT_THAT(funnel, IsOk());
  for (const auto& stage : funnel->stages()) EXPECT_EQ(stage.reached(), 1) << stage.stage();
  EXPECT_EQ(funnel->stages(7).current(), 1);
  EXPECT_EQ(funnel->match_to_startbekwaam_days_p50(), 238);
  EXPECT_EQ(funnel->startbekwaam_count(), 1);
}

TEST_F(TrajectoryServiceTest, RefusesALeapWithWhatWouldBeLegal) {
  const v1::Trajectory learner = Learner();
  const auto refused =
      Advance(learner.name(), v1::STAGE_GEDIPLOMEERD, "2026-04-01", v1::Evidence::KIND_DIPLOMA);
  EXPECT_THAT(refused, HasReason("ILLEGAL_STAGE"));
  ASSERT_EQ(FactsOf(refused.status()).size(), 1U);
  EXPECT_EQ(FactsOf(refused.status())[0].second, "STARTBEKWAAM");
  EXPECT_THAT(Advance(learner.name(), v1::STAGE_SELECTIE), HasReason("ILLEGAL_STAGE"));
  EXPECT_THAT(Advance(learner.name(), v1::STAGE_AANGEMELD), HasReason("ILLEGAL_STAGE"));
  EXPECT_THAT(Advance(learner.name(), v1::STAGE_STARTBEKWAAM, "2026-04-01"),
              HasReason("EVIDENCE_REQUIRED"));
  EXPECT_THAT(Advance(learner.name(), v1::STAGE_STARTBEKWAAM, "2026-05-01"),
              HasReason("EVIDENCE_REQUIRED"));
  EXPECT_THAT(Advance(learner.name(), v1::STAGE_STARTBEKWAAM, "2026-05-01",
                      v1::Evidence::KIND_MICROCREDENTIAL),
              HasReason("DATE_ORDER"));
  EXPECT_EQ(Of("s1").etag(), learner.etag()) << "nothing was changed";
}

TEST_F(TrajectoryServiceTest, ACoachRecordsNoStageOfTheFeeds) {
  ASSERT_THAT(Tell(Profile("s1")), IsOk());
  ASSERT_THAT(Tell(Match(State::kOfferOpen, "s1")), IsOk());
  v1::AdvanceTrajectoryRequest request;
  request.set_name(Of("s1").name());
  request.set_to(v1::STAGE_CONTRACT);
  EXPECT_THAT(As(Role::kCoach, "c", "p1").Unary(*stub_, &Service::AdvanceTrajectory, request),
              HasReason("ILLEGAL_STAGE"));
}

TEST_F(TrajectoryServiceTest, PausesStopTheClock) {
  const std::string name = Learner().name();
  GoTo(domain::On("2026-06-15"));
  EXPECT_THAT(Resume(name, ""), HasReason("NOT_PAUSED"));
  EXPECT_THAT(Pause(name, "2026-07-01"), HasReason("DATE_ORDER"));
  ASSERT_THAT(Pause(name, "2026-05-01"), IsOk());
  EXPECT_THAT(Pause(name, "2026-05-02"), HasReason("PAUSED"));
  EXPECT_THAT(Resume(name, "2026-04-30"), HasReason("DATE_ORDER"));
  auto back = Resume(name, "2026-05-31");
  ASSERT_THAT(back, IsOk());
  ASSERT_EQ(back->pauses_size(), 1);
  EXPECT_EQ(back->pauses(0).to(), "2026-05-31");
  EXPECT_EQ(back->milestones(5).target_on(), "2026-10-31") << "thirty days later";
  ASSERT_THAT(Tell(Profile("s2")), IsOk());
  EXPECT_THAT(Pause(Of("s2").name(), ""), HasReason("NOT_STARTED"));
}

TEST_F(TrajectoryServiceTest, ExitsAreCountedByStageAndReason) {
  v1::ExitTrajectoryRequest request;
  request.set_name(Learner().name());
  request.set_reason(v1::EXIT_REASON_GROENPLUK);
  auto left = Ops(&Service::ExitTrajectory, request);
  ASSERT_THAT(left, IsOk());
  EXPECT_EQ(left->exit().stage(), v1::STAGE_GESTART);
  EXPECT_THAT(Ops(&Service::ExitTrajectory, request), HasReason("TRAJECTORY_ENDED"));
  auto funnel = Ops(&Service::GetFunnel, v1::GetFunnelRequest());
  ASSERT_EQ(funnel->exits_size(), 1);
  EXPECT_EQ(funnel->exits(0).reason(), v1::EXIT_REASON_GROENPLUK);
  EXPECT_EQ(funnel->stages(4).current(), 0);
  v1::GetFunnelRequest elsewhere;
  elsewhere.set_sector("ict");
  EXPECT_EQ(Ops(&Service::GetFunnel, elsewhere)->exits_size(), 0);
}

TEST_F(TrajectoryServiceTest, WhatOthersDecideNeedsAPersonAndAWhy) {
  const v1::Trajectory learner = Learner();
  v1::ExitTrajectoryRequest request;
  request.set_name(learner.name());
  request.set_reason(v1::EXIT_REASON_ASSESSMENT_FAILED);
  request.set_explanation("The exam of 1 April was not passed.");
  const auto exit_as = [&](const std::string& id) {
    return As(Role::kOpleiderUser, id, "p1").Unary(*stub_, &Service::ExitTrajectory, request);
  };
  for (const char* nobody : {"", "cli", "opleider_user", "system"}) {
    EXPECT_THAT(exit_as(nobody), HasReason("HUMAN_REQUIRED")) << nobody;
  }
  request.clear_explanation();
  EXPECT_THAT(exit_as("p.jansen"), HasReason("REQUIRED"));
  EXPECT_EQ(Of("s1").etag(), learner.etag()) << "nothing was changed";
  request.set_explanation("The exam of 1 April was not passed.");
  const auto left = exit_as("p.jansen");
  ASSERT_THAT(left, IsOk());
  EXPECT_EQ(left->exit().actor(), "p.jansen");
  EXPECT_EQ(left->exit().explanation(), request.explanation());
  const auto& last = left->history(left->history_size() - 1);
  EXPECT_EQ(last.event(), "EXITED");
  EXPECT_EQ(last.actor_role(), "OPLEIDER_USER");
  EXPECT_EQ(last.actor(), "p.jansen");
}

TEST_F(TrajectoryServiceTest, SheLeavesWithoutAnybodysName) {
  v1::ExitTrajectoryRequest request;
  request.set_name(Learner().name());
  request.set_reason(v1::EXIT_REASON_WITHDREW);
  const auto left = As(Role::kOps, "system").Unary(*stub_, &Service::ExitTrajectory, request);
  ASSERT_THAT(left, IsOk());
  EXPECT_EQ(left->exit().actor(), "") << "who calls itself a process is not written down as one";
}

TEST_F(TrajectoryServiceTest, OnlyPartiesSeeATrajectory) {
  v1::GetTrajectoryRequest get;
  get.set_name(Learner().name());
  struct Row {
    const char* name;
    Role role;
    const char* id;
    const char* tenant;
    bool sees;
  };
  const Row rows[] = {
      {"herself", Role::kSwitcher, "s1", "", true},
      {"another switcher", Role::kSwitcher, "s2", "", false},
      {"a switcher without an id", Role::kSwitcher, "", "", false},
      {"her partner", Role::kPartner, "x", "partner1", true},
      {"another partner", Role::kPartner, "x", "partner2", false},
      {"her employer", Role::kEmployer, "x", "e1", true},
      {"another employer", Role::kEmployer, "x", "e2", false},
      {"an employer with her opleider's id", Role::kEmployer, "x", "p1", false},
      {"her coach", Role::kCoach, "x", "p1", true},
      {"another opleider", Role::kOpleiderAdmin, "x", "p2", false},
      {"a service", Role::kService, "x", "", true},
      {"an auditor", Role::kAuditor, "x", "", true},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    auto client = As(row.role, row.id, row.tenant);
    const auto got = client.Unary(*stub_, &Service::GetTrajectory, get);
    const auto listed =
        client.Unary(*stub_, &Service::ListTrajectories, v1::ListTrajectoriesRequest());
    ASSERT_THAT(listed, IsOk());
    EXPECT_EQ(listed->trajectories_size(), row.sees ? 1 : 0);
    if (row.sees) {
      EXPECT_THAT(got, IsOk());
    } else {
      EXPECT_THAT(got, HasReason("NOT_FOUND"));
    }
  }
}

TEST_F(TrajectoryServiceTest, OnlyCoachAndHoursChangeByHand) {
  const v1::Trajectory learner = Learner();
  v1::UpdateTrajectoryRequest update;
  *update.mutable_trajectory() = learner;
  update.mutable_trajectory()->set_coach("coach-7");
  update.mutable_trajectory()->set_hours_done(12);
  update.mutable_update_mask()->add_paths("hours_done");
  auto changed = Ops(&Service::UpdateTrajectory, update);
  ASSERT_THAT(changed, IsOk());
  EXPECT_EQ(changed->hours_done(), 12);
  EXPECT_EQ(changed->coach(), "");
  EXPECT_THAT(Ops(&Service::UpdateTrajectory, update), HasReason("STALE"));
  update.mutable_trajectory()->set_etag("");
  auto same = Ops(&Service::UpdateTrajectory, update);
  ASSERT_THAT(same, IsOk());
  EXPECT_EQ(same->sequence(), changed->sequence()) << "nothing changed, so no version";
  update.mutable_update_mask()->add_paths("sector");
  EXPECT_THAT(Ops(&Service::UpdateTrajectory, update), HasReason("FIELD_FORBIDDEN"));
  update.mutable_update_mask()->set_paths(1, "stage");
  EXPECT_THAT(Ops(&Service::UpdateTrajectory, update), HasReason("FIELD_FORBIDDEN"));
  update.mutable_update_mask()->set_paths(1, "nonsense");
  EXPECT_THAT(Ops(&Service::UpdateTrajectory, update), HasReason("FIELD_MASK"));
}

TEST_F(TrajectoryServiceTest, OperationsRegisterASwitchByHandOnce) {
  v1::CreateTrajectoryRequest request;
  request.mutable_trajectory()->set_switcher("switchers/s9");
  request.mutable_trajectory()->set_vacancy("employers/e1/vacancies/v1");
  request.mutable_trajectory()->set_sector("zorg");
  request.mutable_trajectory()->set_stage(v1::STAGE_GEDIPLOMEERD);
  request.set_request_id("by-hand-1");
  auto made = Ops(&Service::CreateTrajectory, request);
  ASSERT_THAT(made, IsOk());
  EXPECT_EQ(made->stage(), v1::STAGE_AANGEMELD);
  EXPECT_TRUE(made->direct());
  auto again = Ops(&Service::CreateTrajectory, request);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->name(), made->name());
  request.set_request_id("by-hand-2");
  EXPECT_THAT(Ops(&Service::CreateTrajectory, request), HasReason("EXISTS"));
  for (const auto stage : {v1::STAGE_SELECTIE, v1::STAGE_INTRODUCTIE, v1::STAGE_CONTRACT,
                           v1::STAGE_GESTART, v1::STAGE_OP_LOONWAARDE}) {
    ASSERT_THAT(Advance(made->name(), stage), IsOk()) << stage;
  }
  EXPECT_TRUE(Of("s9").finished());
}

TEST_F(TrajectoryServiceTest, ListsPageByPage) {
  for (int i = 0; i < 7; ++i) ASSERT_THAT(Tell(Profile("s" + std::to_string(i))), IsOk());
  v1::ListTrajectoriesRequest request;
  request.set_page_size(3);
  request.set_stage(v1::STAGE_SELECTIE);
  request.set_ended(false);
  std::set<std::string> names;
  int pages = 0;
  do {
    auto page = Ops(&Service::ListTrajectories, request);
    ASSERT_THAT(page, IsOk());
    for (const auto& trajectory : page->trajectories()) names.insert(trajectory.name());
    request.set_page_token(page->next_page_token());
    ++pages;
  } while (!request.page_token().empty());
  EXPECT_EQ(names.size(), 7U);
  EXPECT_EQ(pages, 3);
  request.set_page_token("forged");
  EXPECT_THAT(Ops(&Service::ListTrajectories, request), HasReason("PAGE_TOKEN"));
}

TEST_F(TrajectoryServiceTest, TheFeedTellsTheLastOfEach) {
  Contract("s1");
  grpc::ClientContext context;
  rpc::Caller({.principal = {.role = Role::kService, .id = "x", .tenant = {}}}).Prepare(&context);
  auto reader = stub_->WatchTrajectories(&context, common::v1::WatchRequest());
  v1::TrajectoryChange change;
  ASSERT_TRUE(reader->Read(&change));
  EXPECT_EQ(change.position().kind(), "trajectory.advanced");
  EXPECT_EQ(change.position().sequence(), 3);
  EXPECT_EQ(change.trajectory().stage(), v1::STAGE_CONTRACT);
  context.TryCancel();
  (void)reader->Finish();
}

TEST_F(TrajectoryServiceTest, LabelsAreTheSectorsOfTheCatalogue) {
  EXPECT_EQ(SectorLabel("zorg"), "zorg");
  EXPECT_EQ(SectorLabel("made_up"), "other");
  EXPECT_EQ(SectorLabel(""), "none");
}

}  // namespace
}  // namespace matchgo::trajectories
