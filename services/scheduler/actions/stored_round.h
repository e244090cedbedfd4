// ReadStoredRound: a round as it was stored, opened: its texts and those of its repairs.
//
// What anybody needs to compute it again. People who were erased are missing, and named. Not for
// transactions. Test: tests/unit/services/scheduler/rounds_test.cc
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "common/base/status.h"
#include "common/kernel/ids.h"
#include "common/service/call.h"
#include "services/scheduler/actions/running_market.h"
#include "services/scheduler/deps.h"
#include "services/scheduler/domain/round.h"

namespace matchgo::scheduler {

struct StoredRepair {
  int64_t number = 0;  // from 1
  std::string digest;
  std::string market;
  std::string outcome;
};

struct StoredRound {
  domain::Round round;
  MarketText market;
  std::string outcome;
  std::vector<StoredRepair> repairs;
};

// NOT_FOUND; ROUND_STATE when it was never cleared.
StatusOr<StoredRound> ReadStoredRound(const Deps& deps, const Call& call, const RoundId& id);

}  // namespace matchgo::scheduler
