// TakeInNewcomers: between rounds, whoever became matchable after the freeze and vacancies that are
// new since then join the running round, and get offers for what is free. Nothing that is accepted
// or still out changes.
//
// A newcomer is in no market of the round, and her record, or its, is newer than the feeds were at
// the freeze. The clearing is that of a repair, and checked, stored and replayed like one. The
// caller needs no turn: this takes it. Not for gRPC threads or transactions. Test:
// tests/unit/services/scheduler/newcomers_test.cc, tests/property/newcomers_property_test.cc
#pragma once

#include <cstdint>

#include "common/base/status.h"
#include "common/service/call.h"
#include "services/scheduler/deps.h"

namespace matchgo::scheduler {

struct TakenIn {
  int64_t switchers = 0;
  int64_t vacancies = 0;
  int64_t offers = 0;

  friend bool operator==(const TakenIn&, const TakenIn&) = default;
};

// Nothing when no round is published, none of its time is left, a repair is due first, or nobody is
// new. STALE when somebody answered meanwhile, CHECK_FAILED when the checker refused: then nobody
// joined, and the next call tries again.
StatusOr<TakenIn> TakeInNewcomers(const Deps& deps, const Call& call);

}  // namespace matchgo::scheduler
