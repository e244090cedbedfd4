#include "services/trajectories/store/feed_store.h"

#include "common/base/status_macros.h"
#include "services/trajectories/store/trajectory_queries.h"

namespace matchgo::trajectories::store {

StatusOr<std::optional<int64_t>> FeedStore::One(const sql::Query& query, const std::string& key) {
  std::optional<int64_t> found;
  RETURN_IF_ERROR(tx_.Select(query, {key}, [&](const sql::Row& row) {
    found = row.Int(0);
    return absl::OkStatus();
  }));
  return found;
}

StatusOr<std::optional<int64_t>> FeedStore::Position(const std::string& feed) {
  return One(kGetPosition, feed);
}

Status FeedStore::SetPosition(const std::string& feed, int64_t sequence) {
  return tx_.Execute(kSetPosition, {feed, sequence}).status();
}

StatusOr<int64_t> FeedStore::Seen(const std::string& name) {
  ASSIGN_OR_RETURN(const std::optional<int64_t> found, One(kGetSeen, name));
  return found.value_or(0);
}

Status FeedStore::SetSeen(const std::string& name, int64_t sequence) {
  return tx_.Execute(kSetSeen, {name, sequence}).status();
}

}  // namespace matchgo::trajectories::store
