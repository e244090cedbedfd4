// RecordKeeper: the port to whoever owns what a trajectory names: a switcher, a vacancy, a start, a
// contract.
//
// Asked before a trajectory is registered by hand, never inside a transaction; all others arise
// from the feeds and name what a neighbour told. May block. Real one: grpc_record_keeper.h.
// Test: tests/unit/services/trajectories/grpc_record_keeper_test.cc
#pragma once

#include <functional>

#include "common/base/status.h"
#include "common/service/call.h"
#include "services/trajectories/domain/references.h"

namespace matchgo::trajectories::clients {

// Which of the records that are named are there.
using RecordKeeper =
    std::function<StatusOr<domain::Known>(const Call& call, const domain::Trajectory& draft)>;

}  // namespace matchgo::trajectories::clients
