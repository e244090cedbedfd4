#include "services/scheduler/actions/market_sources.h"

#include "common/base/status_macros.h"
#include "services/scheduler/domain/round_lifecycle.h"

namespace matchgo::scheduler {

StatusOr<OwnLimits> ReadLimits(sql::Tx& tx) {
  store::SeatStore seats(tx);
  OwnLimits own;
  ASSIGN_OR_RETURN(own.seats, seats.Limits());
  ASSIGN_OR_RETURN(own.cohorts, seats.Cohorts());
  return own;
}

StatusOr<std::map<std::string, int32_t>> ReadTaken(sql::Tx& tx) {
  ASSIGN_OR_RETURN(const auto counts, store::SeatStore(tx).CountAll());
  std::map<std::string, int32_t> taken;
  for (const auto& [resource, count] : counts) {
    if (count.taken() > 0) taken.emplace_hint(taken.end(), resource, count.taken());
  }
  return taken;
}

Day OffersUntil(Instant now, int32_t answer_working_days) {
  const Instant far = now + std::chrono::hours(24) * domain::kMatchPhaseDays;
  const auto deadline = domain::OfferDeadline(now, answer_working_days, far);
  return deadline.has_value() ? DayOf(*deadline) : DayOf(now);
}

domain::MarketSources SourcesFromFeeds(const Deps& deps) {
  domain::MarketSources sources;
  sources.vacancies = deps.vacancies.Vacancies();
  sources.programmes = deps.programmes.Programmes();
  sources.starts = deps.programmes.Starts();
  return sources;
}

void ApplyLimits(const OwnLimits& limits, domain::MarketSources* sources) {
  const auto apply = [&](const std::string& name, int64_t sequence) {
    const auto limit = limits.seats.find(name);
    if (limit != limits.seats.end() && sequence <= limit->second.known_sequence) {
      sources->seats_at_most[name] = limit->second.capacity;
    }
  };
  for (const auto& vacancy : sources->vacancies) apply(vacancy.name, vacancy.sequence);
  for (const auto& start : sources->starts) apply(start.name, start.sequence);
  sources->cohorts = limits.cohorts;
}

}  // namespace matchgo::scheduler
