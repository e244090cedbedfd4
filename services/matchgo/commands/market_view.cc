#include "services/matchgo/commands/market_view.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace matchgo::commands {
namespace {

namespace engine = scheduler::engine;
using terminal::Align;
using terminal::Language;
using terminal::Pick;
using Json = nlohmann::ordered_json;

constexpr size_t kSectorsShown = 12;

// "12.34" of 1234.
std::string Hundredths(int64_t number) {
  const std::string rest = std::to_string(number % 100);
  return std::to_string(number / 100) + "." + (rest.size() == 1 ? "0" : "") + rest;
}

std::string CountsTable(const engine::Market& m, const engine::MarketStats& stats,
                        Language language, const terminal::Style& style) {
  const auto count = [&](int64_t number) { return terminal::FormatCount(language, number); };
  const auto row = [&](const char* nl, const char* en, int64_t number, std::string note = "") {
    return std::vector<std::string>{Pick(language, nl, en), count(number), std::move(note)};
  };
  const auto of = [&](const char* nl, const char* en, int64_t number) {
    return count(number) + " " + Pick(language, nl, en);
  };
  return terminal::FormatTable(
      style,
      {{Pick(language, "wat", "what")}, {Pick(language, "aantal", "number"), Align::kRight}, {""}},
      {row("mensen", "switchers", m.switcher_count()),
       row("vacatures", "vacancies", m.vacancy_count(), of("plaatsen", "openings", stats.openings)),
       row("starts", "starts", m.start_count(),
           of("stoelen, minima samen ", "seats, minima together ", stats.seats) +
               count(stats.minima)),
       row("modules", "modules", stats.modules),
       row("vaardigheden", "skills", m.skill_names.size(),
           Hundredths(stats.busiest_skills_permille * 10) +
               Pick(language, " % van het gebruik in de drukste 1 %",
                    " % of their use in the busiest 1 %")),
       row("beroepen", "occupations", m.occupation_names.size(),
           of("sectoren", "sectors", m.sector_names.size())),
       row("bevoegdheden", "qualifications", m.qualification_names.size(),
           of("vacatures vragen er een", "vacancies need one", stats.qualified_vacancies)),
       row("vastgelegd", "frozen", static_cast<int64_t>(m.commitments.frozen.size())),
       row("geweigerd", "declined", static_cast<int64_t>(m.commitments.declined.size())),
       row("gegeven drietallen", "given triples", static_cast<int64_t>(m.triples.size()))});
}

std::string SpreadsTable(const engine::MarketStats& stats, Language language,
                         const terminal::Style& style) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& [word, spread] : stats.spreads) {
    rows.push_back({std::string(word), std::to_string(spread.least), std::to_string(spread.tenth),
                    std::to_string(spread.median), std::to_string(spread.nine_tenths),
                    std::to_string(spread.most), Hundredths(spread.mean_hundredths)});
  }
  return terminal::FormatTable(style,
                               {{Pick(language, "verdeling", "distribution")},
                                {"min", Align::kRight},
                                {"10 %", Align::kRight},
                                {"50 %", Align::kRight},
                                {"90 %", Align::kRight},
                                {"max", Align::kRight},
                                {Pick(language, "gemiddeld", "mean"), Align::kRight}},
                               rows);
}

std::string SectorsTable(const engine::MarketStats& stats, Language language,
                         const terminal::Style& style) {
  std::vector<std::vector<std::string>> rows;
  for (const engine::SectorCount& sector : stats.sectors) {
    if (rows.size() == kSectorsShown) break;
    rows.push_back({sector.name, terminal::FormatCount(language, sector.openings),
                    terminal::FormatCount(language, sector.seats),
                    terminal::FormatCount(language, sector.first_wishes)});
  }
  return terminal::FormatTable(
      style,
      {{Pick(language, "sector", "sector")},
       {Pick(language, "plaatsen", "openings"), Align::kRight},
       {Pick(language, "stoelen", "seats"), Align::kRight},
       {Pick(language, "eerste wens van", "first wish of"), Align::kRight}},
      rows);
}

