#include "services/trajectories/rpc/trajectory_service.h"

#include <utility>

#include "common/base/status_macros.h"
#include "common/rpc/serve_unary.h"
#include "services/trajectories/actions/record_event.h"
#include "services/trajectories/rpc/trajectory_codec.h"

namespace matchgo::trajectories {

TrajectoryService::TrajectoryService(Environment& environment, sql::Database& database)
    : endpoint_(environment, v1::TrajectoryService::service_full_name()),
      database_(database),
      entropy_(environment.entropy),
      tokens_(environment.token_secret) {}

grpc::ServerUnaryReactor* TrajectoryService::CreateTrajectory(
    Context* context, In<v1::CreateTrajectoryRequest> request, v1::Trajectory* reply) {
  return rpc::ServeWrite(endpoint_, database_, context, request, reply,
                         [this](sql::Tx& tx, const Call&,
                                const v1::CreateTrajectoryRequest& in) -> StatusOr<v1::Trajectory> {
                           ASSIGN_OR_RETURN(
                               const domain::Trajectory made,
                               StartTrajectory(tx, entropy_, DecodeDraft(in.trajectory())));
                           return Encode(made);
                         });
}

grpc::ServerUnaryReactor* TrajectoryService::UpdateTrajectory(
    Context* context, In<v1::UpdateTrajectoryRequest> request, v1::Trajectory* reply) {
  return rpc::ServeWrite(
      endpoint_, database_, context, request, reply,
      [](sql::Tx& tx, const Call&,
         const v1::UpdateTrajectoryRequest& in) -> StatusOr<v1::Trajectory> {
        const v1::Trajectory& sent = in.trajectory();
        ASSIGN_OR_RETURN(const Target target,
                         DecodeTarget(sent.name(), sent.etag(), "trajectory.name"));
        ASSIGN_OR_RETURN(const domain::Edit edit, DecodeEdit(in));
        ASSIGN_OR_RETURN(const domain::Trajectory written, EditTrajectory(tx, target, edit));
        return Encode(written);
      });
}

grpc::ServerUnaryReactor* TrajectoryService::AdvanceTrajectory(
    Context* context, In<v1::AdvanceTrajectoryRequest> request, v1::Trajectory* reply) {
  return rpc::ServeWrite(
      endpoint_, database_, context, request, reply,
      [](sql::Tx& tx, const Call&,
         const v1::AdvanceTrajectoryRequest& in) -> StatusOr<v1::Trajectory> {
        ASSIGN_OR_RETURN(const Target target, DecodeTarget(in.name(), in.etag(), "name"));
        ASSIGN_OR_RETURN(domain::Event event, DecodeAdvance(in));
        ASSIGN_OR_RETURN(
            const domain::Trajectory written,
            RecordStage(tx, target, static_cast<domain::Stage>(in.to()), std::move(event)));
        return Encode(written);
      });
}

grpc::ServerUnaryReactor* TrajectoryService::PauseTrajectory(Context* context,
                                                             In<v1::PauseTrajectoryRequest> request,
                                                             v1::Trajectory* reply) {
  return rpc::ServeWrite(endpoint_, database_, context, request, reply,
                         [](sql::Tx& tx, const Call&,
                            const v1::PauseTrajectoryRequest& in) -> StatusOr<v1::Trajectory> {
                           ASSIGN_OR_RETURN(const Target target,
                                            DecodeTarget(in.name(), in.etag(), "name"));
                           domain::Event event;
                           event.kind = domain::EventKind::kPaused;
                           ASSIGN_OR_RETURN(event.on, DecodeDay(in.from()));
                           event.pause_reason = in.reason();
                           ASSIGN_OR_RETURN(const domain::Trajectory written,
                                            RecordEvent(tx, target, std::move(event)));
                           return Encode(written);
                         });
}

grpc::ServerUnaryReactor* TrajectoryService::ResumeTrajectory(
    Context* context, In<v1::ResumeTrajectoryRequest> request, v1::Trajectory* reply) {
  return rpc::ServeWrite(endpoint_, database_, context, request, reply,
                         [](sql::Tx& tx, const Call&,
                            const v1::ResumeTrajectoryRequest& in) -> StatusOr<v1::Trajectory> {
                           ASSIGN_OR_RETURN(const Target target,
                                            DecodeTarget(in.name(), in.etag(), "name"));
                           domain::Event event;
                           event.kind = domain::EventKind::kResumed;
                           ASSIGN_OR_RETURN(event.on, DecodeDay(in.on()));
                           ASSIGN_OR_RETURN(const domain::Trajectory written,
                                            RecordEvent(tx, target, std::move(event)));
                           return Encode(written);
                         });
}

grpc::ServerUnaryReactor* TrajectoryService::ExitTrajectory(Context* context,
                                                            In<v1::ExitTrajectoryRequest> request,
                                                            v1::Trajectory* reply) {
  return rpc::ServeWrite(endpoint_, database_, context, request, reply,
                         [](sql::Tx& tx, const Call&,
                            const v1::ExitTrajectoryRequest& in) -> StatusOr<v1::Trajectory> {
                           ASSIGN_OR_RETURN(const Target target,
                                            DecodeTarget(in.name(), in.etag(), "name"));
                           domain::Event event;
                           event.kind = domain::EventKind::kExited;
                           event.exit_reason = static_cast<domain::ExitReason>(in.reason());
                           ASSIGN_OR_RETURN(event.on, DecodeDay(in.on()));
                           ASSIGN_OR_RETURN(const domain::Trajectory written,
                                            RecordEvent(tx, target, std::move(event)));
                           return Encode(written);
                         });
}

}  // namespace matchgo::trajectories
