// ClearRound: the engine computes an outcome from the frozen market and stores it; nobody sees it
// before verify_round.cc has accepted it.
#include <utility>

#include "common/base/status_macros.h"
#include "services/scheduler/actions/advance_round.h"
#include "services/scheduler/actions/running_market.h"
#include "services/scheduler/engine/certificate.h"
#include "services/scheduler/engine/outcome_file.h"
#include "services/scheduler/reasons.h"
#include "services/scheduler/store/round_store.h"

namespace matchgo::scheduler {

StatusOr<domain::Round> ClearRound(const Deps& deps, const Call& call, domain::Round round) {
  const auto watch = deps.probe.Watch();
  const StatusOr<std::shared_ptr<const RunningMarket>> running = MarketOf(deps, call, round);
  if (!running.ok()) {
    // A mechanism that does not fit the market: the round can't be cleared, now or later.
    if (running.status().code() == absl::StatusCode::kFailedPrecondition) {
      RETURN_IF_ERROR(FailRound(deps, call, std::move(round), ReasonOf(running.status())).status());
    }
    return running.status();
  }
  const RunningMarket& market = **running;
  if (!market.erased.empty()) {
    RETURN_IF_ERROR(FailRound(deps, call, std::move(round), reasons::kMarketErased.word).status());
    return Precondition(reasons::kMarketErased);
  }
  // Only in clearing by score is it the score that decides who gets the last place.
  if (market.first.mechanism == engine::Mechanism::kScore) {
    const engine::Certifier certifier(market.index, market.first);
    const engine::CutOffs vacancies = certifier.OfVacancies();
    const engine::CutOffs starts = certifier.OfStarts();
    deps.probe.CutOffsAre("vacancy", vacancies.scores, vacancies.parties);
    deps.probe.CutOffsAre("start", starts.scores, starts.parties);
  }
  const engine::Outcome outcome =
      engine::MakeOutcome(market.market, market.index, market.first, deps.parallel);
  const std::string text = engine::FormatOutcome(outcome);
  ASSIGN_OR_RETURN(round, domain::Advance(std::move(round), domain::RoundEvent::kClear, call.now));
  round.code_version = outcome.version;
  round.summary.placed = static_cast<int64_t>(outcome.matches.size());
  round.summary.total_score = outcome.summary.total_score;
  round.summary.closed_starts = 0;
  for (const engine::OutcomeClosed& closed : outcome.closed) {
    if (closed.load < closed.min) ++round.summary.closed_starts;
  }
  int64_t no_feasible = 0;
  for (const engine::OutcomeUnmatched& unmatched : outcome.unmatched) {
    if (unmatched.why == engine::WhyUnmatched::kNoFeasibleContract) ++no_feasible;
  }
  deps.probe.UnmatchedIs(no_feasible, static_cast<int64_t>(outcome.unmatched.size()) - no_feasible);
  ASSIGN_OR_RETURN(const std::vector<store::MarketLine> lines, SealMarket(deps.vault, text));
  ASSIGN_OR_RETURN(round, deps.database.Write(call, [&](sql::Tx& tx) -> StatusOr<domain::Round> {
    store::RoundStore rounds(tx);
    domain::Round next = round;
    RETURN_IF_ERROR(rounds.Put(next, "round.cleared"));
    RETURN_IF_ERROR(rounds.PutOutcome(next.id, lines));
    return next;
  }));
  deps.probe.PhaseTook("clear", watch.seconds());
  return round;
}

}  // namespace matchgo::scheduler