// Shades by the share of the busiest cell, on the scale of roots so that small towns show.
std::string MapRow(const engine::MarketMap& map, const std::vector<int64_t>& of, int32_t row,
                   int64_t busiest) {
  static constexpr std::array<const char*, 6> kShades = {" ", "·", "░", "▒", "▓", "█"};
  std::string text;
  for (int32_t column = 0; column < map.width; ++column) {
    const int64_t here =
        of[static_cast<size_t>(row) * static_cast<size_t>(map.width) + static_cast<size_t>(column)];
    size_t shade = here > 0 ? 1 : 0;
    // Shade i from (i / 5)² of the busiest.
    for (size_t i = 2; i <= 5; ++i) {
      if (here * 25 >= busiest * static_cast<int64_t>((i - 1) * (i - 1)) && here > 0) shade = i;
    }
    text += kShades[shade];
  }
  return text;
}

std::string FormatMap(const engine::MarketMap& map, Language language) {
  if (map.width == 0) return "";
  const int64_t people = std::ranges::max(map.people);
  const int64_t openings = std::ranges::max(map.openings);
  const auto width = static_cast<size_t>(map.width);
  std::string text = terminal::Fit(Pick(language, "mensen", "people"), width) + "   " +
                     Pick(language, "plaatsen", "openings") + "\n";
  for (int32_t row = 0; row < map.height; ++row) {
    text += MapRow(map, map.people, row, people) + "   " +
            MapRow(map, map.openings, row, openings) + "\n";
  }
  return text;
}

std::string ReachText(const engine::Reach& reach, Language language) {
  if (reach.switchers == 0) return "";
  return std::string(Pick(language, "Gemiddeld over ", "On average over ")) +
         std::to_string(reach.switchers) + Pick(language, " mensen: ", " switchers: ") +
         Hundredths(reach.vacancies) +
         Pick(language, " vacatures binnen reisafstand, ", " vacancies within reach, ") +
         Hundredths(reach.acceptable) +
         Pick(language, " met passend loon en uren; daarvan haalbaar ",
              " with acceptable pay and hours; of these feasible ") +
         Hundredths(reach.direct) + Pick(language, " direct en ", " directly and ") +
         Hundredths(reach.learning) +
         Pick(language, " met een opleiding; ", " with a programme; ") +
         Hundredths(reach.contracts) +
         Pick(language, " haalbare contracten (geschat).", " feasible contracts (estimated).");
}

}  // namespace

std::string FormatStats(const engine::Market& market, const engine::MarketStats& stats,
                        Language language, const terminal::Style& style) {
  std::string text = CountsTable(market, stats, language, style);
  if (market.bare) return text;
  text += "\n" + SpreadsTable(stats, language, style);
  text += "\n" + SectorsTable(stats, language, style);
  text += "\n" + FormatMap(stats.map, language);
  text += "\n" + terminal::Wrap(ReachText(stats.reach, language), style.width, "") + "\n";
  return text;
}

std::string StatsJson(const engine::Market& m, const engine::MarketStats& stats) {
  Json json = {{"digest", m.digest},
               {"switchers", m.switcher_count()},
               {"vacancies", m.vacancy_count()},
               {"openings", stats.openings},
               {"starts", m.start_count()},
               {"seats", stats.seats},
               {"minima", stats.minima},
               {"online_starts", stats.online},
               {"modules", stats.modules},
               {"skills", m.skill_names.size()},
               {"occupations", m.occupation_names.size()},
               {"sectors", m.sector_names.size()},
               {"qualifications", m.qualification_names.size()},
               {"qualified_vacancies", stats.qualified_vacancies},
               {"busiest_skills_permille", stats.busiest_skills_permille},
               {"frozen", m.commitments.frozen.size()},
               {"declined", m.commitments.declined.size()},
               {"triples", m.triples.size()}};
  for (const auto& [word, spread] : stats.spreads) {
    json["spreads"][std::string(word)] = {
        {"min", spread.least},  {"p10", spread.tenth},
        {"p50", spread.median}, {"p90", spread.nine_tenths},
        {"max", spread.most},   {"mean_hundredths", spread.mean_hundredths}};
  }
  for (const engine::SectorCount& sector : stats.sectors) {
    json["sector_counts"].push_back({{"sector", sector.name},
                                     {"openings", sector.openings},
                                     {"seats", sector.seats},
                                     {"first_wishes", sector.first_wishes}});
  }
  json["reach_hundredths"] = {
      {"sampled", stats.reach.switchers},     {"vacancies", stats.reach.vacancies},
      {"acceptable", stats.reach.acceptable}, {"direct", stats.reach.direct},
      {"learning", stats.reach.learning},     {"contracts", stats.reach.contracts}};
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace matchgo::commands
