#include "services/scheduler/actions/cancel_round.h"

#include <utility>

#include "common/base/status_macros.h"
#include "services/scheduler/domain/round_lifecycle.h"
#include "services/scheduler/reasons.h"
#include "services/scheduler/store/round_store.h"

namespace matchgo::scheduler {

StatusOr<domain::Round> CancelRound(sql::Tx& tx, const CancelRoundCommand& command) {
  store::RoundStore rounds(tx);
  ASSIGN_OR_RETURN(domain::Round round, rounds.Get(command.id));
  if (command.expected_version.value_or(round.version) != round.version) {
    return Conflict(reasons::kStale);
  }
  ASSIGN_OR_RETURN(round,
                   domain::Advance(std::move(round), domain::RoundEvent::kCancel, tx.call().now));
  RETURN_IF_ERROR(rounds.Put(round, "round.cancelled"));
  return round;
}

}  // namespace matchgo::scheduler
