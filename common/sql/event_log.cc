#include "common/sql/event_log.h"

#include <utility>

#include "common/base/status_macros.h"
#include "common/sql/transaction.h"

namespace matchgo::sql {
namespace {

constexpr Query kRead{"read_events",
                      "SELECT sequence, time, kind, resource, version, tenant, actor FROM event"
                      " WHERE sequence > :p1 ORDER BY sequence LIMIT :p2",
                      "iittitt"};
// The counter row is behind inside a commit group, the table is not.
constexpr Query kLast{"last_sequence", "SELECT COALESCE(MAX(sequence), 0) FROM event", "i"};

}  // namespace

StatusOr<std::vector<RecordedEvent>> ReadEvents(Tx& tx, int64_t after, int limit) {
  std::vector<RecordedEvent> events;
  RETURN_IF_ERROR(tx.Select(kRead, {after, limit}, [&](const Row& row) {
    events.push_back({.sequence = row.Int(0),
                      .time = Instant::FromMicros(row.Int(1)),
                      .kind = row.Text(2),
                      .resource = row.Text(3),
                      .version = row.Int(4),
                      .tenant = TenantId(row.Text(5)),
                      .actor = row.Text(6)});
    return absl::OkStatus();
  }));
  return events;
}

StatusOr<int64_t> LastSequence(Tx& tx) {
  int64_t last = 0;
  RETURN_IF_ERROR(tx.Select(kLast, {}, [&](const Row& row) {
    last = row.Int(0);
    return absl::OkStatus();
  }));
  return last;
}

}  // namespace matchgo::sql
