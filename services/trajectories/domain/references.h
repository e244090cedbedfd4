// What a trajectory registered by hand names, and what its owners know of it.
//
// A name that nobody knows would give a stranger a trajectory, or an employer one of somebody she
// never hired. Pure. Test: tests/unit/services/trajectories/grpc_record_keeper_test.cc
#pragma once

#include "common/base/status.h"
#include "services/trajectories/domain/trajectory.h"

namespace matchgo::trajectories::domain {

// False: named, and not there.
struct Known {
  bool switcher = true;  // also false when she has withdrawn
  bool vacancy = true;
  bool start = true;
  bool contract = true;  // also false when it is somebody else's, or of another vacancy or start
};

// SWITCHER_UNKNOWN, VACANCY_UNKNOWN, START_UNKNOWN, CONTRACT_UNKNOWN: all that hold.
Status CheckKnown(const Known& known);

}  // namespace matchgo::trajectories::domain
