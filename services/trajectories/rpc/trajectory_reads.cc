// The RPCs of TrajectoryService that change nothing.
#include <optional>
#include <utility>
#include <vector>

#include "common/base/status_macros.h"
#include "common/rpc/page.h"
#include "common/rpc/serve_unary.h"
#include "common/rpc/watch_reactor.h"
#include "common/sql/event_log.h"
#include "services/trajectories/actions/reach.h"
#include "services/trajectories/rpc/trajectory_codec.h"
#include "services/trajectories/rpc/trajectory_feed.h"
#include "services/trajectories/rpc/trajectory_service.h"
#include "services/trajectories/store/feed_store.h"
#include "services/trajectories/store/funnel_store.h"
#include "services/trajectories/store/trajectory_store.h"

namespace matchgo::trajectories {
namespace {

StatusOr<v1::ListTrajectoriesResponse> ReadTrajectories(
    sql::Tx& tx, Vault& vault, const rpc::PageTokens& tokens,
    const v1::ListTrajectoriesRequest& request) {
  store::TrajectoryFilter filter = DecodeFilter(request);
  CallerParty caller = PartyOf(tx.call().principal);
  // An organisation without an id has no trajectories.
  const bool nobody = caller.party != store::Party::kAnybody && caller.id.empty();
  filter.party = caller.party;
  filter.party_id = std::move(caller.id);
  const auto read = [&](const std::string& after, int limit) {
    return nobody ? StatusOr<std::vector<store::Stored>>(std::vector<store::Stored>())
                  : store::TrajectoryStore(tx).List(filter, after, limit);
  };
  const auto id_of = [](const store::Stored& row) { return row.id; };
  ASSIGN_OR_RETURN(const auto page, rpc::ReadPage<store::Stored>(tx, tokens, request, read, id_of));
  v1::ListTrajectoriesResponse response;
  for (const store::Stored& row : page.rows) {
    ASSIGN_OR_RETURN(*response.add_trajectories(), EncodeStored(row, vault));
  }
  response.set_next_page_token(page.next_page_token);
  response.set_sequence(page.sequence);
  return response;
}

StatusOr<v1::Funnel> ReadFunnel(sql::Tx& tx, const v1::GetFunnelRequest& request) {
  const CallerParty caller = PartyOf(tx.call().principal);
  // An organisation without an id has no trajectories.
  if (caller.party != store::Party::kAnybody && caller.id.empty()) return EncodeFunnel({});
  ASSIGN_OR_RETURN(const domain::FunnelCounts counts,
                   store::FunnelStore(tx).Count(request.sector(), caller.id));
  return EncodeFunnel(counts);
}

}  // namespace

grpc::ServerUnaryReactor* TrajectoryService::GetTrajectory(Context* context,
                                                           In<v1::GetTrajectoryRequest> request,
                                                           v1::Trajectory* reply) {
  return rpc::ServeRead(
      endpoint_, context, request, reply,
      [this](const Call& call, const v1::GetTrajectoryRequest& in) -> StatusOr<v1::Trajectory> {
        ASSIGN_OR_RETURN(const TrajectoryId id, ParseTrajectoryName(in.name(), "name"));
        return database_.Read(call, [&](sql::Tx& tx) -> StatusOr<v1::Trajectory> {
          ASSIGN_OR_RETURN(const store::Stored stored, store::TrajectoryStore(tx).Read(id));
          RETURN_IF_ERROR(CheckReach(call.principal, stored.parties));
          return EncodeStored(stored, vault_);
        });
      });
}

grpc::ServerUnaryReactor* TrajectoryService::ListTrajectories(
    Context* context, In<v1::ListTrajectoriesRequest> request,
    v1::ListTrajectoriesResponse* reply) {
  return rpc::ServeRead(
      endpoint_, context, request, reply,
      [this](const Call& call,
             const v1::ListTrajectoriesRequest& in) -> StatusOr<v1::ListTrajectoriesResponse> {
        return database_.Read(
            call, [&](sql::Tx& tx) { return ReadTrajectories(tx, vault_, tokens_, in); });
      });
}

grpc::ServerUnaryReactor* TrajectoryService::GetFunnel(Context* context,
                                                       In<v1::GetFunnelRequest> request,
                                                       v1::Funnel* reply) {
  return rpc::ServeRead(
      endpoint_, context, request, reply,
      [this](const Call& call, const v1::GetFunnelRequest& in) -> StatusOr<v1::Funnel> {
        return database_.Read(call, [&](sql::Tx& tx) { return ReadFunnel(tx, in); });
      });
}

grpc::ServerUnaryReactor* TrajectoryService::GetFeedProgress(Context* context,
                                                             In<v1::GetFeedProgressRequest> request,
                                                             v1::GetFeedProgressResponse* reply) {
  return rpc::ServeRead(
      endpoint_, context, request, reply,
      [this](const Call& call,
             const v1::GetFeedProgressRequest&) -> StatusOr<v1::GetFeedProgressResponse> {
        return database_.Read(call, [](sql::Tx& tx) -> StatusOr<v1::GetFeedProgressResponse> {
          v1::GetFeedProgressResponse response;
          for (const char* const feed : {store::kProfiles, store::kScheduler}) {
            ASSIGN_OR_RETURN(const std::optional<int64_t> position,
                             store::FeedStore(tx).Position(feed));
            common::v1::FeedProgress* const progress = response.add_feeds();
            progress->set_feed(feed);
            progress->set_sequence(position.value_or(0));
            progress->set_synced(position.has_value());
          }
          return response;
        });
      });
}

grpc::ServerWriteReactor<v1::TrajectoryChange>* TrajectoryService::WatchTrajectories(
    Context* context, In<common::v1::WatchRequest> request) {
  return rpc::ServeWatch<v1::TrajectoryChange>(
      endpoint_, database_.changes(), context, request, request->from_sequence(),
      [this](const Call& call, int64_t after, int limit) {
        return database_.Read(call,
                              [&](sql::Tx& tx) { return ReadChanges(tx, vault_, after, limit); });
      });
}

}  // namespace matchgo::trajectories
