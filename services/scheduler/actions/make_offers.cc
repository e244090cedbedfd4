#include "services/scheduler/actions/make_offers.h"

#include <algorithm>
#include <utility>

#include "common/base/status_macros.h"
#include "services/scheduler/domain/market_ids.h"
#include "services/scheduler/domain/plan_terms.h"
#include "services/scheduler/engine/person.h"
#include "services/scheduler/engine/score.h"
#include "services/scheduler/store/match_store.h"
#include "services/scheduler/store/seat_store.h"

namespace matchgo::scheduler {
namespace {

// Whether she still takes part, as far as we know now.
bool IsPresent(const Deps& deps, const std::string& switcher) {
  const auto record = deps.profiles.Find(switcher);
  if (!record.has_value()) return false;
  const auto& standing = record->standing;
  return std::find(standing.begin(), standing.end(), domain::Obstacle::kWithdrawn) ==
         standing.end();
}

void WaitForTheFirstDay(const Deps& deps, domain::Offer* offer) {
  if (!offer->terms.direct()) return;
  const auto vacancy = deps.vacancies.Find(offer->terms.vacancy);
  if (vacancy.has_value()) domain::WaitForTheFirstDay(*vacancy, &offer->terms.plan);
}

}  // namespace

domain::Offer OfferFor(const RoundId& round, const engine::Market& market,
                       const engine::FeasibleContract& feasible) {
  const engine::MarketContract ids = market.Ids(feasible.contract);
  domain::Offer offer;
  offer.terms.round = round;
  offer.terms.switcher = SwitcherId(ids.switcher);
  offer.terms.vacancy = domain::VacancyName(ids.vacancy);
  if (ids.start.has_value()) offer.terms.start = domain::StartOfMarketId(*ids.start);
  offer.terms.plan =
      domain::PlanOf(market, engine::PersonOf(market, feasible.contract.switcher), feasible);
  offer.terms.sector = market.sector_names[market.vacancy(feasible.contract.vacancy).sector];
  offer.score.total = feasible.score;
  offer.score.parts = engine::PartsOf(market, feasible.contract, feasible.modules, feasible.ready);
  return offer;
}

StatusOr<OffersMade> MakeOffers(sql::Tx& tx, const Deps& deps, std::vector<domain::Offer> offers,
                                Instant deadline) {
  store::MatchStore matches(tx);
  store::SeatStore seats(tx);
  OffersMade result;
  for (domain::Offer& offer : offers) {
    const std::string& switcher = offer.terms.switcher.value();
    WaitForTheFirstDay(deps, &offer);
    offer.id = OfferId(deps.entropy.NewId());
    offer.deadline = deadline;
    offer.create_time = tx.call().now;
    offer.update_time = tx.call().now;
    const auto record = deps.profiles.Find(switcher);
    if (record.has_value()) offer.terms.partner = record->partner;
    bool possible = IsPresent(deps, switcher);
    if (possible) {
      ASSIGN_OR_RETURN(possible, seats.Hold(offer.terms.vacancy, offer.id));
    }
    if (possible && !offer.terms.direct()) {
      ASSIGN_OR_RETURN(possible, seats.Hold(domain::SeatResource(offer.terms.start), offer.id));
      if (!possible) RETURN_IF_ERROR(seats.GiveBack(offer.id));
    }
    if (!possible) {
      ++result.left_out;
      continue;
    }
    RETURN_IF_ERROR(matches.InsertOffer(offer));
    ++result.made;
  }
  return result;
}

}  // namespace matchgo::scheduler
