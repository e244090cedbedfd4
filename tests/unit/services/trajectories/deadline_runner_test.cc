#include "services/trajectories/runner/deadline_runner.h"

#include <gtest/gtest.h>

#include "tests/unit/services/trajectories/trajectories_process.h"

namespace matchgo::trajectories {
namespace {

class DeadlineRunnerTest : public TrajectoriesProcess {};

TEST_F(DeadlineRunnerTest, ATickFlagsWhatBecameOverdue) {
  ASSERT_THAT(Tell(Profile("s1")), IsOk());
  const v1::Trajectory before = Of("s1");
  process_->TickAll();
  EXPECT_EQ(Of("s1").etag(), before.etag()) << "nothing is due";
  GoTo(domain::On("2026-03-03"));
  process_->TickAll();
  const v1::Trajectory after = Of("s1");
  EXPECT_TRUE(after.overdue());
  EXPECT_EQ(after.risks(0), v1::Trajectory::RISK_OVERDUE);
  EXPECT_EQ(after.sequence(), before.sequence() + 1);
  v1::ListTrajectoriesRequest at_risk;
  at_risk.set_at_risk(true);
  EXPECT_EQ(List(at_risk).size(), 1U);
  process_->TickAll();
  EXPECT_EQ(Of("s1").etag(), after.etag()) << "told once";
}

TEST_F(DeadlineRunnerTest, ALookWithoutNewsMakesNoVersion) {
  Contract("s1");
  GoTo(domain::On("2026-04-01"));
  ASSERT_THAT(Advance(Of("s1").name(), v1::STAGE_GESTART), IsOk());
  const v1::Trajectory before = Of("s1");
  GoTo(domain::On("2026-04-03"));
  process_->TickAll();
  EXPECT_EQ(Of("s1").etag(), before.etag());
  // Ten hours behind within a week is more than a tenth.
  GoTo(domain::On("2026-04-08"));
  process_->TickAll();
  EXPECT_EQ(Of("s1").risks(0), v1::Trajectory::RISK_BEHIND_PLAN);
}

TEST_F(DeadlineRunnerTest, NumbersFollowWhatHappened) {
  Contract("s1");
  ASSERT_THAT(Tell(Profile("s2")), IsOk());
  GoTo(domain::On("2026-02-03"));
  process_->TickAll();
  const std::string text = process_->metrics().Text();
  EXPECT_NE(text.find(R"(matchgo_trajectories{sector="zorg",stage="CONTRACT"} 1)"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find(R"(matchgo_trajectories{sector="none",stage="SELECTIE"} 1)"),
            std::string::npos);
  EXPECT_NE(text.find(R"(from="AANGEMELD",sector="none",to="SELECTIE"} 2)"), std::string::npos);
  EXPECT_NE(text.find("matchgo_match_to_startbekwaam_days_count 0"), std::string::npos);
  EXPECT_NE(text.find("matchgo_exits_total"), std::string::npos);
}

}  // namespace
}  // namespace matchgo::trajectories
