// Looks at the deadlines that are due: overdue, risks and forecasts as they are today.
//
// At most `limit` trajectories a call. Only news worth telling makes a version and an event; else
// just the day of the next look moves. Test:
// tests/unit/services/trajectories/deadline_runner_test.cc
#pragma once

#include "common/base/status.h"
#include "common/service/call.h"
#include "common/sql/database.h"

namespace matchgo::trajectories {

// How many were looked at. While nothing is due it reads once and writes nothing.
StatusOr<int> ReviewDeadlines(sql::Database& database, const Call& call, int limit);

}  // namespace matchgo::trajectories
