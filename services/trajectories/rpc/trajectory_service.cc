#include "services/trajectories/rpc/trajectory_service.h"

#include <optional>
#include <utility>

#include "common/base/status_macros.h"
#include "common/rpc/serve_unary.h"
#include "services/trajectories/actions/reach.h"
#include "services/trajectories/actions/record_event.h"
#include "services/trajectories/rpc/sealed_reasons.h"
#include "services/trajectories/rpc/trajectory_codec.h"
#include "services/trajectories/store/trajectory_store.h"

namespace matchgo::trajectories {

TrajectoryService::TrajectoryService(Environment& environment, sql::Database& database,
                                     Vault& vault, clients::RecordKeeper records)
    : endpoint_(environment, v1::TrajectoryService::service_full_name()),
      database_(database),
      vault_(vault),
      entropy_(environment.entropy),
      records_(std::move(records)),
      tokens_(environment.token_secret) {}

grpc::ServerUnaryReactor* TrajectoryService::CreateTrajectory(
    Context* context, In<v1::CreateTrajectoryRequest> request, v1::Trajectory* reply) {
  return rpc::ServeWriteSteps(endpoint_, context, request, reply,
                              [this](const Call& call, const v1::CreateTrajectoryRequest& in) {
                                return AskThenStart(call, in);
                              });
}

// Owners are asked before the write begins; a request that is repeated gets its first answer,
// whatever they would say now.
StatusOr<v1::Trajectory> TrajectoryService::AskThenStart(
    const Call& call, const v1::CreateTrajectoryRequest& request) {
  std::optional<v1::Trajectory> given_before;
  RETURN_IF_ERROR(database_.Read(call, [&](sql::Tx& tx) -> Status {
    ASSIGN_OR_RETURN(given_before, rpc::ReplayReply(tx, ReasonsSealed(vault_)));
    return absl::OkStatus();
  }));
  if (given_before.has_value()) return *std::move(given_before);
  const domain::Trajectory draft = DecodeDraft(request.trajectory());
  ASSIGN_OR_RETURN(const domain::Known known, records_(call, draft));
  RETURN_IF_ERROR(domain::CheckKnown(known));
  return rpc::WriteOnce(
      database_, call,
      [&](sql::Tx& tx) -> StatusOr<v1::Trajectory> {
        ASSIGN_OR_RETURN(const domain::Trajectory made, StartTrajectory(tx, entropy_, draft));
        return Encode(made, vault_);
      },
      ReasonsSealed(vault_));
}

grpc::ServerUnaryReactor* TrajectoryService::UpdateTrajectory(
    Context* context, In<v1::UpdateTrajectoryRequest> request, v1::Trajectory* reply) {
  return rpc::ServeWrite(
      endpoint_, database_, context, request, reply,
      [this](sql::Tx& tx, const Call&,
             const v1::UpdateTrajectoryRequest& in) -> StatusOr<v1::Trajectory> {
        const v1::Trajectory& sent = in.trajectory();
        ASSIGN_OR_RETURN(const Target target,
                         DecodeTarget(sent.name(), sent.etag(), "trajectory.name"));
        ASSIGN_OR_RETURN(const domain::Edit edit, DecodeEdit(in));
        ASSIGN_OR_RETURN(const domain::Trajectory written, EditTrajectory(tx, target, edit));
        return Encode(written, vault_);
      },
      ReasonsSealed(vault_));
}

grpc::ServerUnaryReactor* TrajectoryService::AdvanceTrajectory(
    Context* context, In<v1::AdvanceTrajectoryRequest> request, v1::Trajectory* reply) {
  return rpc::ServeWrite(
      endpoint_, database_, context, request, reply,
      [this](sql::Tx& tx, const Call&,
             const v1::AdvanceTrajectoryRequest& in) -> StatusOr<v1::Trajectory> {
        ASSIGN_OR_RETURN(const Target target, DecodeTarget(in.name(), in.etag(), "name"));
        ASSIGN_OR_RETURN(domain::Event event, DecodeAdvance(in));
        ASSIGN_OR_RETURN(
            const domain::Trajectory written,
            RecordStage(tx, target, static_cast<domain::Stage>(in.to()), std::move(event)));
        return Encode(written, vault_);
      },
      ReasonsSealed(vault_));
}

grpc::ServerUnaryReactor* TrajectoryService::PauseTrajectory(Context* context,
                                                             In<v1::PauseTrajectoryRequest> request,
                                                             v1::Trajectory* reply) {
  return rpc::ServeWriteSteps(
      endpoint_, context, request, reply,
      [this](const Call& call, const v1::PauseTrajectoryRequest& in) -> StatusOr<v1::Trajectory> {
        ASSIGN_OR_RETURN(const Target target, DecodeTarget(in.name(), in.etag(), "name"));
        domain::Event event;
        event.kind = domain::EventKind::kPaused;
        ASSIGN_OR_RETURN(event.on, DecodeDay(in.from()));
        event.pause_reason = in.reason();
        return SealThenRecord(call, target, std::move(event));
      });
}

// A key is made before the write begins: that waits for the disk, which the writer may not.
StatusOr<std::string> TrajectoryService::SubjectOf(const Call& call, const Target& target) {
  ASSIGN_OR_RETURN(const store::Stored stored, database_.Read(call, [&](sql::Tx& tx) {
    return store::TrajectoryStore(tx).Read(target.id);
  }));
  RETURN_IF_ERROR(CheckReach(call.principal, stored.parties));
  const std::string& subject = stored.parties.switcher;
  RETURN_IF_ERROR(vault_.EnsureKeys({&subject, 1}));
  return subject;
}

StatusOr<v1::Trajectory> TrajectoryService::SealThenRecord(const Call& call, const Target& target,
                                                           domain::Event event) {
  for (std::string* const words : {&event.pause_reason, &event.explanation}) {
    if (words->empty()) continue;
    ASSIGN_OR_RETURN(const std::string subject, SubjectOf(call, target));
    ASSIGN_OR_RETURN(*words, SealReason(vault_, subject, *words));
  }
  return rpc::WriteOnce(
      database_, call,
      [&](sql::Tx& tx) -> StatusOr<v1::Trajectory> {
        ASSIGN_OR_RETURN(const domain::Trajectory written, RecordEvent(tx, target, event));
        return Encode(written, vault_);
      },
      ReasonsSealed(vault_));
}

grpc::ServerUnaryReactor* TrajectoryService::ResumeTrajectory(
    Context* context, In<v1::ResumeTrajectoryRequest> request, v1::Trajectory* reply) {
  return rpc::ServeWrite(
      endpoint_, database_, context, request, reply,
      [this](sql::Tx& tx, const Call&,
             const v1::ResumeTrajectoryRequest& in) -> StatusOr<v1::Trajectory> {
        ASSIGN_OR_RETURN(const Target target, DecodeTarget(in.name(), in.etag(), "name"));
        domain::Event event;
        event.kind = domain::EventKind::kResumed;
        ASSIGN_OR_RETURN(event.on, DecodeDay(in.on()));
        ASSIGN_OR_RETURN(const domain::Trajectory written,
                         RecordEvent(tx, target, std::move(event)));
        return Encode(written, vault_);
      },
      ReasonsSealed(vault_));
}

grpc::ServerUnaryReactor* TrajectoryService::ExitTrajectory(Context* context,
                                                            In<v1::ExitTrajectoryRequest> request,
                                                            v1::Trajectory* reply) {
  return rpc::ServeWriteSteps(
      endpoint_, context, request, reply,
      [this](const Call& call, const v1::ExitTrajectoryRequest& in) -> StatusOr<v1::Trajectory> {
        ASSIGN_OR_RETURN(const Target target, DecodeTarget(in.name(), in.etag(), "name"));
        domain::Event event;
        event.kind = domain::EventKind::kExited;
        event.exit_reason = static_cast<domain::ExitReason>(in.reason());
        ASSIGN_OR_RETURN(event.on, DecodeDay(in.on()));
        event.explanation = in.explanation();
        return SealThenRecord(call, target, std::move(event));
      });
}

}  // namespace matchgo::trajectories
