// The event log: audit log and outbox in one table, sequence 1..n without gaps.
//
// Appending goes through Tx::AppendEvent, in the transaction of the change itself. Events hold
// kinds, resource names and versions, never personal data; readers fetch the current record
// themselves. Test: tests/unit/common/sql/event_log_test.cc
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "common/base/status.h"
#include "common/kernel/ids.h"
#include "common/time/instant.h"

namespace matchgo::sql {

class Tx;

struct Event {
  std::string kind = {};      // "vacancy.published"
  std::string resource = {};  // "employers/e/vacancies/v"
  int64_t version = 0;        // of the resource after the change
  TenantId tenant = {};       // the organisation that owns the resource
};

struct RecordedEvent {
  int64_t sequence = 0;
  Instant time = {};
  std::string kind = {};
  std::string resource = {};
  int64_t version = 0;
  TenantId tenant = {};
  std::string actor = {};  // "employer:4h…": role and opaque id of who called
};

// Up to `limit` events with a sequence above `after`, in order.
StatusOr<std::vector<RecordedEvent>> ReadEvents(Tx& tx, int64_t after, int limit);
// The newest sequence as this transaction sees it; 0 before the first event.
StatusOr<int64_t> LastSequence(Tx& tx);

}  // namespace matchgo::sql
