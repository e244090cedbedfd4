#include "services/programmes/builtin/esco_import.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "common/base/status_macros.h"
#include "common/geography/csv.h"

namespace matchgo::programmes::builtin {
namespace {

using geography::CsvTable;

constexpr Reason kFileMissing{"ESCO_FILE_MISSING", "a file of the ESCO download is not there"};
constexpr const char* kOccupationsEn = "occupations_en.csv";
constexpr const char* kSkillsEn = "skills_en.csv";
constexpr const char* kRelations = "occupationSkillRelations.csv";
constexpr const char* kOccupationsNl = "occupations_nl.csv";

std::string Trimmed(std::string_view text) {
  const size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

std::vector<std::string> Lines(std::string_view cell) {
  std::vector<std::string> lines;
  while (!cell.empty()) {
    const size_t end = std::min(cell.find('\n'), cell.size());
    if (std::string line = Trimmed(cell.substr(0, end)); !line.empty()) {
      lines.push_back(std::move(line));
    }
    cell.remove_prefix(std::min(end + 1, cell.size()));
  }
  return lines;
}

template <class T>
void SortByUri(std::vector<T>& records, EscoReport& report) {
  std::ranges::stable_sort(records, {}, &T::uri);
  const auto rest = std::unique(records.begin(), records.end(),
                                [](const T& a, const T& b) { return a.uri == b.uri; });
  report.repeated_uris += std::distance(rest, records.end());
  records.erase(rest, records.end());
}

template <class T>
std::optional<int32_t> IndexOf(const std::vector<T>& sorted, const std::string& uri) {
  const auto found = std::ranges::lower_bound(sorted, uri, {}, &T::uri);
  if (found == sorted.end() || found->uri != uri) return std::nullopt;
  return static_cast<int32_t>(found - sorted.begin());
}

Status ReadSkills(const std::string& text, EscoData& data) {
  CsvTable table(text);
  RETURN_IF_ERROR(
      table.Open({"conceptUri", "preferredLabel", "skillType", "reuseLevel", "altLabels"}));
  while (true) {
    ASSIGN_OR_RETURN(const bool more, table.Next());
    if (!more) break;
    data.skills.push_back({.uri = Trimmed(table[0]),
                           .label_en = Trimmed(table[1]),
                           .type = table[2],
                           .reuse = table[3],
                           .other_labels_en = Lines(table[4])});
  }
  SortByUri(data.skills, data.report);
  data.report.skills_without_type =
      std::ranges::count_if(data.skills, [](const EscoSkill& s) { return s.type.empty(); });
  data.report.skills_without_reuse_level =
      std::ranges::count_if(data.skills, [](const EscoSkill& s) { return s.reuse.empty(); });
  return absl::OkStatus();
}

Status ReadOccupations(const std::string& text, EscoData& data) {
  CsvTable table(text);
  RETURN_IF_ERROR(table.Open({"conceptUri", "preferredLabel", "iscoGroup", "altLabels"}));
  while (true) {
    ASSIGN_OR_RETURN(const bool more, table.Next());
    if (!more) break;
    data.occupations.push_back({.uri = Trimmed(table[0]),
                                .isco = table[2],
                                .label_en = Trimmed(table[1]),
                                .label_nl = {},
                                .other_labels_en = Lines(table[3])});
  }
  SortByUri(data.occupations, data.report);
  return absl::OkStatus();
}

Status ReadDutch(const std::string& text, EscoData& data) {
  if (!text.empty()) {
    CsvTable table(text);
    RETURN_IF_ERROR(table.Open({"conceptUri", "preferredLabel"}));
    while (true) {
      ASSIGN_OR_RETURN(const bool more, table.Next());
      if (!more) break;
      const auto index = IndexOf(data.occupations, Trimmed(table[0]));
      if (index) data.occupations[static_cast<size_t>(*index)].label_nl = Trimmed(table[1]);
    }
  }
  data.report.occupations_without_dutch = std::ranges::count_if(
      data.occupations, [](const EscoOccupation& o) { return o.label_nl.empty(); });
  return absl::OkStatus();
}

Status ReadRelations(const std::string& text, EscoData& data) {
  CsvTable table(text);
  RETURN_IF_ERROR(table.Open({"occupationUri", "relationType", "skillUri"}));
  while (true) {
    ASSIGN_OR_RETURN(const bool more, table.Next());
    if (!more) break;
    ++data.report.relation_rows;
    const auto occupation = IndexOf(data.occupations, Trimmed(table[0]));
    if (!occupation) {
      ++data.report.dangling_occupation;
      continue;
    }
    const auto skill = IndexOf(data.skills, Trimmed(table[2]));
    if (!skill) {
      ++data.report.dangling_skill;
      continue;
    }
    data.relations.push_back(
        {.occupation = *occupation, .skill = *skill, .essential = table[1] == "essential"});
  }
  std::ranges::sort(data.relations);
  const auto rest = std::unique(data.relations.begin(), data.relations.end());
  data.report.repeated_relations = std::distance(rest, data.relations.end());
  data.relations.erase(rest, data.relations.end());
  return absl::OkStatus();
}

Status InFile(Status status, const char* file) {
  return status.ok() ? status : WithFact(std::move(status), "file", file);
}

StatusOr<std::string> ReadFile(const std::string& folder, const char* name) {
  std::ifstream stream(folder + "/" + name, std::ios::binary);
  if (!stream) return WithFact(NotFound(kFileMissing), "file", name);
  return std::string(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
}

}  // namespace

StatusOr<EscoData> ParseEsco(const EscoTexts& texts) {
  EscoData data;
  RETURN_IF_ERROR(InFile(ReadSkills(texts.skills_en, data), kSkillsEn));
  RETURN_IF_ERROR(InFile(ReadOccupations(texts.occupations_en, data), kOccupationsEn));
  RETURN_IF_ERROR(InFile(ReadDutch(texts.occupations_nl, data), kOccupationsNl));
  RETURN_IF_ERROR(InFile(ReadRelations(texts.relations, data), kRelations));
  return data;
}

StatusOr<EscoTexts> ReadEscoFolder(const std::string& folder) {
  EscoTexts texts;
  ASSIGN_OR_RETURN(texts.occupations_en, ReadFile(folder, kOccupationsEn));
  ASSIGN_OR_RETURN(texts.skills_en, ReadFile(folder, kSkillsEn));
  ASSIGN_OR_RETURN(texts.relations, ReadFile(folder, kRelations));
  StatusOr<std::string> dutch = ReadFile(folder, kOccupationsNl);
  if (dutch.ok()) texts.occupations_nl = *std::move(dutch);
  return texts;
}

}  // namespace matchgo::programmes::builtin
