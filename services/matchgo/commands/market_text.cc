#include "services/matchgo/commands/market_text.h"

#include <iostream>

#include "common/base/status_macros.h"
#include "services/matchgo/commands/input_file.h"
#include "services/scheduler/engine/market_file.h"
#include "services/scheduler/engine/outcome_file.h"
#include "services/scheduler/engine/reasons.h"

namespace matchgo::commands {

namespace engine = scheduler::engine;

StatusOr<engine::Market> ReadMarket(const std::string& path, engine::Parallel& parallel,
                                    Phases& phases) {
  ASSIGN_OR_RETURN(const InputFile file, InputFile::Open(path));
  auto market = engine::ParseMarket(file.text(), file.name(), parallel);
  if (market.ok()) phases.End("read", "markt lezen", "reading the market", file.text().size());
  return market;
}

StatusOr<engine::Outcome> ReadOutcome(const std::string& path) {
  ASSIGN_OR_RETURN(const InputFile file, InputFile::Open(path));
  return engine::ParseOutcome(file.text(), file.name());
}

ExitCode ReportFile(const Context& context, const Status& status) {
  const std::string reason = ReasonOf(status);
  const bool of_a_file =
      reason == engine::reasons::kMarketInvalid || reason == engine::reasons::kOutcomeInvalid;
  // A mechanism that does not fit the market is a wrong flag, whatever the engine calls it.
  const bool wrong_flag = reason == engine::reasons::kMechanismNotApplicable;
  if (wrong_flag) {
    Report(context, status);
    return kWrongUse;
  }
  if (!of_a_file || context.json) return Report(context, status);
  std::cerr << MessageOf(status) << "\n";
  return kWrongUse;
}

}  // namespace matchgo::commands
