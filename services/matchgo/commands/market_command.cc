// matchgo market: made-up markets of any size, and what a market file holds.
#include <iostream>
#include <memory>

#include "common/base/status_macros.h"
#include "services/matchgo/commands/context.h"
#include "services/matchgo/commands/engine_lanes.h"
#include "services/matchgo/commands/market_text.h"
#include "services/matchgo/commands/market_view.h"
#include "services/matchgo/commands/output_file.h"
#include "services/matchgo/commands/wrong_use.h"
#include "services/programmes/builtin/builtin.h"
#include "services/scheduler/engine/market_stats.h"
#include "services/scheduler/engine/market_writer.h"
#include "services/scheduler/engine/synthetic/synthetic_market.h"

namespace matchgo::commands {
namespace {

namespace engine = scheduler::engine;

constexpr size_t kPieceBytes = 1U << 20U;
constexpr int64_t kRecordsMax = 20'000'000;

struct GenerateFlags {
  engine::SyntheticOptions options;
  std::string out;
};

StatusOr<std::vector<engine::SyntheticPlace>> DutchPlaces() {
  const auto catalogue = programmes::builtin::LoadCatalogue();
  if (!catalogue.ok()) return catalogue.status();
  std::vector<engine::SyntheticPlace> places;
  for (const geography::Place& place : catalogue->places) {
    places.push_back({place.grid.x, place.grid.y, place.population});
  }
  return places;
}

// Writes the records one by one, so that the size of the market is no question of memory.
class MarketStream {
 public:
  MarketStream(OutputFile& file, terminal::Progress& progress) : file_(file), progress_(progress) {}

  template <class Make>
  Status Write(int64_t count, Make make) {
    int64_t shown = 0;
    for (int64_t i = 0; i < count; ++i) {
      engine::AppendMarketLine(piece_, make(i));
      if (piece_.size() < kPieceBytes) continue;
      if (Status status = Flush(); !status.ok()) return status;
      progress_.Advance(i + 1 - shown);
      shown = i + 1;
    }
    progress_.Advance(count - shown);
    return Flush();
  }
  std::string& piece() { return piece_; }

 private:
  Status Flush() {
    Status status = file_.Write(piece_);
    piece_.clear();
    return status;
  }

  OutputFile& file_;
  terminal::Progress& progress_;
  std::string piece_;
};

Status Generate(const Context& context, const GenerateFlags& flags) {
  engine::SyntheticOptions options = flags.options;
  auto places = DutchPlaces();
  if (!places.ok()) return places.status();
  options.places = *std::move(places);
  const engine::SyntheticMarket market(options);
  auto file = OutputFile::Create(flags.out);
  if (!file.ok()) return file.status();
  terminal::Progress progress(context.Say("markt maken", "making the market"),
                              options.switchers + options.vacancies + options.starts,
                              context.quiet);
  MarketStream stream(*file, progress);
  engine::AppendMetaLine(stream.piece(), market.seed(), 0);
  Status status = stream.Write(options.starts, [&](int64_t i) { return market.Start(i); });
  if (status.ok()) {
    status = stream.Write(options.switchers, [&](int64_t i) { return market.Switcher(i); });
  }
  if (status.ok()) {
    status = stream.Write(options.vacancies, [&](int64_t i) { return market.Vacancy(i); });
  }
  return status.ok() ? file->Commit() : status;
}

void AddGenerate(CLI::App& group, Context& context) {
  auto* command = group.add_subcommand(
      "generate", context.Say("maak een verzonnen markt: zelfde seed, zelfde bytes",
                              "make a made-up market: same seed, same bytes"));
  auto flags = std::make_shared<GenerateFlags>();
  engine::SyntheticOptions& options = flags->options;
  command->add_option("--seed", options.seed, context.Say("seed (standaard 1)", "seed (default 1)"))
      ->type_name("NUMBER");
  const auto count = [&](const char* name, int64_t& to, const char* nl, const char* en) {
    command->add_option(name, to, context.Say(nl, en))
        ->required()
        ->type_name("NUMBER")
        ->check(Between(context, 0, kRecordsMax));
  };
  count("--switchers", options.switchers, "aantal mensen", "number of people");
  count("--vacancies", options.vacancies, "aantal vacatures", "number of vacancies");
  count("--starts", options.starts, "aantal starts van opleidingen", "number of programme starts");
  command
      ->add_option("--occupations", options.occupations,
                   context.Say("aantal beroepen (standaard 1200 voor een land, minder voor een "
                               "kleinere markt)",
                               "number of occupations (default 1200 for a country, fewer for a "
                               "smaller market)"))
      ->type_name("NUMBER")
      ->check(Between(context, 1, 1200));
  command->add_flag("--hard-plans", options.hard_plans,
                    context.Say("moeilijke leerplannen: 64 modules, 20 vaardigheden, ketens van 8",
                                "hard plans: 64 modules, 20 skills, prerequisite chains of 8"));
  command
      ->add_option("--out", flags->out,
                   context.Say("bestand; - is stdout", "file to write; - is stdout"))
      ->type_name("FILE")
      ->required();
  command->callback([&context, flags] {
    const Status status = Generate(context, *flags);
    if (!status.ok()) context.exit_code = Report(context, status);
  });
}

struct StatsFlags {
  std::string market;
  int threads = DefaultThreads();
};

Status Stats(const Context& context, const StatsFlags& flags) {
  Phases phases(context);
  EngineLanes lanes(flags.threads);
  ASSIGN_OR_RETURN(const engine::Market market, ReadMarket(flags.market, lanes, phases));
  const auto width =
      static_cast<int32_t>(std::clamp<size_t>((context.style.width - 3) / 2, 10, 48));
  const engine::MarketStats stats = engine::StatsOf(market, width);
  phases.End("count", "tellen", "counting");
  std::cout << (context.json ? StatsJson(market, stats)
                             : FormatStats(market, stats, context.language, context.style))
            << std::flush;
  return absl::OkStatus();
}

void AddStats(CLI::App& group, Context& context) {
  auto* command = group.add_subcommand(
      "stats", context.Say("wat er in een marktbestand zit: aantallen, verdelingen, een kaartje",
                           "what a market file holds: counts, distributions, a small map"));
  auto flags = std::make_shared<StatsFlags>();
  command
      ->add_option("file", flags->market,
                   context.Say("marktbestand; - is stdin", "market file; - is stdin"))
      ->required();
  AddThreads(*command, context, flags->threads);
  command->callback([&context, flags] {
    const Status status = Stats(context, *flags);
    if (!status.ok()) context.exit_code = ReportFile(context, status);
  });
}

}  // namespace

void AddMarket(CLI::App& app, Context& context) {
  auto* group =
      app.add_subcommand("market", context.Say("markten als bestand: maken en bekijken",
                                               "markets as files: make one, look at one"));
  group->require_subcommand(1);
  AddGenerate(*group, context);
  AddStats(*group, context);
}

}  // namespace matchgo::commands
