// Between the wire and the rest of the service: names, evidence, edits and replies.
//
// The mapping of trajectories themselves is store/trajectory_payload.h. Decides nothing but what a
// mask means. Pure; thread-safe. Test: tests/unit/services/trajectories/trajectory_service_test.cc
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "common/base/status.h"
#include "common/vault/vault.h"
#include "matchgo/trajectories/v1/trajectory_service.pb.h"
#include "services/trajectories/actions/record_event.h"
#include "services/trajectories/domain/funnel.h"
#include "services/trajectories/domain/pipeline.h"
#include "services/trajectories/store/trajectory_store.h"

namespace matchgo::trajectories {

StatusOr<TrajectoryId> ParseTrajectoryName(const std::string& name, std::string_view field);
StatusOr<Target> DecodeTarget(const std::string& name, const std::string& etag,
                              std::string_view field);
// A day that was already checked to be one; empty: nothing.
StatusOr<std::optional<Day>> DecodeDay(const std::string& text);

// What a caller may set of a trajectory that begins.
domain::Trajectory DecodeDraft(const v1::Trajectory& message);
StatusOr<domain::Event> DecodeAdvance(const v1::AdvanceTrajectoryRequest& request);
// FIELD_MASK, FIELD_FORBIDDEN: only coach and hours_done change by hand.
StatusOr<domain::Edit> DecodeEdit(const v1::UpdateTrajectoryRequest& request);
store::TrajectoryFilter DecodeFilter(const v1::ListTrajectoriesRequest& request);

// As callers see it, reasons of pauses in clear.
StatusOr<v1::Trajectory> Encode(const domain::Trajectory& trajectory, Vault& vault);
StatusOr<v1::Trajectory> EncodeStored(const store::Stored& stored, Vault& vault);
v1::Funnel EncodeFunnel(const domain::FunnelCounts& counts);

}  // namespace matchgo::trajectories
