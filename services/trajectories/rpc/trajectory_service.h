// TrajectoryService: the RPCs, each decode -> action or store -> encode.
//
// Writes are in trajectory_service.cc, reads in trajectory_reads.cc. Thread-safe.
// Test: tests/unit/services/trajectories/trajectory_service_test.cc
#pragma once

#include <string>

#include "common/rpc/endpoint.h"
#include "common/rpc/page_token.h"
#include "common/service/environment.h"
#include "common/sql/database.h"
#include "common/vault/vault.h"
#include "matchgo/trajectories/v1/trajectory_service.grpc.pb.h"
#include "services/trajectories/actions/record_event.h"
#include "services/trajectories/clients/record_keeper.h"

namespace matchgo::trajectories {

class TrajectoryService final : public v1::TrajectoryService::CallbackService {
 public:
  // All outlive the service.
  TrajectoryService(Environment& environment, sql::Database& database, Vault& vault,
                    clients::RecordKeeper records);

  template <class Message>
  using In = const Message*;
  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  Reactor* CreateTrajectory(Context* context, In<v1::CreateTrajectoryRequest> request,
                            v1::Trajectory* reply) override;
  Reactor* UpdateTrajectory(Context* context, In<v1::UpdateTrajectoryRequest> request,
                            v1::Trajectory* reply) override;
  Reactor* AdvanceTrajectory(Context* context, In<v1::AdvanceTrajectoryRequest> request,
                             v1::Trajectory* reply) override;
  Reactor* PauseTrajectory(Context* context, In<v1::PauseTrajectoryRequest> request,
                           v1::Trajectory* reply) override;
  Reactor* ResumeTrajectory(Context* context, In<v1::ResumeTrajectoryRequest> request,
                            v1::Trajectory* reply) override;
  Reactor* ExitTrajectory(Context* context, In<v1::ExitTrajectoryRequest> request,
                          v1::Trajectory* reply) override;

  Reactor* GetTrajectory(Context* context, In<v1::GetTrajectoryRequest> request,
                         v1::Trajectory* reply) override;
  Reactor* ListTrajectories(Context* context, In<v1::ListTrajectoriesRequest> request,
                            v1::ListTrajectoriesResponse* reply) override;
  Reactor* GetFunnel(Context* context, In<v1::GetFunnelRequest> request,
                     v1::Funnel* reply) override;
  Reactor* GetFeedProgress(Context* context, In<v1::GetFeedProgressRequest> request,
                           v1::GetFeedProgressResponse* reply) override;
  grpc::ServerWriteReactor<v1::TrajectoryChange>* WatchTrajectories(
      Context* context, In<common::v1::WatchRequest> request) override;

 private:
  StatusOr<v1::Trajectory> AskThenStart(const Call& call,
                                        const v1::CreateTrajectoryRequest& request);
  // The id of whose trajectory it is, if the caller reaches it; she has a key then.
  StatusOr<std::string> SubjectOf(const Call& call, const Target& target);
  // A pause or an exit, with what is said about her sealed.
  StatusOr<v1::Trajectory> SealThenRecord(const Call& call, const Target& target,
                                          domain::Event event);

  rpc::Endpoint endpoint_;
  sql::Database& database_;
  Vault& vault_;
  Entropy& entropy_;
  const clients::RecordKeeper records_;
  rpc::PageTokens tokens_;
};

}  // namespace matchgo::trajectories
