#include "services/programmes/builtin/builtin.h"

#include <algorithm>

#include "common/base/status_macros.h"
#include "common/base/violations.h"
#include "services/programmes/builtin/readers.h"

namespace matchgo::programmes::builtin {
namespace {

constexpr int32_t kDaysPerWeek = 7;

template <class T>
const T* FindById(const std::vector<T>& sorted, std::string_view id) {
  const auto found = std::ranges::lower_bound(sorted, id, {}, &T::id);
  return found != sorted.end() && found->id == id ? &*found : nullptr;
}

// 1970-01-01 was a Thursday: day 4 of a week that begins on Sunday is 0 mod 7 here.
bool IsMonday(Day day) { return ((day.number() + 3) % kDaysPerWeek + kDaysPerWeek) % 7 == 0; }

Day FirstMonday(int year, int month) {
  Day day = Day::FromCivil(year, month, 1);
  while (!IsMonday(day)) day = day + 1;
  return day;
}

// What the lookups rely on.
template <class T>
void RequireSorted(const std::vector<T>& records, const char* file, Violations& violations) {
  const auto not_below = [](const T& a, const T& b) { return a.id >= b.id; };
  if (std::ranges::adjacent_find(records, not_below) != records.end()) {
    violations.Add(file, "ORDER", "ids that are unique and ascending");
  }
}

}  // namespace

StatusOr<Catalogue> ParseCatalogue(const DataFiles& files) {
  Violations violations;
  Catalogue catalogue{.skills = ReadSkills(files.skills, violations),
                      .occupations = ReadOccupations(files.occupations, violations),
                      .sectors = ReadSectors(files.sectors, violations),
                      .qualifications = ReadQualifications(files.qualifications, violations),
                      .opleiders = ReadOpleiders(files.opleiders, violations),
                      .projects = ReadProjects(files.flexprojects, violations),
                      .programmes = ReadProgrammes(files.programmes, violations),
                      .report_figures = ReadReportFigures(files.report_figures, violations)};
  RequireSorted(catalogue.skills, "skills.jsonl", violations);
  RequireSorted(catalogue.occupations, "occupations.jsonl", violations);
  RequireSorted(catalogue.opleiders, "opleiders.jsonl", violations);
  RETURN_IF_ERROR(std::move(violations).ToStatus());
  catalogue.places = geography::Places();
  return catalogue;
}

StatusOr<Catalogue> LoadCatalogue() { return ParseCatalogue(EmbeddedDataFiles()); }

const Skill* FindSkill(const Catalogue& catalogue, std::string_view id) {
  return FindById(catalogue.skills, id);
}

const Occupation* FindOccupation(const Catalogue& catalogue, std::string_view id) {
  return FindById(catalogue.occupations, id);
}

const Opleider* FindOpleider(const Catalogue& catalogue, std::string_view id) {
  return FindById(catalogue.opleiders, id);
}

const FlexProject* FindProject(const Catalogue& catalogue, std::string_view number) {
  const auto found = std::ranges::find(catalogue.projects, number, &FlexProject::number);
  return found == catalogue.projects.end() ? nullptr : &*found;
}

std::vector<Day> StartDays(const StartTemplate& start, Day today, int32_t lead_days,
                           int32_t horizon_days) {
  std::vector<Day> days;
  int year = today.year();
  int month = today.month();
  for (Day day = FirstMonday(year, month); day - today <= horizon_days;
       day = FirstMonday(year, month)) {
    const bool wanted =
        start.rhythm == Rhythm::kRolling || std::ranges::count(start.months, month) > 0;
    if (wanted && day - today >= lead_days) days.push_back(day);
    month = month % 12 + 1;
    if (month == 1) ++year;
  }
  return days;
}

}  // namespace matchgo::programmes::builtin
