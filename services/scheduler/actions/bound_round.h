// BoundNextRound: what no outcome of a published round could have exceeded (engine/upper_bound.h).
//
// Publication leaves it to be done, so nobody waits for it; the market is the frozen one, so the
// numbers are those of the first outcome. Computes outside the turn and the writer, then takes both
// for a moment. Not for gRPC threads or transactions. Test:
// tests/unit/services/scheduler/bounds_test.cc
#pragma once

#include <cstdint>
#include <stop_token>

#include "common/base/status.h"
#include "common/service/call.h"
#include "services/scheduler/deps.h"
#include "services/scheduler/engine/upper_bound.h"

namespace matchgo::scheduler {

enum class BoundStep : uint8_t { kNothingDue, kStopped, kDone };

// Does it for one round. A market in which somebody was erased since is left without. kStopped: the
// stop was requested, so nothing is known and it stays due.
StatusOr<BoundStep> BoundNextRound(const Deps& deps, const Call& call, const std::stop_token& stop);

// Of a country prices are tried once: the bound becomes a little higher, and takes a third.
inline constexpr int32_t kBoundCarefullyUpTo = 200'000;  // switchers
engine::BoundOptions BoundOptionsFor(int32_t switchers);

}  // namespace matchgo::scheduler
