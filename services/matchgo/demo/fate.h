// Fate: what will happen to one switcher after her contract, drawn once from the seed.
//
// The same seed and place in the demo give the same fate, whenever it is asked. The rates are
// assumptions of ours (Behaviour), not findings. Pure.
// Test: tests/unit/services/matchgo/demo/fate_test.cc
#pragma once

#include <cstdint>
#include <optional>

#include "common/kernel/day.h"
#include "matchgo/trajectories/v1/trajectory.pb.h"

namespace matchgo::demo {

// How people behave, in thousandths; chosen so that every way out is seen.
struct Behaviour {
  int decline_permille = 45;         // a party says no
  int silent_permille = 20;          // a party never answers: the offer expires
  int early_exit_permille = 60;      // leaves in the first six weeks
  int late_exit_permille = 50;       // leaves between then and startbekwaam
  int pause_permille = 60;           // is ill for a while before startbekwaam
  int failed_permille = 15;          // fails the assessment for startbekwaam
  int groenpluk_permille = 70;       // is hired away before the diploma
  int contract_ended_permille = 30;  // loses the contract before the diploma
};

struct Fate {
  Day begins_on;
  Day able_on;   // startbekwaam
  Day worth_on;  // full wage
  Day diploma_on;
  std::optional<Day> ill_on;  // begins a pause, which ends on back_on
  Day back_on;
  std::optional<Day> exit_on;
  trajectories::v1::Stage exit_stage = trajectories::v1::STAGE_UNSPECIFIED;
  trajectories::v1::ExitReason exit_reason = trajectories::v1::EXIT_REASON_UNSPECIFIED;

  // Study hours done by a day, in proportion to the time between begin and able_on.
  int32_t HoursDone(int32_t plan_hours, Day today) const;
};

// `order`: her place in the demo. Dates come from the milestones that the contract planned.
Fate DrawFate(uint64_t seed, int64_t order, const Behaviour& behaviour,
              const trajectories::v1::Trajectory& trajectory);

}  // namespace matchgo::demo
