// The feed of trajectories: events after a sequence with the trajectories as they are now.
//
// Several events of one trajectory in a batch become one, at the place of the last. Runs inside a
// read. Test: tests/unit/services/trajectories/trajectory_service_test.cc
#pragma once

#include <cstdint>

#include "common/base/status.h"
#include "common/rpc/watch_reactor.h"
#include "common/sql/transaction.h"
#include "common/vault/vault.h"
#include "matchgo/trajectories/v1/trajectory_service.pb.h"

namespace matchgo::trajectories {

// FELL_BEHIND if `after` was never reached.
StatusOr<rpc::Batch<v1::TrajectoryChange>> ReadChanges(sql::Tx& tx, Vault& vault, int64_t after,
                                                       int limit);

}  // namespace matchgo::trajectories
