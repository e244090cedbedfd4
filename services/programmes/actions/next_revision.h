// NextRevision: the revision of a record that is about to be written, with the event that makes it.
//
// Appends exactly one event, so call it once per record that changes. Runs inside a write.
// Test: tests/unit/services/programmes/programme_service_test.cc
#pragma once

#include <string>

#include "common/sql/transaction.h"
#include "services/programmes/domain/record.h"

namespace matchgo::programmes {

// `before`: the revision it replaces; a default one for a new record.
inline domain::Revision NextRevision(sql::Tx& tx, const domain::Revision& before,
                                     const std::string& kind, const std::string& resource,
                                     const OpleiderId& owner) {
  domain::Revision next = before;
  next.version = before.version + 1;
  if (before.version == 0) next.created = tx.call().now;
  next.updated = tx.call().now;
  next.sequence = tx.AppendEvent({.kind = kind,
                                  .resource = resource,
                                  .version = next.version,
                                  .tenant = TenantId(owner.value())});
  return next;
}

}  // namespace matchgo::programmes
