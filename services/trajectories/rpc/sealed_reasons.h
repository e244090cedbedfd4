// Why somebody pauses says how she is (ILLNESS), and why others ended her way is about her too:
// both are kept sealed with a key of her own.
//
// Sealed at the door: what a trajectory holds inside, in its row and in kept replies, is opaque
// text; callers see the words. Without her key they are gone and the rest still stands. Makes no
// key (EnsureKeys before the write). Thread-safe.
// Test: tests/unit/services/trajectories/sealed_reasons_test.cc
#pragma once

#include <string>

#include "common/base/status.h"
#include "common/rpc/write_once.h"
#include "common/vault/vault.h"
#include "matchgo/trajectories/v1/trajectory.pb.h"

namespace matchgo::trajectories {

// What stands for `words` in a trajectory of this switcher (its id).
StatusOr<std::string> SealReason(Vault& vault, const std::string& switcher,
                                 const std::string& words);

// Puts the words back; those of somebody erased become empty. Words from before they were sealed
// stay.
Status OpenReasons(Vault& vault, v1::Trajectory* message);

// For replies kept for the sake of idempotency.
rpc::ReplySeal<v1::Trajectory> ReasonsSealed(Vault& vault);

}  // namespace matchgo::trajectories
