// Looks at the deadlines that are due: overdue, risks and forecasts as they are today.
//
// At most `limit` trajectories a call. Only news worth telling makes a version and an event; else
// just the day of the next look moves. Test:
// tests/unit/services/trajectories/deadline_runner_test.cc
#pragma once

#include "common/base/status.h"
#include "common/sql/transaction.h"

namespace matchgo::trajectories {

// True if a look is due. For a read.
StatusOr<bool> AnyDeadlineDue(sql::Tx& tx);
// How many were looked at. For a write.
StatusOr<int> ReviewDeadlines(sql::Tx& tx, int limit);

}  // namespace matchgo::trajectories
