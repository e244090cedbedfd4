// SaveChange: one change of one trajectory: next revision, one event, row, stages reached, effects.
//
// Every action ends here, so every change of a trajectory makes exactly one event. Runs inside a
// write. Test: tests/unit/services/trajectories/trajectory_store_test.cc
#pragma once

#include "common/base/status.h"
#include "common/sql/transaction.h"
#include "services/trajectories/domain/pipeline.h"

namespace matchgo::trajectories {

// `kind`: "trajectory.advanced". A record without a version is inserted, as "trajectory.started":
// EXISTS if the switcher has a running one. Else it replaces its version: STALE.
StatusOr<domain::Trajectory> SaveChange(sql::Tx& tx, domain::Transition change, const char* kind);

}  // namespace matchgo::trajectories
