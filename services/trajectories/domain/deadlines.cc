#include "services/trajectories/domain/deadlines.h"

#include <algorithm>
#include <utility>

namespace matchgo::trajectories::domain {
namespace {

// The stage after this one on her route.
std::optional<Stage> Following(const Trajectory& trajectory) {
  for (const Step& step : kSteps) {
    if (step.from == trajectory.stage && step.to > step.from &&
        Fits(step.route, trajectory.direct)) {
      return step.to;
    }
  }
  return std::nullopt;
}

bool OnRoute(const Trajectory& trajectory, Stage stage) {
  return !trajectory.direct || (stage != Stage::kStartbekwaam && stage != Stage::kGediplomeerd);
}

void SetTargets(Trajectory* trajectory, Day today) {
  for (const Target& target : kTargets) {
    const Milestone& after = trajectory->at(target.after);
    const std::optional<Day> anchor = after.actual.has_value() ? after.actual : after.planned;
    Milestone& milestone = trajectory->at(target.stage);
    milestone.target.reset();
    if (!anchor.has_value() || !OnRoute(*trajectory, target.stage)) continue;
    const Day until = milestone.actual.value_or(today);
    milestone.target =
        AddMonths(*anchor, target.months) + target.days + PausedDays(*trajectory, *anchor, until);
  }
  Milestone& started = trajectory->at(Stage::kGestart);
  started.target = started.planned;
}

// Study days she has had: since the start, without pauses.
int32_t ActiveDays(const Trajectory& trajectory, Day today) {
  const std::optional<Day> started = trajectory.at(Stage::kGestart).actual;
  if (!started.has_value()) return 0;
  return std::max(0, today - *started - PausedDays(trajectory, *started, today));
}

// Days the plan has for all its hours; at least one.
int32_t PlanDays(const Trajectory& trajectory) {
  const std::optional<Day> begin = trajectory.at(Stage::kGestart).planned;
  const std::optional<Day> ready = trajectory.at(Stage::kStartbekwaam).planned;
  if (!begin.has_value() || !ready.has_value()) return 0;
  return std::max(1, *ready - *begin);
}

// Days still needed for the hours that are left: at her own pace once there is one to speak of.
int32_t DaysToReady(const Trajectory& trajectory, Day today) {
  const int64_t left = std::max(0, trajectory.plan_hours - trajectory.hours_done);
  int64_t days = PlanDays(trajectory);
  int64_t hours = std::max(1, trajectory.plan_hours);
  const int32_t active = ActiveDays(trajectory, today);
  if (active >= kOwnPaceAfterDays && trajectory.hours_done > 0) {
    days = active;
    hours = trajectory.hours_done;
  }
  constexpr int64_t kLongest = 3650;
  return static_cast<int32_t>(std::min(kLongest, (left * days + hours - 1) / hours));
}

std::optional<Day> ForecastReady(const Trajectory& trajectory, Day today) {
  const Milestone& ready = trajectory.at(Stage::kStartbekwaam);
  if (trajectory.stage == Stage::kContract) {
    const Day begin = trajectory.at(Stage::kGestart).planned.value_or(today);
    if (!ready.planned.has_value()) return std::nullopt;
    return *ready.planned + std::max(0, today - begin);
  }
  if (trajectory.plan_hours == 0) {
    if (!ready.planned.has_value()) return std::nullopt;
    const Day started = *trajectory.at(Stage::kGestart).actual;
    return std::max(today, *ready.planned + PausedDays(trajectory, started, today));
  }
  return today + DaysToReady(trajectory, today);
}

void SetForecasts(Trajectory* trajectory, Day today) {
  for (Milestone& milestone : trajectory->milestones) milestone.forecast.reset();
  if (trajectory->ended() || trajectory->stage < Stage::kContract) return;
  Milestone& started = trajectory->at(Stage::kGestart);
  if (!started.actual.has_value()) {
    if (!started.planned.has_value()) return;
    started.forecast = std::max(today, *started.planned);
  }
  const Day begin = started.actual.has_value() ? *started.actual : *started.forecast;
  const int32_t paused = PausedDays(*trajectory, begin, today);

  Milestone& ready = trajectory->at(Stage::kStartbekwaam);
  if (!trajectory->direct && !ready.actual.has_value()) {
    ready.forecast = ForecastReady(*trajectory, today);
  }
  Milestone& wage = trajectory->at(Stage::kOpLoonwaarde);
  if (!wage.actual.has_value()) {
    const std::optional<Day> able = ready.actual.has_value() ? ready.actual : ready.forecast;
    const Day expected = able.has_value() ? AddMonths(*able, 6) : AddMonths(begin, 12) + paused;
    wage.forecast = std::max(today, expected);
  }
  Milestone& diploma = trajectory->at(Stage::kGediplomeerd);
  if (!trajectory->direct && !diploma.actual.has_value()) {
    const Day wage_on = wage.actual.has_value() ? *wage.actual : *wage.forecast;
    diploma.forecast = std::max({today, wage_on, AddMonths(begin, kDiplomaMonthsUsual) + paused});
  }
}

bool IsOverdue(const Trajectory& trajectory, Day today) {
  const std::optional<Stage> following = Following(trajectory);
  if (!following.has_value()) return false;
  const Milestone& milestone = trajectory.at(*following);
  if (milestone.planned.has_value()) {
    const Day since = trajectory.at(Stage::kContract).actual.value_or(today);
    return today > *milestone.planned + PausedDays(trajectory, since, today);
  }
  // The match phase is promised as a whole, so its promise holds from SELECTIE on.
  const Stage due = *following == Stage::kIntroductie ? Stage::kContract : *following;
  const std::optional<Day> target = trajectory.at(due).target;
  return target.has_value() && today > *target;
}

bool IsBehindPlan(const Trajectory& trajectory, Day today) {
  if (trajectory.stage != Stage::kGestart || trajectory.plan_hours == 0) return false;
  const int64_t plan_days = PlanDays(trajectory);
  if (plan_days == 0) return false;
  const int64_t days = std::min<int64_t>(plan_days, ActiveDays(trajectory, today));
  // done < 0.9 × plan × days / plan_days, without fractions.
  return int64_t{10} * trajectory.hours_done * plan_days <
         int64_t{9} * trajectory.plan_hours * days;
}

bool IsForecastLate(const Trajectory& trajectory) {
  return std::any_of(trajectory.milestones.begin(), trajectory.milestones.end(),
                     [](const Milestone& milestone) {
                       return milestone.forecast.has_value() && milestone.target.has_value() &&
                              *milestone.forecast > *milestone.target;
                     });
}

bool HasNoProgress(const Trajectory& trajectory, Day today) {
  if (trajectory.stage != Stage::kGestart || trajectory.plan_hours == 0 || trajectory.paused()) {
    return false;
  }
  Day since = *trajectory.at(Stage::kGestart).actual;
  if (trajectory.progress_on.has_value()) since = std::max(since, *trajectory.progress_on);
  if (!trajectory.pauses.empty()) since = std::max(since, *trajectory.pauses.back().to);
  return today - since > kNoProgressDays;
}

}  // namespace

Trajectory Review(Trajectory trajectory, Day today) {
  SetTargets(&trajectory, today);
  SetForecasts(&trajectory, today);
  trajectory.overdue = false;
  trajectory.risks.clear();
  if (trajectory.ended()) return trajectory;
  trajectory.overdue = IsOverdue(trajectory, today);
  if (IsBehindPlan(trajectory, today)) trajectory.risks.push_back(Risk::kBehindPlan);
  if (IsForecastLate(trajectory)) trajectory.risks.push_back(Risk::kForecastLate);
  if (trajectory.paused() && today - trajectory.pauses.back().from > kLongPauseDays) {
    trajectory.risks.push_back(Risk::kLongPause);
  }
  if (HasNoProgress(trajectory, today)) trajectory.risks.push_back(Risk::kNoProgress);
  if (trajectory.overdue) trajectory.risks.push_back(Risk::kOverdue);
  return trajectory;
}

std::optional<Day> NextCheck(const Trajectory& trajectory, Day today) {
  if (trajectory.ended()) return std::nullopt;
  if (trajectory.stage == Stage::kGestart || trajectory.paused()) return today + kCheckDays;
  std::optional<Day> next;
  auto consider = [&](const std::optional<Day>& day) {
    if (!day.has_value()) return;
    // A date that has passed pushes the forecasts from then on.
    const Day wanted = *day >= today ? *day + 1 : today + kCheckDays;
    if (!next.has_value() || wanted < *next) next = wanted;
  };
  for (const Milestone& milestone : trajectory.milestones) {
    if (milestone.actual.has_value()) continue;
    if (milestone.target.has_value() && *milestone.target >= today) consider(milestone.target);
    consider(milestone.planned);
    consider(milestone.forecast);
  }
  return next;
}

bool WorthTelling(const Trajectory& before, const Trajectory& after) {
  if (before.overdue != after.overdue || before.risks != after.risks) return true;
  for (size_t i = 0; i < before.milestones.size(); ++i) {
    const std::optional<Day> old = before.milestones[i].forecast;
    const std::optional<Day> fresh = after.milestones[i].forecast;
    if (old.has_value() != fresh.has_value()) return true;
    if (old.has_value() && std::max(*old - *fresh, *fresh - *old) >= kForecastMoveDays) return true;
  }
  return false;
}

}  // namespace matchgo::trajectories::domain
