#include "services/scheduler/engine/outcome.h"

#include <algorithm>

#include "services/scheduler/engine/feasibility.h"

namespace matchgo::scheduler::engine {
namespace {

constexpr size_t kGrain = 256;

OutcomeMatch MakeMatch(const Market& market, const CandidateIndex& index,
                       const KnownContract& held) {
  OutcomeMatch match;
  match.contract = market.Ids(held.contract());
  match.score = held.score;
  if (market.bare) return match;
  const Verdict verdict = Check(index.market(), held.contract());
  match.ready = verdict.ready;
  match.modules.emplace();
  if (held.start != kNone) match.modules = ModuleIds(market, held.start, verdict.modules);
  return match;
}

OutcomeSummary Summarise(const Market& market, const Clearing& clearing) {
  OutcomeSummary summary;
  summary.switchers = market.switcher_count();
  summary.matched = static_cast<int64_t>(clearing.holdings.size());
  for (const Vacancy& vacancy : market.vacancies) summary.openings += vacancy.openings;
  summary.starts = market.start_count();
  for (const int32_t participants : clearing.participants) {
    summary.running += participants > 0 ? 1 : 0;
    summary.seats_filled += participants;
  }
  summary.total_score = clearing.total_score;
  summary.open_set = std::string(OpenSetMethodName(clearing.open_set));
  summary.total_score_minima_ignored = clearing.total_score_minima_ignored;
  for (const WillingGroup& group : clearing.groups) {
    summary.willing_groups.emplace_back(market.start_ids[group.start]);
  }
  return summary;
}

void ListUnmatched(const Market& market, const Clearing& clearing, Outcome& outcome) {
  auto held = clearing.holdings.begin();
  auto hopeless = clearing.hopeless.begin();
  for (int32_t s = 0; s < market.switcher_count(); ++s) {
    if (held != clearing.holdings.end() && held->switcher == s) {
      ++held;
      continue;
    }
    const bool none = hopeless != clearing.hopeless.end() && *hopeless == s;
    if (none) ++hopeless;
    outcome.unmatched.push_back(
        {std::string(market.switcher_ids[s]),
         none ? WhyUnmatched::kNoFeasibleContract : WhyUnmatched::kOutcompeted});
  }
}

}  // namespace

Outcome MakeOutcome(const Market& market, const CandidateIndex& index, const Clearing& clearing,
                    Parallel& parallel) {
  Outcome outcome;
  outcome.market_digest = market.digest;
  outcome.mechanism = std::string(MechanismName(clearing.mechanism));
  outcome.weights = index.weights();
  outcome.seed = market.seed;
  outcome.version = kEngineVersion;
  outcome.matches.resize(clearing.holdings.size());
  parallel.For(clearing.holdings.size(), kGrain, [&](int, size_t begin, size_t end) {
    for (size_t i = begin; i < end; ++i) {
      outcome.matches[i] = MakeMatch(market, index, clearing.holdings[i]);
    }
  });
  ListUnmatched(market, clearing, outcome);
  for (const ClosedStartLoad& closed : clearing.closed) {
    outcome.closed.push_back(
        {std::string(market.start_ids[closed.start]), closed.load, market.start(closed.start).min});
  }
  outcome.summary = Summarise(market, clearing);
  return outcome;
}

Outcome MakeOutcome(const Market& market, const CandidateIndex& index, const Clearing& clearing) {
  SerialParallel serial;
  return MakeOutcome(market, index, clearing, serial);
}

StatusOr<Outcome> ClearMarket(const Market& market, const ClearMarketOptions& options) {
  SerialParallel serial;
  return ClearMarket(market, options, serial);
}

StatusOr<Outcome> ClearMarket(const Market& market, const ClearMarketOptions& options,
                              Parallel& parallel, const ClearObserver& observer) {
  if (Status status = Validate(options.weights); !status.ok()) return status;
  const CandidateIndex index(market, options.weights);
  const StatusOr<Clearing> clearing = Clear(index, options.clear, parallel, observer);
  if (!clearing.ok()) return clearing.status();
  return MakeOutcome(market, index, *clearing, parallel);
}

}  // namespace matchgo::scheduler::engine
