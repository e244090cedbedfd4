// DecideCohorts: on its decision date a start runs, or is cancelled in one transaction.
//
// Cancelling frees the seats, withdraws open offers, ends contracts, records the adverse outcomes
// and returns the people to repair and the next round; then the owner is told, until it knows. A
// start its owner gave up is cancelled the same way. One "at n people" runs before its date once it
// has them: the contracts get the day on which it begins, then the owner. Not for transactions.
// Test: tests/unit/services/scheduler/offers_test.cc
#pragma once

#include <cstdint>

#include "common/base/status.h"
#include "common/service/call.h"
#include "services/scheduler/deps.h"

namespace matchgo::scheduler {

// Returns how many starts were decided.
StatusOr<int64_t> DecideCohorts(const Deps& deps, const Call& call);
// Tells programmes about starts that are cancelled, or begin on a day of their own. Returns how
// many decisions it knows now.
StatusOr<int64_t> TellOwners(const Deps& deps, const Call& call);

}  // namespace matchgo::scheduler
