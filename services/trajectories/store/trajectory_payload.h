// Trajectories as public messages: how they are stored, and how they travel. One place for both,
// because the stored payload is the public message.
//
// Fill writes what we know and leaves the rest of the message alone, so fields of a newer version
// survive an update by an older one. Etags are set by rpc/. Pure; thread-safe.
// Test: tests/unit/services/trajectories/trajectory_store_test.cc
#pragma once

#include <string>

#include "common/base/status.h"
#include "matchgo/trajectories/v1/trajectory.pb.h"
#include "services/trajectories/domain/trajectory.h"
#include "services/trajectories/store/trajectory_store.h"

namespace matchgo::trajectories::store {

void Fill(const domain::Trajectory& trajectory, v1::Trajectory* message);

// The message only; an error only for dates that aren't dates.
StatusOr<domain::Trajectory> Decode(const v1::Trajectory& message);
StatusOr<domain::Evidence> Decode(const v1::Evidence& message);
// With what is kept beside it.
StatusOr<domain::Trajectory> Decode(const Stored& stored);

// The bytes of `trajectory`; unknown fields of `bytes_before` stay.
StatusOr<std::string> EncodeOver(const std::string& bytes_before,
                                 const domain::Trajectory& trajectory);

}  // namespace matchgo::trajectories::store
