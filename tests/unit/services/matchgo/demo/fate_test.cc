#include "services/matchgo/demo/fate.h"

#include <gtest/gtest.h>

namespace matchgo::demo {
namespace {

namespace traj = trajectories::v1;

traj::Trajectory Signed(bool direct) {
  traj::Trajectory trajectory;
  trajectory.set_direct(direct);
  auto* contract = trajectory.add_milestones();
  contract->set_stage(traj::STAGE_CONTRACT);
  contract->set_actual_on("2026-09-20");
  auto* started = trajectory.add_milestones();
  started->set_stage(traj::STAGE_GESTART);
  started->set_planned_on("2026-11-02");
  auto* able = trajectory.add_milestones();
  able->set_stage(traj::STAGE_STARTBEKWAAM);
  able->set_planned_on("2027-04-01");
  return trajectory;
}

TEST(FateTest, IsTheSameWheneverItIsAsked) {
  for (int64_t order = 0; order < 50; ++order) {
    const Fate once = DrawFate(7, order, {}, Signed(false));
    const Fate again = DrawFate(7, order, {}, Signed(false));
    EXPECT_EQ(once.able_on, again.able_on);
    EXPECT_EQ(once.exit_on, again.exit_on);
    EXPECT_EQ(once.exit_reason, again.exit_reason);
  }
}

TEST(FateTest, KeepsTheStagesInOrder) {
  for (int64_t order = 0; order < 2000; ++order) {
    const Fate fate = DrawFate(11, order, {}, Signed(order % 3 == 0));
    EXPECT_LT(fate.begins_on, fate.able_on) << order;
    EXPECT_LT(fate.able_on, fate.worth_on) << order;
    EXPECT_LT(fate.worth_on, fate.diploma_on) << order;
    if (fate.ill_on) {
      EXPECT_LT(fate.begins_on, *fate.ill_on) << order;
      EXPECT_LT(*fate.ill_on, fate.back_on) << order;
      EXPECT_LT(fate.back_on, fate.able_on) << order;
    }
    if (fate.exit_on) {
      EXPECT_LT(fate.begins_on, *fate.exit_on) << order;
    }
  }
}

TEST(FateTest, HappensAboutAsOftenAsBehaviourSays) {
  const Behaviour behaviour;
  constexpr int kPeople = 20'000;
  int early = 0;
  int groenpluk = 0;
  int ill = 0;
  for (int64_t order = 0; order < kPeople; ++order) {
    const Fate fate = DrawFate(3, order, behaviour, Signed(false));
    if (fate.exit_on && *fate.exit_on < fate.begins_on + 42) ++early;
    if (fate.exit_reason == traj::EXIT_REASON_GROENPLUK) ++groenpluk;
    if (fate.ill_on) ++ill;
  }
  EXPECT_NEAR(early * 1000 / kPeople, behaviour.early_exit_permille, 8);
  // Only those who did not leave before can be hired away.
  EXPECT_NEAR(groenpluk * 1000 / kPeople, behaviour.groenpluk_permille * 88 / 100, 8);
  EXPECT_NEAR(ill * 1000 / kPeople, behaviour.pause_permille, 10);
}

TEST(FateTest, DirectPlacementsNeitherFailAssessmentsNorLoseDiplomas) {
  for (int64_t order = 0; order < 2000; ++order) {
    const Fate fate = DrawFate(5, order, {}, Signed(true));
    EXPECT_NE(fate.exit_reason, traj::EXIT_REASON_ASSESSMENT_FAILED);
    EXPECT_NE(fate.exit_reason, traj::EXIT_REASON_GROENPLUK);
  }
}

TEST(FateTest, HoursGrowWithTheDays) {
  const Fate fate = DrawFate(1, 1, {}, Signed(false));
  EXPECT_EQ(fate.HoursDone(100, fate.begins_on), 0);
  EXPECT_EQ(fate.HoursDone(100, fate.able_on + 100), 100);
  EXPECT_LE(fate.HoursDone(100, fate.begins_on + 30), fate.HoursDone(100, fate.begins_on + 60));
}

}  // namespace
}  // namespace matchgo::demo
