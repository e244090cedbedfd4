#include "services/matchgo/commands/outcome_verb.h"

#include <memory>
#include <utility>

#include "services/matchgo/commands/engine_lanes.h"
#include "services/matchgo/commands/market_text.h"
#include "services/matchgo/commands/wrong_use.h"

namespace matchgo::commands {
namespace {

StatusOr<bool> Judge(const OutcomeFiles& files,
                     const std::function<StatusOr<bool>(const OutcomeFiles&)>& judge) {
  if (files.market == "-" && files.outcome == "-") {
    return Invalid(Reason{"ONE_STDIN", "only one of --market and --outcome can be stdin"});
  }
  return judge(files);
}

}  // namespace

void AddOutcomeVerb(CLI::App& command, Context& context,
                    std::function<StatusOr<bool>(const OutcomeFiles&)> judge) {
  auto files = std::make_shared<OutcomeFiles>(OutcomeFiles{.threads = DefaultThreads()});
  command
      .add_option("--market", files->market,
                  context.Say("marktbestand; - is stdin", "market file; - is stdin"))
      ->type_name("FILE")
      ->required();
  command
      .add_option("--outcome", files->outcome,
                  context.Say("uitkomstbestand van die markt; - is stdin",
                              "outcome file of that market; - is stdin"))
      ->type_name("FILE")
      ->required();
  AddThreads(command, context, files->threads);
  command.callback([&context, files, judge = std::move(judge)] {
    const auto good = Judge(*files, judge);
    if (!good.ok()) {
      context.exit_code = ReportFile(context, good.status());
    } else if (!*good) {
      context.exit_code = kDifferent;
    }
  });
}

}  // namespace matchgo::commands
