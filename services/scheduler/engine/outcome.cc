#include "services/scheduler/engine/outcome.h"

#include <algorithm>

namespace matchgo::scheduler::engine {
namespace {

OutcomeMatch MakeMatch(const Market& market, const FeasibleContract& entry) {
  OutcomeMatch match;
  match.contract = market.Ids(entry.contract);
  match.score = entry.score;
  if (market.bare) return match;
  match.ready = entry.ready;
  match.modules.emplace();
  if (!entry.contract.direct()) {
    match.modules = ModuleIds(market, entry.contract.start, entry.modules);
  }
  return match;
}

int64_t DeclinedAndFeasible(const ContractTable& table, const Commitments& commitments) {
  return std::ranges::count_if(commitments.declined, [&table](const Contract& contract) {
    return table.Find(contract).has_value();
  });
}

WhyUnmatched WhyNone(const ContractTable& table, const Commitments& commitments, int32_t switcher) {
  for (const int32_t place : table.OfSwitcher(switcher)) {
    if (!std::ranges::binary_search(commitments.declined, table.at(place).contract)) {
      return WhyUnmatched::kOutcompeted;
    }
  }
  return WhyUnmatched::kNoFeasibleContract;
}

OutcomeSummary Summarise(const Market& market, const ContractTable& table,
                         const Clearing& clearing) {
  OutcomeSummary summary;
  summary.switchers = market.switcher_count();
  summary.matched = clearing.matched;
  for (const Vacancy& vacancy : market.vacancies) summary.openings += vacancy.openings;
  summary.starts = market.start_count();
  for (const int32_t participants : clearing.participants) {
    summary.running += participants > 0 ? 1 : 0;
    summary.seats_filled += participants;
  }
  summary.total_score = clearing.total_score;
  summary.feasible = table.size() - DeclinedAndFeasible(table, clearing.commitments);
  summary.open_set = std::string(OpenSetMethodName(clearing.open_set));
  summary.total_score_minima_ignored = clearing.total_score_minima_ignored;
  return summary;
}

}  // namespace

Outcome MakeOutcome(const Market& market, const ContractTable& table, const Clearing& clearing) {
  Outcome outcome;
  outcome.market_digest = market.digest;
  outcome.mechanism = std::string(MechanismName(clearing.mechanism));
  outcome.weights = table.weights();
  outcome.seed = market.seed;
  outcome.version = kEngineVersion;
  for (int32_t s = 0; s < market.switcher_count(); ++s) {
    const int32_t place = clearing.place_of[static_cast<size_t>(s)];
    if (place != kNone) {
      outcome.matches.push_back(MakeMatch(market, table.at(place)));
    } else {
      outcome.unmatched.push_back(
          {std::string(market.switcher_ids[s]), WhyNone(table, clearing.commitments, s)});
    }
  }
  for (const ClosedStartLoad& closed : clearing.closed) {
    outcome.closed.push_back(
        {std::string(market.start_ids[closed.start]), closed.load, market.start(closed.start).min});
  }
  outcome.summary = Summarise(market, table, clearing);
  return outcome;
}

StatusOr<Outcome> ClearMarket(const Market& market, const ClearMarketOptions& options) {
  const StatusOr<ContractTable> table = FindContracts(market, options.weights);
  if (!table.ok()) return table.status();
  const StatusOr<Clearing> clearing = Clear(market, *table, options.clear);
  if (!clearing.ok()) return clearing.status();
  return MakeOutcome(market, *table, *clearing);
}

}  // namespace matchgo::scheduler::engine
