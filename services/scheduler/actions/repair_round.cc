// RepairRound: what was declined, expired or withdrawn frees seats; a recomputation with everything
// that is accepted or still out frozen gives them to others. Checked like a first outcome.
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "common/base/status_macros.h"
#include "services/scheduler/actions/advance_round.h"
#include "services/scheduler/actions/make_offers.h"
#include "services/scheduler/actions/round_numbers.h"
#include "services/scheduler/actions/running_market.h"
#include "services/scheduler/domain/commitments.h"
#include "services/scheduler/domain/market_text.h"
#include "services/scheduler/engine/certificate.h"
#include "services/scheduler/engine/checker.h"
#include "services/scheduler/engine/digest.h"
#include "services/scheduler/engine/outcome_file.h"
#include "services/scheduler/engine/parallel.h"
#include "services/scheduler/engine/repair.h"
#include "services/scheduler/reasons.h"
#include "services/scheduler/store/match_store.h"
#include "services/scheduler/store/round_store.h"
#include "services/scheduler/store/seat_store.h"

namespace matchgo::scheduler {
namespace {

struct Standing {
  std::vector<domain::SettledOffer> offers;
  std::map<std::string, domain::SeatsNow> seats;
  std::set<std::string> absent;
};

StatusOr<Standing> ReadStanding(sql::Tx& tx, const Deps& deps, const RunningMarket& market) {
  Standing standing;
  store::MatchStore matches(tx);
  ASSIGN_OR_RETURN(standing.offers, matches.Settled(market.round));
  ASSIGN_OR_RETURN(const auto counts, store::SeatStore(tx).CountAll());
  for (const auto& [resource, count] : counts) {
    standing.seats[resource] = {.capacity = count.capacity(), .taken = count.taken()};
  }
  for (int32_t s = 0; s < market.market.switcher_count(); ++s) {
    const std::string id(market.market.switcher_ids[s]);
    const auto record = deps.profiles.Find(id);
    const bool present =
        record.has_value() && std::find(record->standing.begin(), record->standing.end(),
                                        domain::Obstacle::kWithdrawn) == record->standing.end();
    if (!present) standing.absent.insert(id);
  }
  return standing;
}

// A repaired clearing and what a replay of it needs.
struct Repaired {
  engine::Clearing clearing;
  std::string lines;  // in which its market differs from the frozen one
  std::string digest;
  std::string outcome;
};

// After the independent checker accepted it.
StatusOr<Repaired> ComputeRepair(const RunningMarket& running, const Standing& standing,
                                 int32_t no_start_until, int64_t* blocking) {
  const engine::Commitments commitments =
      domain::CommitmentsOf(running.index, standing.offers, standing.absent);
  engine::Market market =
      domain::WithSeats(running.market, standing.seats, commitments, no_start_until);
  Repaired repaired;
  repaired.lines = domain::RepairLines(running.text, running.market, market);
  repaired.digest = engine::MarketDigest(domain::MarketOfRepair(running.text, repaired.lines));
  market.digest = repaired.digest;
  const engine::CandidateIndex index(market, running.index.weights());
  engine::SerialParallel serial;
  ASSIGN_OR_RETURN(engine::RepairResult result,
                   engine::Repair(index, running.first, commitments,
                                  {.mechanism = running.first.mechanism}, serial));
  const engine::Outcome outcome = engine::MakeOutcome(market, index, result.clearing);
  const engine::CheckReport report = engine::CheckOutcome(market, outcome);
  *blocking = report.blocking;
  if (!report.ok()) return Precondition(reasons::kCheckFailed);
  repaired.outcome = engine::FormatOutcome(outcome);
  repaired.clearing = std::move(result.clearing);
  return repaired;
}

StatusOr<store::Repair> Sealed(const Deps& deps, const Repaired& repaired, Instant now) {
  store::Repair record;
  record.time = now;
  record.digest = repaired.digest;
  ASSIGN_OR_RETURN(record.market, SealMarket(deps.vault, repaired.lines));
  ASSIGN_OR_RETURN(record.outcome, SealMarket(deps.vault, repaired.outcome));
  return record;
}

std::vector<domain::Offer> NewOffers(const RunningMarket& running,
                                     const engine::Clearing& clearing) {
  std::vector<domain::Offer> offers;
  for (const engine::KnownContract& held : clearing.holdings) {
    if (clearing.IsFrozen(held.switcher)) continue;
    const auto contract = engine::FindContract(running.index, held.contract());
    if (!contract.has_value()) continue;
    offers.push_back(OfferFor(running, *contract));
    offers.back().repair = true;
  }
  return offers;
}

}  // namespace

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
    ASSIGN_OR_RETURN(const auto running, MarketOf(deps, call, round));
    ASSIGN_OR_RETURN(const Standing standing, deps.database.Read(call, [&](sql::Tx& tx) {
      return ReadStanding(tx, deps, *running);
    }));
    int64_t blocking = 0;
    const StatusOr<Repaired> repaired =
        ComputeRepair(*running, standing, DayOf(*deadline) - running->day, &blocking);
    round.summary.blocking = std::max(round.summary.blocking, blocking);
    if (repaired.ok()) {
      offers = NewOffers(*running, repaired->clearing);
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
