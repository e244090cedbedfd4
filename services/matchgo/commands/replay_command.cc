// matchgo round replay: clears the stored market again and compares the outcome byte for byte.
#include <grpcpp/client_context.h>

#include <algorithm>
#include <fstream>
#include <iostream>

#include "common/base/status_macros.h"
#include "common/kernel/resource_patterns.h"
#include "matchgo/scheduler/v1/scheduler_service.grpc.pb.h"
#include "services/matchgo/commands/client.h"
#include "services/matchgo/commands/context.h"
#include "services/matchgo/commands/whole_name.h"
#include "services/matchgo/help/help_page.h"
#include "services/scheduler/engine/checker.h"
#include "services/scheduler/engine/market_file.h"
#include "services/scheduler/engine/outcome.h"
#include "services/scheduler/engine/outcome_file.h"

namespace matchgo::commands {
namespace {

namespace pb = scheduler::v1;
namespace engine = scheduler::engine;

// A clearing as it was stored: the first of a round, or one of its repairs.
struct StoredClearing {
  std::string market;
  std::string outcome;
  std::string digest;  // of a repair's market
};

struct StoredRound {
  std::vector<StoredClearing> clearings = std::vector<StoredClearing>(1);  // by number of repair
  pb::Round round;
  std::vector<std::string> erased;
};

StatusOr<StoredRound> Fetch(const Context& context, const std::string& name) {
  const auto stub = pb::SchedulerService::NewStub(ChannelTo(context, "scheduler"));
  rpc::Caller caller(CallerOptions(context));
  grpc::ClientContext client;
  caller.Prepare(&client);
  pb::ExportRoundRequest request;
  request.set_name(name);
  StoredRound stored;
  pb::ExportRoundResponse piece;
  const auto reader = stub->ExportRound(&client, request);
  while (reader->Read(&piece)) {
    const auto number = static_cast<size_t>(std::max(piece.repair(), 0));
    if (number > stored.clearings.size()) return Internal("a repair is missing in the export");
    if (number == stored.clearings.size()) stored.clearings.emplace_back();
    StoredClearing& clearing = stored.clearings[number];
    clearing.market += piece.market();
    clearing.outcome += piece.outcome();
    clearing.digest += piece.repair_digest();
    if (piece.has_round()) stored.round = piece.round();
    for (const std::string& id : piece.erased()) stored.erased.push_back(id);
  }
  const Status status = rpc::FromGrpc(reader->Finish());
  if (!status.ok()) return status;
  stored.clearings.front().digest = stored.round.market_digest();
  return stored;
}

// The outcome of the stored market with the stored mechanism and weights.
StatusOr<std::string> ClearAgain(const StoredClearing& stored, const std::string& name) {
  ASSIGN_OR_RETURN(const engine::Market market, engine::ParseMarket(stored.market, name));
  if (market.digest != stored.digest) return Internal("a stored market does not have its digest");
  ASSIGN_OR_RETURN(const engine::Outcome before, engine::ParseOutcome(stored.outcome, "outcome"));
  engine::ClearMarketOptions options;
  options.weights = before.weights;
  ASSIGN_OR_RETURN(options.clear.mechanism, engine::ParseMechanism(before.mechanism));
  ASSIGN_OR_RETURN(const engine::Outcome again, engine::ClearMarket(market, options));
  return engine::FormatOutcome(again);
}

Status Save(const std::string& path, const std::string& text) {
  if (path.empty()) return absl::OkStatus();
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) return Internal("cannot write " + path);
  return absl::OkStatus();
}

struct ReplayFlags {
  std::string name;
  std::string market_file;
  std::string outcome_file;
};

int RunReplay(const Context& context, const ReplayFlags& flags) {
  const std::string name = WithCollection(names::kRound, flags.name);
  const auto stored = Fetch(context, name);
  if (ReasonOf(stored.status()) == "NOT_FOUND") {
    return Report(context, stored.status(),
                  context.Say("`matchgo round list` toont welke rondes er zijn.",
                              "`matchgo round list` shows which rounds there are."));
  }
  if (!stored.ok()) return Report(context, stored.status());
  for (const std::string& id : stored->erased) {
    std::cerr << context.Say("gewist: ", "erased: ") << id << "\n";
  }
  if (!stored->erased.empty()) {
    std::cerr << context.Say("Een ronde met gewiste personen kan niet worden nagespeeld.",
                             "A round with erased people cannot be replayed.")
              << "\n";
    return kDifferent;
  }
  for (const Status& status : {Save(flags.market_file, stored->clearings.front().market),
                               Save(flags.outcome_file, stored->clearings.front().outcome)}) {
    if (!status.ok()) return Report(context, status);
  }
  bool same = true;
  size_t bytes = 0;
  for (const StoredClearing& clearing : stored->clearings) {
    const auto again = ClearAgain(clearing, name);
    if (!again.ok()) return Report(context, again.status());
    same = same && *again == clearing.outcome;
    bytes += again->size();
  }
  const size_t repairs = stored->clearings.size() - 1;
  if (context.json) {
    std::cout << "{\"round\":\"" << name << "\",\"same\":" << (same ? "true" : "false")
              << ",\"repairs\":" << repairs << ",\"bytes\":" << bytes << ",\"market_digest\":\""
              << stored->round.market_digest() << "\"}\n";
  } else if (same) {
    std::cout << context.Say("Gelijk: de opgeslagen uitkomst is byte voor byte nagespeeld (",
                             "Same: the stored outcome was reproduced byte for byte (")
              << repairs << context.Say(" keer herstel, ", " repairs, ") << bytes << " bytes, "
              << stored->round.market_digest() << ").\n";
  } else {
    std::cout << context.Say(
                     "Anders: de uitkomst wijkt af. Bewaar markt en uitkomst met --market "
                     "en --outcome en meld dit.",
                     "Different: the outcome deviates. Keep market and outcome with "
                     "--market and --outcome, and report this.")
              << "\n";
  }
  return same ? kDone : kDifferent;
}

}  // namespace

void AddReplay(CLI::App& round, Context& context) {
  auto* command = round.add_subcommand(
      "replay", context.Say("speel een ronde na en vergelijk de uitkomst byte voor byte",
                            "clear a stored round again and compare byte for byte"));
  command->group(help::kVerbs);
  auto flags = std::make_shared<ReplayFlags>();
  command
      ->add_option(
          "name", flags->name,
          context.Say("de ronde, zie `matchgo round list`", "the round, see `matchgo round list`"))
      ->required();
  command
      ->add_option("--market", flags->market_file,
                   context.Say("schrijf ook de bevroren markt naar dit bestand",
                               "also write the frozen market here"))
      ->type_name("FILE");
  command
      ->add_option("--outcome", flags->outcome_file,
                   context.Say("schrijf ook de bewaarde uitkomst naar dit bestand",
                               "also write the stored outcome here"))
      ->type_name("FILE");
  command->callback([&context, flags] { context.exit_code = RunReplay(context, *flags); });
}

}  // namespace matchgo::commands
