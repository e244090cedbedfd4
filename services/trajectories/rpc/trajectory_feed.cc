#include "services/trajectories/rpc/trajectory_feed.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "common/base/status_macros.h"
#include "common/rpc/feed_position.h"
#include "common/sql/event_log.h"
#include "services/trajectories/reasons.h"
#include "services/trajectories/rpc/trajectory_codec.h"
#include "services/trajectories/store/trajectory_store.h"

namespace matchgo::trajectories {
StatusOr<rpc::Batch<v1::TrajectoryChange>> ReadChanges(sql::Tx& tx, Vault& vault, int64_t after,
                                                       int limit) {
  ASSIGN_OR_RETURN(const int64_t last, sql::LastSequence(tx));
  if (after > last) return OutOfRange(kFellBehind);
  ASSIGN_OR_RETURN(const std::vector<sql::RecordedEvent> events, sql::ReadEvents(tx, after, limit));
  std::map<std::string, int64_t> newest;
  for (const sql::RecordedEvent& event : events) newest[event.resource] = event.sequence;
  rpc::Batch<v1::TrajectoryChange> batch;
  batch.last_sequence = after;
  batch.newest_sequence = last;
  store::TrajectoryStore trajectories(tx);
  for (const sql::RecordedEvent& event : events) {
    batch.last_sequence = event.sequence;
    if (newest[event.resource] != event.sequence) continue;
    v1::TrajectoryChange change;
    ASSIGN_OR_RETURN(const TrajectoryId id, ParseTrajectoryName(event.resource, "resource"));
    ASSIGN_OR_RETURN(const store::Stored stored, trajectories.Read(id));
    ASSIGN_OR_RETURN(*change.mutable_trajectory(), EncodeStored(stored, vault));
    // Who follows needs no words about her.
    if (change.trajectory().has_exit()) {
      change.mutable_trajectory()->mutable_exit()->clear_explanation();
    }
    rpc::FillPosition(event, change.mutable_position());
    batch.messages.push_back(std::move(change));
  }
  return batch;
}

}  // namespace matchgo::trajectories
