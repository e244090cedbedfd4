// FreezeRound: the projections become one immutable market with a digest, sealed per person.
#include <utility>

#include "common/base/status_macros.h"
#include "services/scheduler/actions/advance_round.h"
#include "services/scheduler/actions/market_sources.h"
#include "services/scheduler/domain/projection.h"
#include "services/scheduler/engine/market_file.h"
#include "services/scheduler/reasons.h"
#include "services/scheduler/store/match_store.h"
#include "services/scheduler/store/round_store.h"
#include "services/scheduler/store/seat_store.h"

namespace matchgo::scheduler {
namespace {

// What our own store knows that a projection must respect.
Status ReadOwn(sql::Tx& tx, domain::MarketSources* sources, OwnLimits* limits) {
  ASSIGN_OR_RETURN(*limits, ReadLimits(tx));
  ASSIGN_OR_RETURN(sources->taken, ReadTaken(tx));
  store::MatchStore matches(tx);
  ASSIGN_OR_RETURN(const auto engaged, matches.Engaged(""));
  sources->with_contract = {engaged.begin(), engaged.end()};
  ASSIGN_OR_RETURN(const auto offered, matches.Offered());
  sources->with_offer = {offered.begin(), offered.end()};
  ASSIGN_OR_RETURN(sources->refusals, matches.Refusals());
  return absl::OkStatus();
}

StatusOr<domain::MarketSources> ReadSources(const Deps& deps, const Call& call) {
  domain::MarketSources sources = SourcesFromFeeds(deps);
  sources.switchers = deps.profiles.Switchers();
  OwnLimits limits;
  RETURN_IF_ERROR(
      deps.database.Read(call, [&](sql::Tx& tx) { return ReadOwn(tx, &sources, &limits); }));
  ApplyLimits(limits, &sources);
  return sources;
}

}  // namespace

StatusOr<domain::Round> FreezeRound(const Deps& deps, const Call& call, domain::Round round) {
  const auto watch = deps.probe.Watch();
  ASSIGN_OR_RETURN(round, domain::Advance(std::move(round), domain::RoundEvent::kFreeze, call.now));
  // Before the records are read: they hold at least that much.
  round.profiles_read = deps.profiles.progress().sequence;
  round.vacancies_read = deps.vacancies.progress().sequence;
  round.programmes_read = deps.programmes.progress().sequence;
  ASSIGN_OR_RETURN(domain::MarketSources sources, ReadSources(deps, call));
  sources.day = DayOf(call.now);
  sources.offers_until = OffersUntil(call.now, round.answer_working_days);
  sources.seed = round.seed;
  const domain::ProjectedMarket projected = domain::Project(sources);
  ASSIGN_OR_RETURN(const engine::FrozenMarket frozen, engine::BuildMarket(projected.input));
  ASSIGN_OR_RETURN(const std::vector<store::MarketLine> lines, SealMarket(deps.vault, frozen.text));
  round.market_digest = frozen.market.digest;
  round.summary.switchers = frozen.market.switcher_count();
  round.summary.vacancies = frozen.market.vacancy_count();
  round.summary.starts = frozen.market.start_count();
  round.summary.openings = 0;
  for (const engine::Vacancy& vacancy : frozen.market.vacancies) {
    round.summary.openings += vacancy.openings;
  }
  round.summary.unmatched = round.summary.switchers;
  ASSIGN_OR_RETURN(round, deps.database.Write(call, [&](sql::Tx& tx) -> StatusOr<domain::Round> {
    store::RoundStore rounds(tx);
    domain::Round next = round;
    RETURN_IF_ERROR(rounds.Put(next, "round.frozen"));
    RETURN_IF_ERROR(rounds.PutMarket(next.id, lines));
    store::SeatStore seats(tx);
    for (const domain::SeatPlan& plan : projected.seats) RETURN_IF_ERROR(seats.Sync(plan));
    return next;
  }));
  deps.probe.PhaseTook("freeze", watch.seconds());
  return round;
}

}  // namespace matchgo::scheduler
