#include "services/programmes/builtin/catalogue_stats.h"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

namespace matchgo::programmes::builtin {
namespace {

using Predicate = std::function<bool(const FlexProject&)>;

int32_t CountProjects(const Catalogue& catalogue, const Predicate& predicate) {
  return static_cast<int32_t>(std::ranges::count_if(catalogue.projects, predicate));
}

constexpr std::array<std::pair<std::string_view, Stated FlexProject::*>, 7> kFlexibility{
    {{"own_pace", &FlexProject::own_pace},
     {"flexible_times", &FlexProject::flexible_times},
     {"flexible_start", &FlexProject::flexible_start},
     {"own_order", &FlexProject::own_order},
     {"location_flexible", &FlexProject::location_flexible},
     {"prior_learning_validation", &FlexProject::prior_learning_validation},
     {"formal_exemptions", &FlexProject::formal_exemptions}}};

constexpr std::array<std::pair<std::string_view, bool FlexProject::*>, 5> kCornerstones{
    {{"modular", &FlexProject::modular},
     {"digital_content", &FlexProject::digital_content},
     {"intake_validation", &FlexProject::intake_validation},
     {"online_environment", &FlexProject::online_environment},
     {"guidance", &FlexProject::guidance}}};

// Programmes of a level, counted as table 3 does: an entry that stands for nine counts nine.
int32_t CountLevel(const Catalogue& catalogue, std::string_view key) {
  int32_t count = 0;
  for (const FlexProject& project : catalogue.projects) {
    for (const ProjectQualification& qualification : project.qualifications) {
      const auto level = qualification.level ? qualification.level : qualification.level_inferred;
      const std::string word = level ? std::to_string(*level) : "unknown";
      if (word == key) count += qualification.count;
    }
  }
  return count;
}

int32_t CountMode(const Catalogue& catalogue, std::string_view key) {
  return CountProjects(catalogue, [&](const FlexProject& project) {
    if (key == "not_stated") return !project.learning_mix.has_value();
    return project.learning_mix.has_value() && std::ranges::count(*project.learning_mix, key) > 0;
  });
}

std::optional<int32_t> CountFlexibility(const Catalogue& catalogue, std::string_view key) {
  for (const auto& [word, member] : kFlexibility) {
    if (word != key) continue;
    return CountProjects(catalogue, [&](const FlexProject& p) { return (p.*member) == true; });
  }
  return std::nullopt;
}

std::optional<int32_t> CountCornerstone(const Catalogue& catalogue, std::string_view key) {
  for (const auto& [word, member] : kCornerstones) {
    if (word == key)
      return CountProjects(catalogue, [&](const FlexProject& p) { return p.*member; });
  }
  return std::nullopt;
}

std::optional<int32_t> Recount(const Catalogue& catalogue, const ReportFigure& figure) {
  const std::string& key = figure.key;
  const auto count = [&](const Predicate& predicate) {
    return CountProjects(catalogue, predicate);
  };
  if (figure.group == "projects") return count([](const FlexProject&) { return true; });
  if (figure.group == "year") {
    return count([&](const FlexProject& p) { return std::to_string(p.year) == key; });
  }
  if (figure.group == "institution_type") {
    return count([&](const FlexProject& p) { return p.institution_type == key; });
  }
  if (figure.group == "partner_count_band") {
    return count([&](const FlexProject& p) { return p.partner_count_band == key; });
  }
  if (figure.group == "domain") {
    return count([&](const FlexProject& p) { return p.domain == key; });
  }
  if (figure.group == "level") return CountLevel(catalogue, key);
  if (figure.group == "learning_mix") return CountMode(catalogue, key);
  if (figure.group == "flexibility") return CountFlexibility(catalogue, key);
  if (figure.group == "cornerstone") return CountCornerstone(catalogue, key);
  return std::nullopt;
}

}  // namespace

std::vector<StatRow> CatalogueStats(const Catalogue& catalogue) {
  std::vector<StatRow> rows;
  for (const ReportFigure& figure : catalogue.report_figures) {
    const std::optional<int32_t> recount = Recount(catalogue, figure);
    rows.push_back({.group = figure.group,
                    .key = figure.key,
                    .label_nl = figure.label_nl,
                    .report = figure.report,
                    .recount = recount,
                    .differs = figure.report && recount && *figure.report != *recount});
  }
  return rows;
}

}  // namespace matchgo::programmes::builtin
