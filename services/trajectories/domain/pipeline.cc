#include "services/trajectories/domain/pipeline.h"

#include <algorithm>
#include <utility>

#include "common/base/status_macros.h"
#include "common/base/violations.h"
#include "common/kernel/person.h"
#include "services/trajectories/domain/deadlines.h"
#include "services/trajectories/domain/readiness.h"
#include "services/trajectories/reasons.h"

namespace matchgo::trajectories::domain {
namespace {

// The last day on which anything happened: nothing may happen before it.
Day LatestDay(const Trajectory& trajectory) {
  Day latest = trajectory.history.empty() ? Day() : trajectory.history.back().on;
  for (const Pause& pause : trajectory.pauses) {
    latest = std::max({latest, pause.from, pause.to.value_or(pause.from)});
  }
  return latest;
}

Status BadDate(const char* field) {
  Violations found;
  found.Add(field, "DATE_ORDER", "not in the future, not before what happened last");
  return std::move(found).ToStatus();
}

const char* DateField(EventKind kind) {
  switch (kind) {
    case EventKind::kPaused:
      return "from";
    case EventKind::kResumed:
    case EventKind::kExited:
      return "on";
    default:
      return "occurred_on";
  }
}

void Remember(const Event& event, Stage from, Day on, Instant now, Trajectory* next) {
  next->history.push_back({.from = from,
                           .to = next->stage,
                           .event = std::string(FormatEvent(event.kind)),
                           .time = now,
                           .on = on,
                           .actor_role = event.actor_role,
                           .actor = event.actor});
}

StatusOr<Transition> PauseAt(Trajectory next, const Event& event, Day on, Instant now) {
  if (next.paused()) return Precondition(kPaused);
  if (next.stage < Stage::kContract) return Precondition(kNotStarted);
  next.pauses.push_back({.from = on, .to = {}, .reason = event.pause_reason});
  Remember(event, next.stage, on, now, &next);
  return Transition{.next = std::move(next), .effects = {}};
}

StatusOr<Transition> ResumeAt(Trajectory next, const Event& event, Day on, Instant now) {
  if (!next.paused()) return Precondition(kNotPaused);
  next.pauses.back().to = on;
  Remember(event, next.stage, on, now, &next);
  return Transition{.next = std::move(next), .effects = {}};
}

// No adverse end is automatic: a person answers for it, and says why. What a neighbour tells has
// happened already.
Status CheckDecider(const Event& event) {
  if (event.from_feed || !OthersDecide(event.exit_reason)) return absl::OkStatus();
  if (!NamesAPerson(event.actor)) return Precondition(kHumanRequired);
  Violations found;
  if (event.explanation.empty()) found.Add("explanation", "REQUIRED", "a value");
  return std::move(found).ToStatus();
}

StatusOr<Transition> ExitAt(Trajectory next, const Event& event, Day on, Instant now) {
  if (!MayExit(next.stage, event.exit_reason, next.direct)) {
    return WithFact(Precondition(kIllegalExit), "legal", LegalExits(next));
  }
  RETURN_IF_ERROR(CheckDecider(event));
  if (next.paused()) next.pauses.back().to = on;
  next.exit = Exit{.reason = event.exit_reason,
                   .on = on,
                   .stage = next.stage,
                   .actor = event.actor,
                   .explanation = event.explanation};
  Remember(event, next.stage, on, now, &next);
  const Effect effect{.kind = Effect::Kind::kExit,
                      .from = next.stage,
                      .to = next.stage,
                      .reason = event.exit_reason,
                      .days = 0,
                      .sector = next.sector};
  return Transition{.next = std::move(next), .effects = {effect}};
}

// What an agreement brings, and what its failure takes away again.
void TakeAgreement(const Event& event, Trajectory* next) {
  if (event.kind == EventKind::kOfferFailed || event.kind == EventKind::kContractVoided) {
    next->offer.clear();
    next->contract.clear();
    next->vacancy.clear();
    next->start.clear();
    next->sector.clear();
    next->direct = false;
    next->plan_hours = 0;
    next->hours_done = 0;
    next->progress_on.reset();
    for (Stage stage = Stage::kIntroductie; stage <= Stage::kGediplomeerd;
         stage = static_cast<Stage>(static_cast<int>(stage) + 1)) {
      next->at(stage) = {};
    }
    return;
  }
  if (!event.agreement.has_value()) return;
  const Agreement& agreement = *event.agreement;
  next->offer = agreement.offer;
  next->vacancy = agreement.vacancy;
  next->start = agreement.start;
  next->sector = agreement.sector;
  next->direct = agreement.start.empty();
  if (event.kind != EventKind::kContractSigned) return;
  next->contract = agreement.contract;
  next->plan_hours = agreement.plan_hours;
  next->at(Stage::kGestart).planned = agreement.begins_on;
  if (!next->direct) next->at(Stage::kStartbekwaam).planned = agreement.ready_on;
}

StatusOr<Transition> StepAt(Trajectory next, const Event& event, Day on, Instant now) {
  const std::optional<Stage> to = NextStage(next.stage, event.kind, next.direct);
  if (!to.has_value()) {
    return WithFact(Precondition(kIllegalStage), "legal", LegalStages(next));
  }
  const Stage from = next.stage;
  // A contract that ends takes its pause along; anything else waits until she is back.
  if (next.paused() && *to > from) return Precondition(kPaused);
  if (next.paused()) next.pauses.back().to = on;
  RETURN_IF_ERROR(CheckEvidence(*to, event.evidence, on));
  const std::string sector_before = next.sector;
  TakeAgreement(event, &next);
  const std::string sector = next.sector.empty() ? sector_before : next.sector;
  next.stage = *to;
  if (*to > from) {
    next.at(*to).actual = on;
    next.at(*to).evidence = event.evidence;
  }
  std::vector<Effect> effects{{.kind = Effect::Kind::kStep,
                               .from = from,
                               .to = *to,
                               .reason = {},
                               .days = 0,
                               .sector = sector}};
  const std::optional<Day> signed_on = next.at(Stage::kContract).actual;
  if (*to == Stage::kStartbekwaam && !next.direct && signed_on.has_value()) {
    const int32_t days = on - *signed_on - PausedDays(next, *signed_on, on);
    next.match_to_startbekwaam_days = days;
    effects.push_back({.kind = Effect::Kind::kStartbekwaam,
                       .from = from,
                       .to = *to,
                       .reason = {},
                       .days = days,
                       .sector = sector});
  }
  next.finished = *to == LastStage(next.direct);
  Remember(event, from, on, now, &next);
  return Transition{.next = std::move(next), .effects = std::move(effects)};
}

StatusOr<Transition> Apply(const Trajectory& trajectory, const Event& event, Day on, Instant now) {
  switch (event.kind) {
    case EventKind::kPaused:
      return PauseAt(trajectory, event, on, now);
    case EventKind::kResumed:
      return ResumeAt(trajectory, event, on, now);
    case EventKind::kExited:
      return ExitAt(trajectory, event, on, now);
    default:
      return StepAt(trajectory, event, on, now);
  }
}

// "A", then "A, B".
void AddWord(std::string_view word, std::string* words) {
  if (!words->empty()) *words += ", ";
  *words += word;
}

}  // namespace

int32_t PausedDays(const Trajectory& trajectory, Day from, Day until) {
  int32_t days = 0;
  for (const Pause& pause : trajectory.pauses) {
    const Day begin = std::max(pause.from, from);
    const Day end = std::min(pause.to.value_or(until), until);
    if (begin < end) days += end - begin;
  }
  return days;
}

Trajectory Begin(TrajectoryId id, SwitcherId switcher, std::string partner, Day on, Instant now,
                 std::string actor_role, std::string actor) {
  Trajectory trajectory;
  trajectory.id = std::move(id);
  trajectory.switcher = std::move(switcher);
  trajectory.partner = std::move(partner);
  on = std::min(on, DayOf(now));
  trajectory.at(Stage::kAangemeld).actual = on;
  trajectory.history.push_back({.from = Stage::kAangemeld,
                                .to = Stage::kAangemeld,
                                .event = "REGISTERED",
                                .time = now,
                                .on = on,
                                .actor_role = std::move(actor_role),
                                .actor = std::move(actor)});
  return trajectory;
}

StatusOr<Transition> Advance(const Trajectory& trajectory, const Event& event, Instant now) {
  if (trajectory.ended()) return Precondition(kTrajectoryEnded);
  const Day today = DayOf(now);
  const Day latest = LatestDay(trajectory);
  const Day on = event.on.value_or(today);
  // Only a day that somebody named can be out of order.
  if (event.on.has_value() && !event.from_feed && (on > today || on < latest)) {
    // What is illegal anyway is said first: no date would mend it.
    const auto illegal = Apply(trajectory, event, on, now);
    return illegal.ok() ? BadDate(DateField(event.kind)) : illegal.status();
  }
  const Day moved = std::max(std::min(on, today), latest);
  ASSIGN_OR_RETURN(Transition transition, Apply(trajectory, event, moved, now));
  transition.next = Review(std::move(transition.next), today);
  return transition;
}

Trajectory Replan(Trajectory trajectory, const Agreement& agreement, Instant now) {
  trajectory.at(Stage::kGestart).planned = agreement.begins_on;
  if (!trajectory.direct) trajectory.at(Stage::kStartbekwaam).planned = agreement.ready_on;
  return Review(std::move(trajectory), DayOf(now));
}

StatusOr<Trajectory> Change(const Trajectory& trajectory, const Edit& edit, Instant now) {
  if (trajectory.ended()) return Precondition(kTrajectoryEnded);
  Trajectory next = trajectory;
  if (edit.coach.has_value()) next.coach = *edit.coach;
  if (edit.hours_done.has_value() && *edit.hours_done != trajectory.hours_done) {
    next.hours_done = *edit.hours_done;
    next.progress_on = DayOf(now);
  }
  if (next == trajectory) return next;
  return Review(std::move(next), DayOf(now));
}

std::string LegalStages(const Trajectory& trajectory, Stage least) {
  std::string legal;
  if (trajectory.ended()) return legal;
  for (const Step& step : kSteps) {
    if (step.from != trajectory.stage || !Fits(step.route, trajectory.direct)) continue;
    if (step.to < step.from || step.to < least) continue;
    AddWord(FormatStage(step.to), &legal);
  }
  return legal;
}

std::string LegalExits(const Trajectory& trajectory) {
  std::string legal;
  if (trajectory.ended()) return legal;
  for (const ExitRule& rule : kExits) {
    if (MayExit(trajectory.stage, rule.reason, trajectory.direct)) {
      AddWord(FormatExit(rule.reason), &legal);
    }
  }
  return legal;
}

}  // namespace matchgo::trajectories::domain
