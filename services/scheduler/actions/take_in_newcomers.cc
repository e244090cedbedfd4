#include "services/scheduler/actions/take_in_newcomers.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/base/status_macros.h"
#include "services/scheduler/actions/compute_repair.h"
#include "services/scheduler/actions/joined_market.h"
#include "services/scheduler/actions/make_offers.h"
#include "services/scheduler/actions/market_sources.h"
#include "services/scheduler/actions/round_numbers.h"
#include "services/scheduler/domain/market_text.h"
#include "services/scheduler/domain/newcomers.h"
#include "services/scheduler/domain/round_lifecycle.h"
#include "services/scheduler/reasons.h"
#include "services/scheduler/store/match_store.h"
#include "services/scheduler/store/round_store.h"
#include "services/scheduler/store/seat_store.h"

namespace matchgo::scheduler {
namespace {

// Whether the feeds moved since the freeze. A round that did not note how far they were then cannot
// tell who is new.
bool HasNews(const Deps& deps, const domain::Round& round) {
  const bool noted = round.profiles_read > 0 || round.vacancies_read > 0;
  return noted && (deps.profiles.progress().sequence > round.profiles_read ||
                   deps.vacancies.progress().sequence > round.vacancies_read);
}

// The round that has offers out, if it can take anybody in.
StatusOr<std::optional<domain::Round>> FindRound(const Deps& deps, const Call& call) {
  ASSIGN_OR_RETURN(const auto running, deps.database.Read(call, [](sql::Tx& tx) {
    return store::RoundStore(tx).Running();
  }));
  for (const domain::Round& round : running) {
    const bool published = round.state == domain::RoundState::kPublished;
    if (published && !round.RepairDue() && HasNews(deps, round)) return round;
  }
  return std::nullopt;
}

std::optional<Instant> FrozenAt(const domain::Round& round) {
  for (const domain::RoundStep& step : round.steps) {
    if (step.state == domain::RoundState::kFrozen) return step.time;
  }
  return std::nullopt;
}

struct Engaged {
  std::vector<std::string> with_contract;  // sorted
  std::vector<std::string> with_offer;     // sorted
  std::map<std::string, int32_t> taken;
  OwnLimits limits;
};

StatusOr<Engaged> ReadEngaged(sql::Tx& tx) {
  Engaged engaged;
  store::MatchStore matches(tx);
  ASSIGN_OR_RETURN(engaged.with_contract, matches.Engaged(""));
  ASSIGN_OR_RETURN(engaged.with_offer, matches.Offered());
  std::ranges::sort(engaged.with_offer);
  ASSIGN_OR_RETURN(engaged.taken, ReadTaken(tx));
  ASSIGN_OR_RETURN(engaged.limits, ReadLimits(tx));
  return engaged;
}

domain::Arrivals FindArrivals(const Deps& deps, const domain::Round& round,
                              const JoinedMarket& joined, const Engaged& engaged, Day today) {
  domain::Arrivals arrivals;
  for (domain::SwitcherRecord& record : deps.profiles.Switchers()) {
    if (record.sequence <= round.profiles_read ||
        joined.market().switcher_ids.Find(record.id).has_value() ||
        std::ranges::binary_search(engaged.with_contract, record.id) ||
        std::ranges::binary_search(engaged.with_offer, record.id) ||
        !domain::ObstaclesOn(record, today).empty()) {
      continue;
    }
    arrivals.switchers.push_back(std::move(record));
  }
  for (domain::VacancyRecord& record : deps.vacancies.Vacancies()) {
    // One with seats taken or lowered is not new: it was full at the freeze, or is being closed.
    if (record.sequence <= round.vacancies_read || !domain::TakesPart(record, today) ||
        engaged.taken.contains(record.name) || engaged.limits.seats.contains(record.name) ||
        joined.market().vacancy_ids.Find(domain::VacancyMarketId(record.name)).has_value()) {
      continue;
    }
    arrivals.vacancies.push_back(std::move(record));
  }
  return arrivals;
}

// What is to be stored, all computed and checked.
struct Extension {
  domain::Joining joining;
  std::vector<store::MarketLine> lines;
  store::Repair repair;
  std::vector<domain::Offer> offers;
};

// The repair that stores the clearing of a market, and the offers that follow from it. New
// vacancies have no seats yet: those they will get are `planned`.
StatusOr<store::Repair> Clear(const Deps& deps, const Call& call, const JoinedMarket& joined,
                              const std::vector<domain::SeatPlan>& planned, int32_t no_start_until,
                              std::vector<domain::Offer>* offers) {
  ASSIGN_OR_RETURN(Standing standing, deps.database.Read(call, [&](sql::Tx& tx) {
    return ReadStanding(tx, deps, joined);
  }));
  for (const domain::SeatPlan& plan : planned) {
    standing.seats[plan.resource] = {.capacity = plan.capacity, .taken = 0};
  }
  int64_t blocking = 0;
  ASSIGN_OR_RETURN(const Repaired repaired,
                   ComputeRepair(joined, standing, no_start_until, deps.parallel, &blocking));
  *offers = NewOffers(joined, repaired.clearing);
  return Sealed(deps, repaired, call.now);
}

// Stores what joined, and makes the offers. STALE when somebody answered meanwhile.
StatusOr<int64_t> Store(sql::Tx& tx, const Deps& deps, domain::Round round,
                        const Extension& extension, Instant deadline) {
  store::RoundStore rounds(tx);
  ASSIGN_OR_RETURN(const bool unchanged, rounds.MarkRepaired(round.id, round.changes));
  if (!unchanged) return Conflict(reasons::kStale);
  round.update_time = tx.call().now;
  RETURN_IF_ERROR(rounds.AddNewcomers(round.id, extension.lines));
  RETURN_IF_ERROR(rounds.InsertRepair(round.id, extension.repair));
  store::SeatStore seats(tx);
  for (const domain::SeatPlan& plan : extension.joining.seats) RETURN_IF_ERROR(seats.Sync(plan));
  ASSIGN_OR_RETURN(const OffersMade made, MakeOffers(tx, deps, extension.offers, deadline));
  if (made.left_out > 0) RETURN_IF_ERROR(rounds.CountChange(round.id));
  RETURN_IF_ERROR(FillNumbers(tx, &round));
  RETURN_IF_ERROR(rounds.Put(round, "round.extended"));
  return made.made;
}

}  // namespace

StatusOr<TakenIn> TakeInNewcomers(const Deps& deps, const Call& call) {
  const auto turn = deps.shelf.TakeTurn();
  ASSIGN_OR_RETURN(std::optional<domain::Round> round, FindRound(deps, call));
  if (!round.has_value()) return TakenIn();
  const auto watch = deps.probe.Watch();
  const auto frozen_at = FrozenAt(*round);
  const auto deadline =
      domain::OfferDeadline(call.now, round->answer_working_days, domain::PhaseEnd(*round));
  if (!frozen_at.has_value() || !deadline.has_value()) return TakenIn();
  ASSIGN_OR_RETURN(const JoinedMarket before, JoinedMarketOf(deps, call, *round));
  ASSIGN_OR_RETURN(const Engaged engaged,
                   deps.database.Read(call, [](sql::Tx& tx) { return ReadEngaged(tx); }));
  const Day today = DayOf(call.now);
  const domain::Arrivals arrivals = FindArrivals(deps, *round, before, engaged, today);
  if (arrivals.empty()) return TakenIn();
  Extension extension;
  extension.joining = domain::Join(before.text(), before.market(), arrivals, today,
                                   OffersUntil(*frozen_at, round->answer_working_days));
  ASSIGN_OR_RETURN(const JoinedMarket after,
                   JoinedMarket::Make(before.shared_frozen(),
                                      domain::WithLines(before.lines(), extension.joining.lines),
                                      deps.parallel));
  ASSIGN_OR_RETURN(extension.lines, SealMarket(deps.vault, extension.joining.lines));
  ASSIGN_OR_RETURN(extension.repair,
                   Clear(deps, call, after, extension.joining.seats,
                         DayOf(*deadline) - after.frozen().day, &extension.offers));
  const TakenIn counts = {
      .switchers = after.market().switcher_count() - before.market().switcher_count(),
      .vacancies = after.market().vacancy_count() - before.market().vacancy_count()};
  round->summary.switchers += counts.switchers;
  round->summary.newcomers += counts.switchers;
  round->summary.vacancies += counts.vacancies;
  for (const domain::SeatPlan& plan : extension.joining.seats) {
    round->summary.openings += plan.capacity;
  }
  TakenIn taken = counts;
  ASSIGN_OR_RETURN(taken.offers, deps.database.Write(call, [&](sql::Tx& tx) {
    return Store(tx, deps, *round, extension, *deadline);
  }));
  deps.probe.NewcomersJoined(taken.switchers, taken.vacancies);
  deps.probe.OffersBecame("open", taken.offers);
  deps.probe.PhaseTook("extend", watch.seconds());
  return taken;
}

}  // namespace matchgo::scheduler
