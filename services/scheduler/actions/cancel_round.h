// CancelRound: gives a round up before its market is frozen.
//
// Runs in a write transaction. A freeze that is being computed meanwhile finds another version and
// gives up (STALE). Test: tests/unit/services/scheduler/rounds_test.cc
#pragma once

#include <cstdint>
#include <optional>

#include "common/base/status.h"
#include "common/kernel/ids.h"
#include "common/sql/transaction.h"
#include "services/scheduler/domain/round.h"

namespace matchgo::scheduler {

struct CancelRoundCommand {
  RoundId id;
  std::optional<int64_t> expected_version;
};

// NOT_FOUND, STALE, ROUND_STATE.
StatusOr<domain::Round> CancelRound(sql::Tx& tx, const CancelRoundCommand& command);

}  // namespace matchgo::scheduler
