// The steps of a round, each on its own: freeze, clear, verify, publish, repair, close; and
// AdvanceRound, which takes them one after another.
//
// Whatever takes time (projection, clearing, checking) runs outside the writer; a short write then
// commits the result if the round is still as it was read. Not for gRPC threads or transactions.
// Thread-safe: one round is advanced at a time. Test:
// tests/unit/services/scheduler/rounds_test.cc
#pragma once

#include <memory>
#include <optional>

#include "common/base/status.h"
#include "common/kernel/ids.h"
#include "common/service/call.h"
#include "services/scheduler/deps.h"
#include "services/scheduler/domain/round.h"
#include "services/scheduler/domain/round_lifecycle.h"

namespace matchgo::scheduler {

// Takes the next step, or all up to `until`. A round that is there already is returned as it is.
// ROUND_STATE, OFFERS_OPEN, CHECK_FAILED, ROUND_RUNNING, and the engine's. What was done before an
// error stays done, and the error says it: the facts `state`, `sequence` and `changed`. An error
// without `changed` means that nothing was.
StatusOr<domain::Round> AdvanceRound(const Deps& deps, const Call& call, const RoundId& id,
                                     std::optional<domain::RoundState> until);

// The steps. The caller holds the turn (MarketShelf::TakeTurn).
StatusOr<domain::Round> FreezeRound(const Deps& deps, const Call& call, domain::Round round);
StatusOr<domain::Round> ClearRound(const Deps& deps, const Call& call, domain::Round round);
StatusOr<domain::Round> VerifyRound(const Deps& deps, const Call& call, domain::Round round);
StatusOr<domain::Round> PublishRound(const Deps& deps, const Call& call, domain::Round round);
// Gives new offers for what was declined, expired or withdrawn since the last repair.
StatusOr<domain::Round> RepairRound(const Deps& deps, const Call& call, domain::Round round);
StatusOr<domain::Round> CloseRound(const Deps& deps, const Call& call, domain::Round round);

// The market of a round, from memory or from the store.
StatusOr<std::shared_ptr<const RunningMarket>> MarketOf(const Deps& deps, const Call& call,
                                                        const domain::Round& round);
// Ends a round with a reason word.
StatusOr<domain::Round> FailRound(const Deps& deps, const Call& call, domain::Round round,
                                  const std::string& failure);
// A call that nobody waits for: no deadline, no idempotency key.
Call Unhurried(const Call& call);

}  // namespace matchgo::scheduler
