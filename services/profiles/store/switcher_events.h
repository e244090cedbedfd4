// The events of switchers, and the feed read back from them.
//
// One event per change, appended in the transaction of the change; an event says nothing about the
// person. The feed gives the current record of each event, without identity, and only once per
// batch; who was erased has no record any more. Test:
// tests/unit/services/profiles/switcher_store_test.cc
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "common/base/status.h"
#include "common/sql/event_log.h"
#include "common/sql/transaction.h"
#include "common/vault/vault.h"
#include "services/profiles/domain/switcher.h"

namespace matchgo::profiles::store {

inline constexpr const char* kSwitcherCreated = "switcher.created";
inline constexpr const char* kSwitcherChanged = "switcher.changed";
inline constexpr const char* kSwitcherConfirmed = "switcher.confirmed";
inline constexpr const char* kSwitcherWithdrawn = "switcher.withdrawn";
inline constexpr const char* kSwitcherReactivated = "switcher.reactivated";

sql::Event EventOf(const char* kind, const domain::Switcher& switcher);

struct Change {
  sql::RecordedEvent event;
  std::optional<domain::Switcher> switcher;  // absent: erased
};

struct Changes {
  std::vector<Change> changes;
  int64_t last_sequence = 0;    // read on from here
  int64_t newest_sequence = 0;  // that there is
};

// What happened after a sequence, at most `limit` events. FELL_BEHIND for a sequence of the future.
StatusOr<Changes> ReadChanges(sql::Tx& tx, Vault& vault, int64_t after, int limit);

}  // namespace matchgo::profiles::store
