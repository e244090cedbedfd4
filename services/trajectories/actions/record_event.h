// What people record by hand: a trajectory of their own, a stage, a pause, an exit, hours and
// coach.
//
// Each loads the trajectory for its caller (NOT_FOUND if it is no party to it), guards the version
// (STALE), asks the domain and saves. Runs inside a write.
// Test: tests/unit/services/trajectories/trajectory_service_test.cc
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "common/base/status.h"
#include "common/random/random.h"
#include "common/sql/transaction.h"
#include "services/trajectories/domain/pipeline.h"

namespace matchgo::trajectories {

// Which trajectory, and the version it must still have; no version: whatever it is.
struct Target {
  TrajectoryId id;
  std::optional<int64_t> version;
};

// A switch matched outside the rounds; only what a caller may set is taken from the draft. EXISTS.
StatusOr<domain::Trajectory> StartTrajectory(sql::Tx& tx, Entropy& entropy,
                                             const domain::Trajectory& draft);

// A stage that was reached. Stages before GESTART follow from the feeds; only operations record
// them, for switches matched outside the rounds (ILLEGAL_STAGE).
StatusOr<domain::Trajectory> RecordStage(sql::Tx& tx, const Target& target, domain::Stage to,
                                         domain::Event event);

// A pause, its end, or an exit.
StatusOr<domain::Trajectory> RecordEvent(sql::Tx& tx, const Target& target, domain::Event event);

// Coach and hours. A change that changes nothing makes no event.
StatusOr<domain::Trajectory> EditTrajectory(sql::Tx& tx, const Target& target,
                                            const domain::Edit& edit);

}  // namespace matchgo::trajectories
