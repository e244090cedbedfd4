// FreezeRound: the projections become one immutable market with a digest, sealed per person.
#include <set>
#include <utility>

#include "common/base/status_macros.h"
#include "services/scheduler/actions/advance_round.h"
#include "services/scheduler/domain/projection.h"
#include "services/scheduler/engine/market_file.h"
#include "services/scheduler/reasons.h"
#include "services/scheduler/store/match_store.h"
#include "services/scheduler/store/round_store.h"
#include "services/scheduler/store/seat_store.h"

namespace matchgo::scheduler {
namespace {

// What our own store knows that a projection must respect.
Status ReadOwn(sql::Tx& tx, domain::MarketSources* sources,
               std::map<std::string, store::SeatLimit>* limits) {
  store::SeatStore seats(tx);
  store::MatchStore matches(tx);
  ASSIGN_OR_RETURN(const auto counts, seats.CountAll());
  for (const auto& [resource, count] : counts) {
    if (count.taken() > 0) sources->taken[resource] = count.taken();
  }
  ASSIGN_OR_RETURN(*limits, seats.Limits());
  ASSIGN_OR_RETURN(sources->cohorts, seats.Cohorts());
  ASSIGN_OR_RETURN(const auto engaged, matches.Engaged(""));
  sources->with_contract = {engaged.begin(), engaged.end()};
  ASSIGN_OR_RETURN(const auto offered, matches.Offered());
  sources->with_offer = {offered.begin(), offered.end()};
  ASSIGN_OR_RETURN(sources->refusals, matches.Refusals());
  return absl::OkStatus();
}

// A lowered capacity counts until the owner's record is newer than the one known at the lowering.
void ApplyLimits(const std::map<std::string, store::SeatLimit>& limits,
                 domain::MarketSources* sources) {
  const auto apply = [&](const std::string& name, int64_t sequence) {
    const auto limit = limits.find(name);
    if (limit != limits.end() && sequence <= limit->second.known_sequence) {
      sources->seats_at_most[name] = limit->second.capacity;
    }
  };
  for (const auto& vacancy : sources->vacancies) apply(vacancy.name, vacancy.sequence);
  for (const auto& start : sources->starts) apply(start.name, start.sequence);
}

}  // namespace

StatusOr<domain::Round> FreezeRound(const Deps& deps, const Call& call, domain::Round round) {
  const auto watch = deps.probe.Watch();
  ASSIGN_OR_RETURN(round, domain::Advance(std::move(round), domain::RoundEvent::kFreeze, call.now));
  domain::MarketSources sources;
  sources.day = DayOf(call.now);
  const Instant far = call.now + std::chrono::hours(24) * domain::kMatchPhaseDays;
  const auto deadline = domain::OfferDeadline(call.now, round.answer_working_days, far);
  sources.offers_until = deadline.has_value() ? DayOf(*deadline) : sources.day;
  sources.seed = round.seed;
  sources.switchers = deps.profiles.Switchers();
  sources.vacancies = deps.vacancies.Vacancies();
  sources.programmes = deps.programmes.Programmes();
  sources.starts = deps.programmes.Starts();
  std::map<std::string, store::SeatLimit> limits;
  RETURN_IF_ERROR(
      deps.database.Read(call, [&](sql::Tx& tx) { return ReadOwn(tx, &sources, &limits); }));
  ApplyLimits(limits, &sources);

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
