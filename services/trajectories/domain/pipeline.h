// Advance: what happens to a trajectory, as the next value and the effects as data.
//
// Refuses what the tables of stage.h do not have (ILLEGAL_STAGE and ILLEGAL_EXIT, the fact `legal`
// says what they have), and dates out of order. Nobody else changes a trajectory. Pure; no clock:
// `now` is given. Test: tests/unit/services/trajectories/pipeline_test.cc
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/base/status.h"
#include "services/trajectories/domain/trajectory.h"

namespace matchgo::trajectories::domain {

// What an offer or a contract says, as far as we follow it.
struct Agreement {
  std::string offer;
  std::string contract;
  std::string vacancy;
  std::string start;  // empty: a direct placement
  std::string sector;
  std::optional<Day> begins_on;
  std::optional<Day> ready_on;
  int32_t plan_hours = 0;
  std::string ended_by = {};  // who ended the contract; empty: nobody said, or it runs
};

struct Event {
  EventKind kind = EventKind::kQualified;
  std::optional<Day> on;  // absent: today
  // Told by a neighbour, not typed by somebody: a day out of order is moved, never refused, because
  // two feeds keep no common order.
  bool from_feed = false;
  std::string actor_role;
  std::string actor;                            // a person, or kProcess; empty: without a name
  std::vector<Evidence> evidence;               // of a stage
  std::optional<Agreement> agreement;           // of an offer or a contract
  std::string pause_reason;                     // of a pause
  ExitReason exit_reason = ExitReason::kOther;  // of an exit
  std::string explanation;                      // of an exit
};

// What others want to know of a step: counters, histograms, history of the funnel.
struct Effect {
  enum class Kind { kStep = 1, kExit = 2, kStartbekwaam = 3 };
  Kind kind = Kind::kStep;
  Stage from = Stage::kAangemeld;
  Stage to = Stage::kAangemeld;
  std::optional<ExitReason> reason;  // of an exit
  int32_t days = 0;                  // of startbekwaam: since the contract, without pauses
  std::string sector;                // where it happened; empty: none yet

  friend bool operator==(const Effect&, const Effect&) = default;
};

struct Transition {
  Trajectory next;
  std::vector<Effect> effects;
};

// What people may set by hand while it runs.
struct Edit {
  std::optional<std::string> coach;
  std::optional<int32_t> hours_done;
};

// A new trajectory at AANGEMELD since `on`, or today if that is in the future.
Trajectory Begin(TrajectoryId id, SwitcherId switcher, std::string partner, Day on, Instant now,
                 std::string actor_role, std::string actor);

// TRAJECTORY_ENDED, PAUSED, NOT_PAUSED, NOT_STARTED, ILLEGAL_STAGE, ILLEGAL_EXIT, HUMAN_REQUIRED,
// DATE_ORDER, EVIDENCE_REQUIRED; REQUIRED if an exit that others decide is not explained.
StatusOr<Transition> Advance(const Trajectory& trajectory, const Event& event, Instant now);

// The days in the plan of her contract moved before she began.
Trajectory Replan(Trajectory trajectory, const Agreement& agreement, Instant now);

// TRAJECTORY_ENDED. New hours count as progress of today.
StatusOr<Trajectory> Change(const Trajectory& trajectory, const Edit& edit, Instant now);

// The stages that may be recorded next, from `least` on: "GESTART"; "" if there is none.
std::string LegalStages(const Trajectory& trajectory, Stage least = Stage::kAangemeld);
// The reasons with which it may end early now: "WITHDREW, OTHER".
std::string LegalExits(const Trajectory& trajectory);

}  // namespace matchgo::trajectories::domain
