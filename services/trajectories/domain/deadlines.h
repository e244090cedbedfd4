// Deadlines: by when each stage is promised, planned and expected, and what is at risk.
//
// The promises are data (kTargets). A pause moves every later date by its days. Whole numbers only.
// Pure: `today` is given. Test: tests/unit/services/trajectories/deadlines_test.cc
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "common/kernel/day.h"
#include "services/trajectories/domain/trajectory.h"

namespace matchgo::trajectories::domain {

// A stage is promised so long after another was reached (or is planned).
struct Target {
  Stage stage;
  Stage after;
  int days;
  int months;
};

inline constexpr auto kTargets = std::to_array<Target>({
    {Stage::kContract, Stage::kSelectie, 28, 0},
    {Stage::kStartbekwaam, Stage::kGestart, 0, 6},
    {Stage::kOpLoonwaarde, Stage::kGestart, 0, 12},
    {Stage::kGediplomeerd, Stage::kGestart, 0, 36},
});

inline constexpr int kDiplomaMonthsUsual = 24;  // after two years, at most three
inline constexpr int32_t kLongPauseDays = 60;
inline constexpr int32_t kNoProgressDays = 30;
inline constexpr int32_t kOwnPaceAfterDays = 28;  // until then the plan's pace is expected
inline constexpr int32_t kForecastMoveDays = 7;   // smaller moves are no news
inline constexpr int32_t kCheckDays = 7;          // while she learns or is paused

// With targets, forecasts, overdue and risks as they are today. An ended trajectory has none.
Trajectory Review(Trajectory trajectory, Day today);

// The first day after `today` on which a review may find news: until then nobody need look. Nothing
// if only an event can change it.
std::optional<Day> NextCheck(const Trajectory& trajectory, Day today);

// Whether the difference is worth a new version: overdue or risks changed, or a forecast came, went
// or moved by a week.
bool WorthTelling(const Trajectory& before, const Trajectory& after);

}  // namespace matchgo::trajectories::domain
