// matchgo bound: how far an outcome is at most from the best that any outcome could be.
#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "common/base/status_macros.h"
#include "services/matchgo/commands/context.h"
#include "services/matchgo/commands/engine_lanes.h"
#include "services/matchgo/commands/engine_progress.h"
#include "services/matchgo/commands/market_text.h"
#include "services/matchgo/commands/outcome_verb.h"
#include "services/scheduler/engine/clearing.h"
#include "services/scheduler/engine/reasons.h"
#include "services/scheduler/engine/upper_bound.h"

namespace matchgo::commands {
namespace {

namespace engine = scheduler::engine;

// A file may claim any score: so far that their sum fits.
constexpr int64_t kClaimedMax = 1'000'000'000'000;

// What an outcome reached, and what none can exceed.
struct Reached {
  int64_t placed = 0;
  int64_t total_score = 0;
  engine::Bound bound;

  bool Possible() const { return placed <= bound.placed && total_score <= bound.total_score; }
};

// "92.6 %", rounded down.
std::string Percentage(const Context& context, int64_t part, int64_t whole) {
  const int64_t permille = whole == 0 ? 1000 : part * 1000 / whole;
  return std::to_string(permille / 10) + context.Say(",", ".") + std::to_string(permille % 10) +
         " %";
}

void Print(const Context& context, const Reached& reached) {
  const auto& [placed, total_score, bound] = reached;
  if (context.json) {
    std::cout << nlohmann::json({{"placed", placed},
                                 {"placed_at_most", bound.placed},
                                 {"total_score", total_score},
                                 {"total_score_at_most", bound.total_score}})
                     .dump()
              << "\n";
    return;
  }
  const auto of_at_most = [&](int64_t part, int64_t whole) {
    return context.Say(" van hooguit ", " of at most ") +
           terminal::FormatCount(context.language, whole) + " (" +
           Percentage(context, part, whole) + ")";
  };
  std::cout << terminal::FormatCount(context.language, placed)
            << context.Say(" mensen geplaatst", " people placed")
            << of_at_most(placed, bound.placed) << context.Say("; totale score ", "; total score ")
            << terminal::FormatCount(context.language, total_score)
            << of_at_most(total_score, bound.total_score) << "\n";
  if (reached.Possible()) return;
  std::cout << context.Say("Dat kan niet: matchgo check zegt wat er niet klopt.\n",
                           "That is impossible: matchgo check says what is wrong.\n");
}

// Whether the bound of this market is about this outcome.
Status Fits(const engine::Market& market, const engine::Outcome& outcome) {
  if (outcome.market_digest != market.digest) {
    return Invalid(Reason{"OTHER_MARKET", "--outcome wants an outcome of the market in --market"});
  }
  RETURN_IF_ERROR(engine::Validate(outcome.weights));
  return engine::Validate(market, market.commitments);
}

StatusOr<bool> RunBound(const Context& context, const OutcomeFiles& files) {
  Phases phases(context);
  EngineLanes lanes(files.threads);
  ASSIGN_OR_RETURN(const engine::Market market, ReadMarket(files.market, lanes, phases));
  ASSIGN_OR_RETURN(const engine::Outcome outcome, ReadOutcome(files.outcome));
  RETURN_IF_ERROR(Fits(market, outcome));
  const engine::CandidateIndex index(market, outcome.weights);
  phases.End("index", "register maken", "making the index");
  Reached reached;
  for (const engine::OutcomeMatch& match : outcome.matches) {
    ++reached.placed;
    reached.total_score += std::clamp<int64_t>(match.score, 0, kClaimedMax);
  }
  {
    EngineProgress progress(context);
    reached.bound = engine::FindBound(index, market.commitments, {}, lanes, progress.observer());
  }
  phases.End("bound", "bovengrens zoeken", "finding the bound");
  Print(context, reached);
  return reached.Possible();
}

}  // namespace

void AddBound(CLI::App& app, Context& context) {
  auto* command = app.add_subcommand(
      "bound", context.Say("hoeveel beter een uitkomst hooguit had kunnen zijn: geplaatste mensen "
                           "en totale score",
                           "how much better an outcome could have been at most: people placed and "
                           "total score"));
  AddOutcomeVerb(*command, context,
                 [&context](const OutcomeFiles& files) { return RunBound(context, files); });
}

}  // namespace matchgo::commands
