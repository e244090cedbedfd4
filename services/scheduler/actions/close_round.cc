// CloseRound: when nothing is open any more, the numbers are taken and everybody without a contract
// gets an adverse outcome that waits for a human.
#include <utility>

#include "common/base/status_macros.h"
#include "services/scheduler/actions/advance_round.h"
#include "services/scheduler/actions/expire_offers.h"
#include "services/scheduler/actions/record_adverse.h"
#include "services/scheduler/actions/round_numbers.h"
#include "services/scheduler/reasons.h"
#include "services/scheduler/store/round_store.h"

namespace matchgo::scheduler {
namespace {

StatusOr<domain::Round> Close(sql::Tx& tx, const Deps& deps, domain::Round round) {
  RETURN_IF_ERROR(FillNumbers(tx, &round));
  if (round.summary.open > 0) return Precondition(reasons::kOffersOpen);
  ASSIGN_OR_RETURN(round,
                   domain::Advance(std::move(round), domain::RoundEvent::kClose, tx.call().now));
  ASSIGN_OR_RETURN(const std::vector<std::string> unmatched, Unmatched(tx, round));
  for (const std::string& switcher : unmatched) {
    RETURN_IF_ERROR(RecordAdverse(tx, deps.entropy,
                                  {.round = round.id,
                                   .kind = domain::AdverseKind::kUnmatched,
                                   .switcher = SwitcherId(switcher)}));
  }
  RETURN_IF_ERROR(store::RoundStore(tx).Put(round, "round.closed"));
  return round;
}

}  // namespace

StatusOr<domain::Round> CloseRound(const Deps& deps, const Call& call, domain::Round round) {
  const auto watch = deps.probe.Watch();
  const RoundId id = round.id;
  RETURN_IF_ERROR(ExpireOffers(deps, call).status());
  const auto read = [&] {
    return deps.database.Read(call, [&](sql::Tx& tx) { return store::RoundStore(tx).Get(id); });
  };
  ASSIGN_OR_RETURN(round, read());
  if (round.RepairDue()) {
    ASSIGN_OR_RETURN(round, RepairRound(deps, call, std::move(round)));
  }
  ASSIGN_OR_RETURN(round, deps.database.Write(call, [&](sql::Tx& tx) -> StatusOr<domain::Round> {
    ASSIGN_OR_RETURN(domain::Round now, store::RoundStore(tx).Get(id));
    if (now.RepairDue()) return Precondition(reasons::kOffersOpen);
    return Close(tx, deps, std::move(now));
  }));
  deps.probe.RoundEnded(round);
  deps.probe.PhaseTook("close", watch.seconds());
  return round;
}

}  // namespace matchgo::scheduler
