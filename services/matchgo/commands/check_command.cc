// matchgo check: somebody else's opinion of an outcome, with code that shares nothing with clear.
#include <iostream>
#include <nlohmann/json.hpp>
#include <utility>

#include "common/base/status_macros.h"
#include "services/matchgo/commands/context.h"
#include "services/matchgo/commands/engine_lanes.h"
#include "services/matchgo/commands/market_text.h"
#include "services/matchgo/commands/outcome_verb.h"
#include "services/scheduler/engine/checker.h"

namespace matchgo::commands {
namespace {

namespace engine = scheduler::engine;

void PrintReport(const Context& context, const engine::CheckReport& report) {
  if (context.json) {
    nlohmann::json json = {{"ok", report.ok()},
                           {"problem_count", report.problem_count},
                           {"blocking", report.blocking},
                           {"looked_at", report.looked_at},
                           {"not_checked", report.not_checked},
                           {"problems", nlohmann::json::array()}};
    for (const engine::CheckProblem& problem : report.problems) {
      json["problems"].push_back({{"word", problem.word}, {"text", problem.text}});
    }
    std::cout << json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
    return;
  }
  for (const engine::CheckProblem& problem : report.problems) {
    std::cout << problem.word << ": " << problem.text << "\n";
  }
  const auto count = [&](int64_t number) {
    return terminal::FormatCount(context.language, number);
  };
  std::cout << (report.ok() ? context.Say("Goed: ", "Good: ")
                            : context.Say("Niet goed: ", "Not good: "))
            << count(report.problem_count) << context.Say(" problemen, ", " problems, ")
            << count(report.blocking)
            << context.Say(" blokkerend; alle mogelijke contracten zijn nagegaan, ",
                           " blocking; all feasible contracts were considered, ")
            << count(report.looked_at) << context.Say(" uitgewerkt\n", " worked out\n");
  if (report.not_checked.empty()) return;
  std::cout << context.Say("Niet nagekeken in een markt van deze omvang:",
                           "Not checked in a market of this size:");
  const char* separator = " ";
  for (const std::string& field : report.not_checked) {
    std::cout << std::exchange(separator, ", ") << field;
  }
  std::cout << "\n";
}

StatusOr<bool> RunCheck(const Context& context, const OutcomeFiles& files) {
  Phases phases(context);
  EngineLanes lanes(files.threads);
  ASSIGN_OR_RETURN(const engine::Market market, ReadMarket(files.market, lanes, phases));
  ASSIGN_OR_RETURN(const engine::Outcome outcome, ReadOutcome(files.outcome));
  const engine::CheckReport report = engine::CheckOutcome(market, outcome, {}, lanes);
  phases.End("check", "nakijken", "checking");
  PrintReport(context, report);
  return report.ok();
}

}  // namespace

void AddCheck(CLI::App& app, Context& context) {
  auto* command = app.add_subcommand(
      "check", context.Say("kijk een uitkomst na met code die niets met het verdelen deelt",
                           "check an outcome with code that shares nothing with clearing"));
  AddOutcomeVerb(*command, context,
                 [&context](const OutcomeFiles& files) { return RunCheck(context, files); });
}

}  // namespace matchgo::commands
