// What the neighbours tell, on a real store: once each, in whatever order, over restarts.
#include <gtest/gtest.h>

#include <string>

#include "tests/unit/services/trajectories/trajectories_process.h"

namespace matchgo::trajectories {
namespace {

class FeedTest : public TrajectoriesProcess {
 protected:
  common::v1::FeedProgress Progress(const std::string& feed) {
    auto reply = Ops(&Service::GetFeedProgress, v1::GetFeedProgressRequest());
    EXPECT_THAT(reply, IsOk());
    if (!reply.ok()) return {};
    for (const auto& progress : reply->feeds()) {
      if (progress.feed() == feed) return progress;
    }
    ADD_FAILURE() << "no feed " << feed;
    return {};
  }
};

TEST_F(FeedTest, AProfileBeginsATrajectoryAndQualifiesIt) {
  ASSERT_THAT(Tell(Profile("s1", false)), IsOk());
  EXPECT_EQ(Of("s1").stage(), v1::STAGE_AANGEMELD);
  ASSERT_THAT(Tell(Profile("s1")), IsOk());
  const v1::Trajectory qualified = Of("s1");
  EXPECT_EQ(qualified.stage(), v1::STAGE_SELECTIE);
  EXPECT_EQ(qualified.history_size(), 2);
  EXPECT_EQ(qualified.milestones(3).target_on(), "2026-03-02");
}

TEST_F(FeedTest, AnOfferAndAContractMoveIt) {
  Contract("s1");
  const v1::Trajectory signed_up = Of("s1");
  EXPECT_EQ(signed_up.stage(), v1::STAGE_CONTRACT);
  EXPECT_EQ(signed_up.contract(), "contracts/c-s1");
  EXPECT_EQ(signed_up.sector(), "zorg");
  EXPECT_EQ(signed_up.plan_hours(), 360);
  EXPECT_EQ(signed_up.milestones(4).planned_on(), "2026-04-01");
  EXPECT_EQ(signed_up.milestones(5).planned_on(), "2026-09-28");
}

TEST_F(FeedTest, WhatIsToldAgainHasNoEffect) {
  const auto profile = Profile("s1");
  const auto offer = Match(State::kOfferOpen, "s1");
  auto failed = Match(State::kOfferFailed, "s1");
  ASSERT_THAT(Tell(profile), IsOk());
  ASSERT_THAT(Tell(offer), IsOk());
  ASSERT_THAT(Tell(failed), IsOk());
  const v1::Trajectory before = Of("s1");
  EXPECT_EQ(before.stage(), v1::STAGE_SELECTIE);
  EXPECT_EQ(before.history_size(), 4);
  for (int again = 0; again < 2; ++again) {
    ASSERT_THAT(Tell(profile), IsOk());
    ASSERT_THAT(Tell(offer), IsOk());
    ASSERT_THAT(Tell(failed), IsOk());
  }
  EXPECT_EQ(Of("s1").SerializeAsString(), before.SerializeAsString());
}

TEST_F(FeedTest, AnOfferMayComeBeforeTheProfile) {
  ASSERT_THAT(Tell(Match(State::kOfferOpen, "s1")), IsOk());
  EXPECT_EQ(Of("s1").stage(), v1::STAGE_INTRODUCTIE);
  ASSERT_THAT(Tell(Profile("s1")), IsOk());
  const v1::Trajectory known = Of("s1");
  EXPECT_EQ(known.stage(), v1::STAGE_INTRODUCTIE);
  v1::GetTrajectoryRequest get;
  get.set_name(known.name());
  EXPECT_THAT(As(Role::kPartner, "p", "partner1").Unary(*stub_, &Service::GetTrajectory, get),
              IsOk());
}

TEST_F(FeedTest, WithdrawalEndsAndReturnBeginsAnew) {
  ASSERT_THAT(Tell(Profile("s1")), IsOk());
  ASSERT_THAT(Tell(Profile("s1", false, false)), IsOk());
  const v1::Trajectory ended = Of("s1");
  EXPECT_EQ(ended.exit().reason(), v1::EXIT_REASON_WITHDREW);
  EXPECT_EQ(ended.exit().stage(), v1::STAGE_SELECTIE);
  // An offer made before she left begins nothing.
  ASSERT_THAT(Tell(Match(State::kOfferOpen, "s1")), IsOk());
  EXPECT_EQ(List().size(), 1U);
  ASSERT_THAT(Tell(Profile("s1")), IsOk());
  EXPECT_EQ(List().size(), 2U);
}

TEST_F(FeedTest, AContractThatEndsLeadsBackOrOut) {
  Contract("early");
  ASSERT_THAT(Tell(Match(State::kContractEnded, "early")), IsOk());
  EXPECT_EQ(Of("early").stage(), v1::STAGE_SELECTIE);
  EXPECT_FALSE(Of("early").has_exit());
  Contract("late");
  GoTo(domain::On("2026-04-01"));
  ASSERT_THAT(Advance(Of("late").name(), v1::STAGE_GESTART), IsOk());
  domain::MatchNews ended = Match(State::kContractEnded, "late");
  ended.agreement.ended_by = "p.jansen";
  ASSERT_THAT(Tell(ended), IsOk());
  EXPECT_EQ(Of("late").exit().reason(), v1::EXIT_REASON_CONTRACT_ENDED);
  EXPECT_EQ(Of("late").exit().actor(), "p.jansen");
}

TEST_F(FeedTest, PositionsAreKeptWithTheChanges) {
  EXPECT_FALSE(Progress("profiles").synced());
  EXPECT_FALSE(profiles_.sink.resume_from.has_value());
  std::vector<domain::ProfileNews> many;
  for (int i = 0; i < 300; ++i) many.push_back(Profile("s" + std::to_string(i)));
  ASSERT_THAT(profiles_.Tell(many, std::nullopt), IsOk());
  EXPECT_FALSE(Progress("profiles").synced()) << "the list is not over";
  ASSERT_THAT(profiles_.Tell({}, 300), IsOk());
  EXPECT_TRUE(Progress("profiles").synced());
  EXPECT_EQ(Progress("profiles").sequence(), 300);
  EXPECT_EQ(process_->Ready().ok(), false) << "the scheduler was not read yet";
  ASSERT_THAT(matches_.Tell({}, 7), IsOk());
  EXPECT_THAT(process_->Ready(), IsOk());
  Restart();
  EXPECT_EQ(profiles_.starts, 2);
  EXPECT_EQ(profiles_.sink.resume_from, 300);
  EXPECT_EQ(matches_.sink.resume_from, 7);
  auto funnel = Ops(&Service::GetFunnel, v1::GetFunnelRequest());
  ASSERT_THAT(funnel, IsOk());
  EXPECT_EQ(funnel->stages(1).reached(), 300);
}

}  // namespace
}  // namespace matchgo::trajectories
