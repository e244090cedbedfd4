// matchgo catalogue: what is built in, and how it compares with the report it comes from.
#include <iostream>
#include <nlohmann/json.hpp>

#include "services/matchgo/commands/context.h"
#include "services/programmes/builtin/builtin.h"
#include "services/programmes/builtin/catalogue_stats.h"

namespace matchgo::commands {
namespace {

namespace builtin = matchgo::programmes::builtin;

std::string Count(const std::optional<int32_t>& number) {
  return number.has_value() ? std::to_string(*number) : "-";
}

int RunStats(const Context& context) {
  const auto catalogue = builtin::LoadCatalogue();
  if (!catalogue.ok()) return Report(context, catalogue.status());
  const std::vector<builtin::StatRow> stats = builtin::CatalogueStats(*catalogue);
  size_t modules = 0;
  for (const auto& programme : catalogue->programmes) modules += programme.modules.size();
  if (context.json) {
    nlohmann::json report = {{"skills", catalogue->skills.size()},
                             {"occupations", catalogue->occupations.size()},
                             {"opleiders", catalogue->opleiders.size()},
                             {"projects", catalogue->projects.size()},
                             {"programmes", catalogue->programmes.size()},
                             {"modules", modules}};
    for (const builtin::StatRow& row : stats) {
      report["rows"].push_back(
          {{"group", row.group},
           {"key", row.key},
           {"report", row.report ? nlohmann::json(*row.report) : nlohmann::json()},
           {"recount", row.recount ? nlohmann::json(*row.recount) : nlohmann::json()},
           {"differs", row.differs}});
    }
    std::cout << report.dump(2) << "\n";
    return kDone;
  }
  std::cout << catalogue->skills.size() << context.Say(" vaardigheden, ", " skills, ")
            << catalogue->occupations.size() << context.Say(" beroepen, ", " occupations, ")
            << catalogue->opleiders.size() << " opleiders, " << catalogue->projects.size()
            << context.Say(" projecten, ", " projects, ") << catalogue->programmes.size()
            << context.Say(" opleidingen, ", " programmes, ") << modules << " modules\n\n";
  std::vector<std::vector<std::string>> rows;
  for (const builtin::StatRow& row : stats) {
    rows.push_back({row.group, row.label_nl.empty() ? row.key : row.label_nl, Count(row.report),
                    Count(row.recount), row.differs ? context.Say("verschilt", "differs") : ""});
  }
  std::cout << terminal::FormatTable(context.style,
                                     {{context.Say("groep", "group")},
                                      {context.Say("kenmerk", "feature")},
                                      {context.Say("rapport", "report"), terminal::Align::kRight},
                                      {context.Say("hier", "here"), terminal::Align::kRight},
                                      {""}},
                                     rows);
  std::cout << "\n"
            << terminal::Wrap(
                   context.Say(
                       "Het rapport telde volledige aanvragen, de catalogus de bijlage: wat "
                       "daar niet staat blijft hier onbekend.",
                       "The report counted full applications, the catalogue its annex: what "
                       "is not stated there stays unknown here."),
                   context.style.width, "");
  return kDone;
}

int RunProgrammes(const Context& context) {
  const auto catalogue = builtin::LoadCatalogue();
  if (!catalogue.ok()) return Report(context, catalogue.status());
  std::vector<std::vector<std::string>> rows;
  for (const builtin::Programme& programme : catalogue->programmes) {
    rows.push_back({programme.id, programme.title, programme.opleider, programme.sector,
                    std::to_string(programme.modules.size()),
                    programme.synthetic ? context.Say("synthetisch", "synthetic")
                                        : programme.project.value_or("")});
  }
  std::cout << terminal::FormatTable(context.style,
                                     {{"id"},
                                      {context.Say("titel", "title")},
                                      {"opleider"},
                                      {"sector"},
                                      {"modules", terminal::Align::kRight},
                                      {context.Say("bron", "source")}},
                                     rows);
  return kDone;
}

}  // namespace

void AddCatalogue(CLI::App& app, Context& context) {
  auto* group = app.add_subcommand(
      "catalogue", context.Say("de ingebouwde catalogus van opleidingen en beroepen",
                               "the built-in catalogue of programmes and occupations"));
  group->require_subcommand(1);
  group
      ->add_subcommand("stats", context.Say("tellingen, naast die van het rapport",
                                            "counts, beside those of the report"))
      ->callback([&context] { context.exit_code = RunStats(context); });
  group->add_subcommand("list", context.Say("de ingebouwde opleidingen", "the built-in programmes"))
      ->callback([&context] { context.exit_code = RunProgrammes(context); });
}

}  // namespace matchgo::commands
