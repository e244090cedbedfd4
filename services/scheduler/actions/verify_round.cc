// VerifyRound: the independent checker reads the outcome back from the store and accepts it, or the
// round fails.
#include <utility>

#include "common/base/status_macros.h"
#include "services/scheduler/actions/advance_round.h"
#include "services/scheduler/actions/running_market.h"
#include "services/scheduler/engine/checker.h"
#include "services/scheduler/engine/outcome_file.h"
#include "services/scheduler/reasons.h"
#include "services/scheduler/store/round_store.h"

namespace matchgo::scheduler {

StatusOr<domain::Round> VerifyRound(const Deps& deps, const Call& call, domain::Round round) {
  const auto watch = deps.probe.Watch();
  ASSIGN_OR_RETURN(const auto market, MarketOf(deps, call, round));
  ASSIGN_OR_RETURN(const std::vector<store::MarketLine> lines,
                   deps.database.Read(
                       call, [&](sql::Tx& tx) { return store::RoundStore(tx).Outcome(round.id); }));
  ASSIGN_OR_RETURN(const std::string text, OpenText(deps.vault, lines));
  const StatusOr<engine::Outcome> outcome = engine::ParseOutcome(text, "outcome");
  bool accepted = outcome.ok();
  if (accepted) {
    const engine::CheckReport report =
        engine::CheckOutcome(market->market, *outcome, {}, deps.parallel);
    accepted = report.ok();
    round.summary.blocking = report.blocking;
  }
  if (!accepted) {
    RETURN_IF_ERROR(FailRound(deps, call, std::move(round), reasons::kCheckFailed.word).status());
    return Precondition(reasons::kCheckFailed);
  }
  ASSIGN_OR_RETURN(round, domain::Advance(std::move(round), domain::RoundEvent::kVerify, call.now));
  ASSIGN_OR_RETURN(round, deps.database.Write(call, [&](sql::Tx& tx) -> StatusOr<domain::Round> {
    domain::Round next = round;
    RETURN_IF_ERROR(store::RoundStore(tx).Put(next, "round.verified"));
    return next;
  }));
  deps.probe.PhaseTook("verify", watch.seconds());
  return round;
}

}  // namespace matchgo::scheduler
