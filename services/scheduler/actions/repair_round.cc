// RepairRound: what was declined, expired or withdrawn frees seats; a recomputation with everything
// that is accepted or still out frozen gives them to others. Checked like a first outcome.
#include <algorithm>
#include <optional>
#include <utility>

#include "common/base/status_macros.h"
#include "services/scheduler/actions/advance_round.h"
#include "services/scheduler/actions/compute_repair.h"
#include "services/scheduler/actions/joined_market.h"
#include "services/scheduler/actions/make_offers.h"
#include "services/scheduler/actions/round_numbers.h"
#include "services/scheduler/reasons.h"
#include "services/scheduler/store/round_store.h"

namespace matchgo::scheduler {
StatusOr<domain::Round> RepairRound(const Deps& deps, const Call& call, domain::Round round) {
  if (!round.RepairDue()) return round;
  const auto watch = deps.probe.Watch();
  const int64_t seen = round.changes;
  const auto deadline =
      domain::OfferDeadline(call.now, round.answer_working_days, domain::PhaseEnd(round));
  std::vector<domain::Offer> offers;
  std::optional<store::Repair> record;
  // Once the match phase has no day left nobody new is asked; the round runs out.
  if (deadline.has_value()) {
    ASSIGN_OR_RETURN(const JoinedMarket joined, JoinedMarketOf(deps, call, round));
    ASSIGN_OR_RETURN(const Standing standing, deps.database.Read(call, [&](sql::Tx& tx) {
      return ReadStanding(tx, deps, joined);
    }));
    int64_t blocking = 0;
    const StatusOr<Repaired> repaired = ComputeRepair(
        joined, standing, DayOf(*deadline) - joined.frozen().day, deps.parallel, &blocking);
    round.summary.blocking = std::max(round.summary.blocking, blocking);
    if (repaired.ok()) {
      offers = NewOffers(joined, repaired->clearing);
      ASSIGN_OR_RETURN(record, Sealed(deps, *repaired, call.now));
    } else {
      // Nothing is offered that was not verified. The round goes on with what stands.
      round.failure = ReasonOf(repaired.status());
    }
  }
  int64_t made = 0;
  ASSIGN_OR_RETURN(round, deps.database.Write(call, [&](sql::Tx& tx) -> StatusOr<domain::Round> {
    store::RoundStore rounds(tx);
    ASSIGN_OR_RETURN(const bool unchanged, rounds.MarkRepaired(round.id, seen));
    // Somebody answered meanwhile: the next repair sees that too.
    if (!unchanged) return Conflict(reasons::kStale);
    domain::Round next = round;
    if (record.has_value()) RETURN_IF_ERROR(rounds.InsertRepair(next.id, *record));
    next.changes_repaired = seen;
    next.update_time = call.now;
    if (deadline.has_value()) {
      ASSIGN_OR_RETURN(const OffersMade result, MakeOffers(tx, deps, offers, *deadline));
      made = result.made;
      if (result.left_out > 0) RETURN_IF_ERROR(rounds.CountChange(next.id));
    }
    RETURN_IF_ERROR(FillNumbers(tx, &next));
    RETURN_IF_ERROR(rounds.Put(next, "round.repaired"));
    return next;
  }));
  deps.probe.OffersBecame("open", made);
  deps.probe.PhaseTook("repair", watch.seconds());
  return round;
}

}  // namespace matchgo::scheduler
