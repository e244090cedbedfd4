#include "services/trajectories/domain/deadlines.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/services/trajectories/some_trajectory.h"

namespace matchgo::trajectories::domain {
namespace {

bool Has(const Trajectory& trajectory, Risk risk) {
  return std::count(trajectory.risks.begin(), trajectory.risks.end(), risk) == 1;
}

TEST(DeadlinesTest, TargetsFollowFromTheTable) {
  const Trajectory matching = At(Stage::kSelectie);
  EXPECT_EQ(matching.at(Stage::kContract).target, On("2026-03-02")) << "four weeks";
  const Trajectory started = At(Stage::kGestart);
  EXPECT_EQ(started.at(Stage::kStartbekwaam).target, On("2026-10-01"));
  EXPECT_EQ(started.at(Stage::kOpLoonwaarde).target, On("2027-04-01"));
  EXPECT_EQ(started.at(Stage::kGediplomeerd).target, On("2029-04-01"));
}

TEST(DeadlinesTest, ThePlanOfTheContractIsPlanned) {
  const Trajectory signed_up = At(Stage::kContract);
  EXPECT_EQ(signed_up.at(Stage::kGestart).planned, On("2026-04-01"));
  EXPECT_EQ(signed_up.at(Stage::kStartbekwaam).planned, On("2026-09-28"));
  EXPECT_FALSE(At(Stage::kContract, true).at(Stage::kStartbekwaam).planned.has_value());
  EXPECT_FALSE(At(Stage::kContract, true).at(Stage::kGediplomeerd).target.has_value());
}

TEST(DeadlinesTest, APauseMovesTargetsByItsDays) {
  Trajectory started = At(Stage::kGestart);
  started.pauses = {{.from = On("2026-05-01"), .to = On("2026-05-11"), .reason = "CARE"}};
  const Trajectory reviewed = Review(started, On("2026-06-01"));
  EXPECT_EQ(reviewed.at(Stage::kStartbekwaam).target, On("2026-10-11"));
}

TEST(DeadlinesTest, OverdueBeginsTheDayAfter) {
  const Trajectory matching = At(Stage::kSelectie);
  EXPECT_FALSE(Review(matching, On("2026-03-02")).overdue);
  EXPECT_TRUE(Review(matching, On("2026-03-03")).overdue);
  EXPECT_TRUE(Has(Review(matching, On("2026-03-03")), Risk::kOverdue));
  EXPECT_FALSE(Review(At(Stage::kContract), On("2026-04-01")).overdue);
  EXPECT_TRUE(Review(At(Stage::kContract), On("2026-04-02")).overdue);
}

TEST(DeadlinesTest, BehindPlanIsMoreThanATenth) {
  Trajectory started = At(Stage::kGestart);  // 2 hours a day
  started.hours_done = 108;                  // of 120 by day 60
  EXPECT_FALSE(Has(Review(started, On("2026-05-31")), Risk::kBehindPlan));
  started.hours_done = 107;
  EXPECT_TRUE(Has(Review(started, On("2026-05-31")), Risk::kBehindPlan));
}

TEST(DeadlinesTest, TheForecastFollowsHerPace) {
  Trajectory started = At(Stage::kGestart);
  started.hours_done = 60;  // one a day for 60 days; 300 are left
  const Trajectory slow = Review(started, On("2026-05-31"));
  EXPECT_EQ(slow.at(Stage::kStartbekwaam).forecast, On("2026-05-31") + 300);
  EXPECT_TRUE(Has(slow, Risk::kForecastLate));
  started.hours_done = 120;
  const Trajectory steady = Review(started, On("2026-05-31"));
  EXPECT_EQ(steady.at(Stage::kStartbekwaam).forecast, On("2026-09-28"));
  EXPECT_FALSE(Has(steady, Risk::kForecastLate));
}

TEST(DeadlinesTest, NoProgressForThirtyDaysIsARiskUnlessPaused) {
  Trajectory started = At(Stage::kGestart);
  started.progress_on = On("2026-05-01");
  started.hours_done = 360;
  EXPECT_FALSE(Has(Review(started, On("2026-05-31")), Risk::kNoProgress));
  EXPECT_TRUE(Has(Review(started, On("2026-06-01")), Risk::kNoProgress));
  started.pauses = {{.from = On("2026-05-02"), .to = {}, .reason = "PARENTHOOD"}};
  EXPECT_FALSE(Has(Review(started, On("2026-06-01")), Risk::kNoProgress));
  EXPECT_FALSE(Has(Review(started, On("2026-07-01")), Risk::kLongPause));
  EXPECT_TRUE(Has(Review(started, On("2026-07-02")), Risk::kLongPause));
}

// The promise of NextCheck: on no day before it does a review find news.
TEST(DeadlinesTest, NothingWorthTellingHappensBeforeTheNextCheckButWithinAWeek) {
  for (const Stage stage : {Stage::kAangemeld, Stage::kSelectie, Stage::kIntroductie,
                            Stage::kContract, Stage::kStartbekwaam, Stage::kOpLoonwaarde}) {
    Trajectory trajectory = At(stage);
    Day today = trajectory.history.back().on;
    trajectory = Review(trajectory, today);
    for (int looks = 0; looks < 20; ++looks) {
      const std::optional<Day> next = NextCheck(trajectory, today);
      const Day until = next.value_or(today + 2000);
      ASSERT_GT(until, today);
      for (Day day = today + 1; day < until; day = day + 1) {
        const Trajectory then = Review(trajectory, day);
        // What a forecast that is pushed day by day crosses is seen at the weekly look.
        if (until - today <= kCheckDays) break;
        ASSERT_FALSE(WorthTelling(trajectory, then))
            << FormatStage(stage) << " on " << FormatDay(day) << " next " << FormatDay(until);
      }
      if (!next.has_value()) break;
      today = *next;
      trajectory = Review(trajectory, today);
    }
  }
}

TEST(DeadlinesTest, AnEndedTrajectoryIsNeverLookedAtAgain) {
  EXPECT_FALSE(NextCheck(At(Stage::kGediplomeerd), On("2028-06-01")).has_value());
  EXPECT_EQ(NextCheck(At(Stage::kGestart), On("2026-04-01")), On("2026-04-08"));
}

}  // namespace
}  // namespace matchgo::trajectories::domain
