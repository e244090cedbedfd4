// FollowDepartures: whoever left the way early holds no seat any more.
//
// Her contract ends for the reason she left, or the offer that was out then is taken back, each in
// one transaction with the seats. What was done already, and a contract that is not hers, changes
// nothing, so the whole feed may come again. Not for transactions. Test:
// tests/unit/services/scheduler/departures_test.cc
#pragma once

#include <cstdint>

#include "common/base/status.h"
#include "common/service/call.h"
#include "services/scheduler/deps.h"

namespace matchgo::scheduler {

// Returns how many contracts and offers ended.
StatusOr<int64_t> FollowDepartures(const Deps& deps, const Call& call);

}  // namespace matchgo::scheduler
