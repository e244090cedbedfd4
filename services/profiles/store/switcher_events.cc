#include "services/profiles/store/switcher_events.h"

#include <map>
#include <string>
#include <utility>

#include "common/base/status_macros.h"
#include "common/kernel/resource_patterns.h"
#include "services/profiles/reasons.h"
#include "services/profiles/store/switcher_store.h"

namespace matchgo::profiles::store {

sql::Event EventOf(const char* kind, const domain::Switcher& switcher) {
  return {.kind = kind,
          .resource = domain::NameOf(switcher.id),
          .version = switcher.version,
          .tenant = switcher.partner};
}

StatusOr<Changes> ReadChanges(sql::Tx& tx, Vault& vault, int64_t after, int limit) {
  ASSIGN_OR_RETURN(const int64_t newest, sql::LastSequence(tx));
  if (after > newest) return OutOfRange(reasons::kFellBehind);
  ASSIGN_OR_RETURN(std::vector<sql::RecordedEvent> events, sql::ReadEvents(tx, after, limit));

  std::map<std::string, int64_t> last_of;
  for (const sql::RecordedEvent& event : events) last_of[event.resource] = event.sequence;

  Changes read{.changes = {}, .last_sequence = after, .newest_sequence = newest};
  SwitcherStore store(tx, vault);
  for (sql::RecordedEvent& event : events) {
    read.last_sequence = event.sequence;
    if (last_of[event.resource] != event.sequence) continue;
    Change change;
    StatusOr<domain::Switcher> switcher =
        store.GetProfile(SwitcherId(names::LastPart(event.resource)));
    if (switcher.ok()) {
      change.switcher = *std::move(switcher);
    } else if (!absl::IsNotFound(switcher.status())) {
      return switcher.status();
    }
    change.event = std::move(event);
    read.changes.push_back(std::move(change));
  }
  return read;
}

}  // namespace matchgo::profiles::store
