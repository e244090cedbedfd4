// FindDueRounds: which rounds have something to do at this moment, and up to where.
//
// Freeze when collecting is over (and the feeds were read once); what was begun goes on until it is
// published; a published round is repaired when something changed, and closed when nothing is open.
// Reads only. Test: tests/unit/services/scheduler/rounds_test.cc
#pragma once

#include <vector>

#include "common/base/status.h"
#include "common/kernel/ids.h"
#include "common/service/call.h"
#include "services/scheduler/deps.h"
#include "services/scheduler/domain/round_lifecycle.h"

namespace matchgo::scheduler {

struct DueRound {
  RoundId id;
  domain::RoundState until = domain::RoundState::kPublished;
};

StatusOr<std::vector<DueRound>> FindDueRounds(const Deps& deps, const Call& call);

// Brings the gauges of the seats up to date.
Status CountSeatsForMetrics(const Deps& deps, const Call& call);

}  // namespace matchgo::scheduler
