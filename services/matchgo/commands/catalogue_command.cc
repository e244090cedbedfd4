// matchgo catalogue: what is built in, and how it compares with the report it comes from.
#include <absl/strings/ascii.h>

#include <algorithm>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "services/matchgo/commands/context.h"
#include "services/matchgo/commands/printer.h"
#include "services/matchgo/commands/record_words.h"
#include "services/matchgo/help/word_path.h"
#include "services/programmes/builtin/builtin.h"
#include "services/programmes/builtin/catalogue_stats.h"

namespace matchgo::commands {
namespace {

namespace builtin = matchgo::programmes::builtin;
using nlohmann::json;

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
  rows.reserve(stats.size());
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

json Brief(const builtin::Programme& programme) {
  return {{"id", programme.id},
          {"title", programme.title},
          {"opleider", programme.opleider},
          {"sector", programme.sector},
          {"modules", programme.modules.size()},
          {"project", programme.project ? json(*programme.project) : json()},
          {"synthetic", programme.synthetic}};
}

int RunProgrammes(const Context& context) {
  const auto catalogue = builtin::LoadCatalogue();
  if (!catalogue.ok()) return Report(context, catalogue.status());
  std::vector<std::vector<std::string>> rows;
  json list = json::array();
  for (const builtin::Programme& programme : catalogue->programmes) {
    list.push_back(Brief(programme));
    rows.push_back({programme.title, programme.sector, std::to_string(programme.modules.size()),
                    programme.synthetic ? context.Say("synthetisch", "synthetic")
                                        : programme.project.value_or(""),
                    programme.id});
  }
  if (context.json) {
    std::cout << list.dump(2) << "\n";
    return kDone;
  }
  std::cout << NamedTable(context,
                          {{context.Say("titel", "title")},
                           {.title = "sector", .whole = true},
                           {"modules", terminal::Align::kRight},
                           {.title = context.Say("bron", "source"), .whole = true},
                           {.title = "id", .whole = true}},
                          rows);
  if (!context.quiet) {
    std::cerr << context.Say("Verder: ", "Next: ") << "matchgo catalogue show "
              << catalogue->programmes.front().id << "\n";
  }
  return kDone;
}

struct Way {
  const char* name;
  std::optional<int32_t> percent;
};

// The ways of teaching that are used.
std::vector<Way> WaysOf(const builtin::Delivery& delivery) {
  std::vector<Way> ways;
  for (const Way& way :
       {Way{"DELIVERY_ONLINE", delivery.online}, Way{"DELIVERY_CLASSROOM", delivery.classroom},
        Way{"DELIVERY_WORKPLACE", delivery.workplace},
        Way{"DELIVERY_SELF_STUDY", delivery.self_study}}) {
    if (way.percent != 0) ways.push_back(way);
  }
  return ways;
}

const char* RhythmName(builtin::Rhythm rhythm) {
  switch (rhythm) {
    case builtin::Rhythm::kRolling:
      return "RHYTHM_ROLLING";
    case builtin::Rhythm::kAtMinimum:
      return "RHYTHM_AT_MINIMUM";
    case builtin::Rhythm::kFixed:
      break;
  }
  return "RHYTHM_DATE";
}

json Whole(const builtin::StartTemplate& start) {
  json ways = json::array();
  for (const Way& way : WaysOf(start.delivery)) {
    ways.push_back(
        {{"delivery", way.name}, {"percent", way.percent ? json(*way.percent) : json()}});
  }
  return {
      {"id", start.id},           {"rhythm", RhythmName(start.rhythm)}, {"months", start.months},
      {"minimum", start.minimum}, {"capacity", start.capacity},         {"place", start.place},
      {"delivery", ways},         {"synthetic", start.synthetic}};
}

json Whole(const builtin::Programme& programme) {
  json whole = Brief(programme);
  whole["level"] = programme.level ? json(*programme.level) : json();
  whole["crebo"] = programme.crebo ? json(*programme.crebo) : json();
  whole["croho"] = programme.croho ? json(*programme.croho) : json();
  whole["occupations"] = programme.occupations;
  whole["unknown"] = programme.unknown_facts;
  whole["synthetic_fields"] = programme.synthetic_fields;
  whole["modules"] = json::array();
  for (const builtin::Module& module : programme.modules) {
    json outcomes = json::array();
    for (const builtin::Outcome& outcome : module.outcomes) {
      outcomes.push_back({{"verb", outcome.verb},
                          {"kind", outcome.kind},
                          {"subject", outcome.subject},
                          {"standard", outcome.standard},
                          {"context", outcome.context}});
    }
    whole["modules"].push_back({{"id", module.id},
                                {"title", module.title},
                                {"hours", module.hours},
                                {"core", module.core},
                                {"skills", module.skills},
                                {"leeruitkomsten", outcomes},
                                {"synthetic", module.synthetic}});
  }
  whole["starts"] = json::array();
  for (const builtin::StartTemplate& start : programme.starts) {
    whole["starts"].push_back(Whole(start));
  }
  return whole;
}

std::string Listed(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

struct Fact {
  const char* name;
  const char* nl;
  const char* en;
};

// What the catalogue calls facts of its own; the others are fields of a record.
constexpr Fact kFacts[] = {
    {"all", "alles", "everything"},
    {"credentials", "bewijzen", "credentials"},
    {"flexibility.flexible_start", "flexibele start", "flexible start"},
    {"flexibility.flexible_times", "flexibele tijden", "flexible times"},
    {"flexibility.formal_exemptions", "vrijstellingen", "formal exemptions"},
    {"flexibility.location_flexible", "flexibele plaats", "flexible location"},
    {"flexibility.own_order", "eigen volgorde", "own order"},
    {"flexibility.own_pace", "eigen tempo", "own pace"},
    {"flexibility.prior_learning_validation", "validatie van wat iemand al kan",
     "validation of prior learning"},
    {"learning_mix", "leervormen", "learning mix"},
    {"module_count", "aantal modules", "number of modules"},
    {"pilot_size", "omvang van de pilot", "size of the pilot"},
    {"planned_participants", "geplande deelnemers", "planned participants"},
    {"price", "prijs", "price"},
    {"target_groups", "doelgroepen", "target groups"},
};

std::string FactNames(const Context& context, const std::vector<std::string>& names) {
  std::vector<std::string> words;
  for (const std::string& name : names) {
    const auto* const fact = std::ranges::find(kFacts, name, &Fact::name);
    words.push_back(fact == std::end(kFacts) ? FieldWords(context.language, name)
                                             : context.Say(fact->nl, fact->en));
  }
  return Listed(words);
}

void PrintFact(const Context& context, const char* label, const std::string& value) {
  const std::string shown = value.empty() ? context.Say("niet bekend", "not known") : value;
  const std::string lines = terminal::Wrap(shown, context.style.width, std::string(16, ' '));
  std::cout << "  " << terminal::Fit(label, 14) << lines.substr(16);
}

// "online 50 %, self-study 50 %"; where nobody says how much, the ways alone.
std::string WaysWords(const Context& context, const builtin::Delivery& delivery) {
  std::vector<std::string> words;
  for (const Way& way : WaysOf(delivery)) {
    const std::string english(
        std::string_view(way.name).substr(std::string_view("DELIVERY_").size()));
    words.push_back(ValueWords(context.language, way.name, english) +
                    (way.percent ? " " + std::to_string(*way.percent) + " %" : ""));
  }
  return Listed(words);
}

void PrintStarts(const Context& context, const builtin::Programme& programme) {
  std::vector<std::vector<std::string>> rows;
  for (const builtin::StartTemplate& start : programme.starts) {
    const std::string rhythm = RhythmName(start.rhythm);
    rows.push_back({start.id, ValueWords(context.language, rhythm, rhythm.substr(7)),
                    std::to_string(start.minimum), std::to_string(start.capacity),
                    WaysWords(context, start.delivery),
                    start.synthetic ? context.Say("ja", "yes") : ""});
  }
  std::cout << "\n"
            << terminal::FormatTable(context.style,
                                     {{"start"},
                                      {context.Say("ritme", "rhythm")},
                                      {"minimum", terminal::Align::kRight},
                                      {context.Say("plaatsen", "places"), terminal::Align::kRight},
                                      {context.Say("vorm", "delivery")},
                                      {context.Say("verzonnen", "made up")}},
                                     rows);
}

void PrintProgramme(const Context& context, const builtin::Programme& programme) {
  std::cout << terminal::Bold(context.style, programme.title) << "\n";
  PrintFact(context, "opleider", programme.opleider);
  PrintFact(context, "sector", programme.sector);
  PrintFact(context, context.Say("bron", "source"),
            programme.synthetic ? context.Say("verzonnen (synthetisch)", "made up (synthetic)")
                                : programme.project.value_or(""));
  PrintFact(context, context.Say("niveau", "level"),
            programme.level ? "NLQF " + std::to_string(*programme.level) : "");
  PrintFact(context, "crebo/croho", programme.crebo.value_or(programme.croho.value_or("")));
  PrintFact(context, context.Say("beroepen", "occupations"), Listed(programme.occupations));
  if (!programme.unknown_facts.empty()) {
    PrintFact(context, context.Say("onbekend", "unknown"),
              FactNames(context, programme.unknown_facts));
  }
  if (!programme.synthetic_fields.empty()) {
    PrintFact(context, context.Say("verzonnen", "made up"),
              FactNames(context, programme.synthetic_fields));
  }
  std::vector<std::vector<std::string>> rows;
  for (const builtin::Module& module : programme.modules) {
    rows.push_back({module.id, module.title, std::to_string(module.hours),
                    module.core ? context.Say("ja", "yes") : "",
                    module.synthetic ? context.Say("ja", "yes") : ""});
  }
  std::cout << "\n"
            << terminal::FormatTable(context.style,
                                     {{"module"},
                                      {context.Say("titel", "title")},
                                      {context.Say("uren", "hours"), terminal::Align::kRight},
                                      {context.Say("kern", "core")},
                                      {context.Say("verzonnen", "made up")}},
                                     rows);
  PrintStarts(context, programme);
}

// The programmes that a word may mean: those whose id or title has it, else one spelt alike.
std::vector<const builtin::Programme*> Meant(const builtin::Catalogue& catalogue,
                                             const std::string& word) {
  const std::string wanted = absl::AsciiStrToLower(word);
  std::vector<const builtin::Programme*> meant;
  std::vector<std::string> known;
  for (const builtin::Programme& programme : catalogue.programmes) {
    const std::string title = absl::AsciiStrToLower(programme.title);
    if ((programme.id + " " + title).find(wanted) != std::string::npos) meant.push_back(&programme);
    known.insert(known.end(), {programme.id, title});
  }
  if (!meant.empty()) return meant;
  const std::string nearest = help::Nearest(wanted, known);
  for (const builtin::Programme& programme : catalogue.programmes) {
    const bool alike = programme.id == nearest || absl::AsciiStrToLower(programme.title) == nearest;
    if (alike && !nearest.empty()) meant.push_back(&programme);
  }
  return meant;
}

std::string AdviseOnProgramme(const Context& context, const builtin::Catalogue& catalogue,
                              const std::string& word) {
  constexpr size_t kShown = 3;
  std::string advice;
  for (const builtin::Programme* programme : Meant(catalogue, word)) {
    if (std::count(advice.begin(), advice.end(), '\n') == kShown) break;
    advice += (advice.empty() ? context.Say("Bedoelde u:\n", "Did you mean:\n") : "\n") +
              ("matchgo catalogue show " + programme->id) + "   " + programme->title;
  }
  return advice.empty() ? context.Say("`matchgo catalogue list` toont welke er zijn.",
                                      "`matchgo catalogue list` shows which there are.")
                        : advice;
}

int RunShow(const Context& context, const std::string& id) {
  const auto catalogue = builtin::LoadCatalogue();
  if (!catalogue.ok()) return Report(context, catalogue.status());
  for (const builtin::Programme& programme : catalogue->programmes) {
    if (programme.id != id) continue;
    if (context.json) {
      std::cout << Whole(programme).dump(2) << "\n";
    } else {
      PrintProgramme(context, programme);
    }
    return kDone;
  }
  return Report(context, NotFound(Reason{"NOT_FOUND", "there is no such built-in programme"}),
                AdviseOnProgramme(context, *catalogue, id));
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
  auto* show = group->add_subcommand(
      "show", context.Say("een ingebouwde opleiding, met haar modules en starts",
                          "one built-in programme, with its modules and starts"));
  auto id = std::make_shared<std::string>();
  show->add_option("id", *id,
                   context.Say("het id, zie `matchgo catalogue list`",
                               "the id, see `matchgo catalogue list`"))
      ->required();
  show->footer(std::string("\n") + context.Say("Voorbeeld", "Example") +
               ":\n  matchgo catalogue show p-flex19003-1");
  show->callback([&context, id] { context.exit_code = RunShow(context, *id); });
}

}  // namespace matchgo::commands
