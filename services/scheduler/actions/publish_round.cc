// PublishRound: the verified outcome becomes offers, each holding its seats, in one transaction.
#include <utility>

#include "common/base/status_macros.h"
#include "services/scheduler/actions/advance_round.h"
#include "services/scheduler/actions/make_offers.h"
#include "services/scheduler/actions/round_numbers.h"
#include "services/scheduler/actions/running_market.h"
#include "services/scheduler/engine/certificate.h"
#include "services/scheduler/engine/outcome_file.h"
#include "services/scheduler/reasons.h"
#include "services/scheduler/store/round_store.h"

namespace matchgo::scheduler {
namespace {

// The offers of the outcome as it is stored: what was verified is what is published.
StatusOr<std::vector<domain::Offer>> OffersOf(const RunningMarket& market,
                                              const std::string& outcome_text) {
  ASSIGN_OR_RETURN(const engine::Outcome outcome, engine::ParseOutcome(outcome_text, "outcome"));
  std::vector<domain::Offer> offers;
  for (const engine::OutcomeMatch& match : outcome.matches) {
    const auto contract = market.market.Find(match.contract);
    const auto found =
        contract.has_value() ? engine::FindContract(market.index, *contract) : std::nullopt;
    if (!found.has_value()) return Internal("a verified outcome holds an infeasible contract");
    offers.push_back(OfferFor(market.round, market.market, *found));
  }
  return offers;
}

}  // namespace

StatusOr<domain::Round> PublishRound(const Deps& deps, const Call& call, domain::Round round) {
  const auto watch = deps.probe.Watch();
  ASSIGN_OR_RETURN(const auto market, MarketOf(deps, call, round));
  if (!market->erased.empty()) {
    RETURN_IF_ERROR(FailRound(deps, call, std::move(round), reasons::kMarketErased.word).status());
    return Precondition(reasons::kMarketErased);
  }
  ASSIGN_OR_RETURN(const std::vector<store::MarketLine> lines,
                   deps.database.Read(
                       call, [&](sql::Tx& tx) { return store::RoundStore(tx).Outcome(round.id); }));
  ASSIGN_OR_RETURN(const std::string text, OpenText(deps.vault, lines));
  ASSIGN_OR_RETURN(const std::vector<domain::Offer> offers, OffersOf(*market, text));
  int64_t made = 0;
  ASSIGN_OR_RETURN(round, deps.database.Write(call, [&](sql::Tx& tx) -> StatusOr<domain::Round> {
    store::RoundStore rounds(tx);
    ASSIGN_OR_RETURN(const Instant now, rounds.Moment(call.now));
    ASSIGN_OR_RETURN(domain::Round next, domain::Advance(round, domain::RoundEvent::kPublish, now));
    const auto deadline =
        domain::OfferDeadline(now, next.answer_working_days, domain::PhaseEnd(next));
    if (!deadline.has_value()) return Internal("a match phase without a day");
    ASSIGN_OR_RETURN(const OffersMade result, MakeOffers(tx, deps, offers, *deadline));
    made = result.made;
    RETURN_IF_ERROR(FillNumbers(tx, &next));
    RETURN_IF_ERROR(rounds.Put(next, "round.published"));
    RETURN_IF_ERROR(rounds.SetBoundDue(next.id, true));
    if (result.left_out > 0) RETURN_IF_ERROR(rounds.CountChange(next.id));
    return next;
  }));
  deps.probe.OffersBecame("open", made);
  deps.probe.PhaseTook("publish", watch.seconds());
  return round;
}

}  // namespace matchgo::scheduler
