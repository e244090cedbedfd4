#include <array>
#include <utility>

#include "services/programmes/builtin/readers.h"
#include "services/programmes/builtin/record.h"

namespace matchgo::programmes::builtin {
namespace {

template <class T>
using Word = std::pair<std::string_view, T>;

constexpr std::array<Word<Award>, 5> kAwards{{{"mbo_diploma", Award::kMboDiploma},
                                              {"certificate", Award::kCertificate},
                                              {"microcredential", Award::kMicrocredential},
                                              {"ad", Award::kAd},
                                              {"ba", Award::kBa}}};
constexpr std::array<Word<Recognition>, 3> kRecognitions{
    {{"none", Recognition::kNone},
     {"exempt", Recognition::kExempt},
     {"accelerate", Recognition::kAccelerate}}};
constexpr std::array<Word<Rhythm>, 3> kRhythms{
    {{"fixed", Rhythm::kFixed}, {"rolling", Rhythm::kRolling}, {"at_minimum", Rhythm::kAtMinimum}}};

template <class T, size_t N>
T OneOf(const Record& record, const char* field, const std::array<Word<T>, N>& words) {
  const std::string text = record.Text(field);
  for (const auto& [word, value] : words) {
    if (word == text) return value;
  }
  record.Reject(field, "one of the words of data/README.md");
  return words[0].second;
}

Day DayOfField(const Record& record, const char* field) {
  const StatusOr<Day> day = ParseDay(record.Text(field));
  if (!day.ok()) record.Reject(field, "an ISO date");
  return day.ok() ? *day : Day();
}

Outcome ReadOutcome(const Record& r) {
  return {.verb = r.Text("verb"),
          .kind = r.Text("kind"),
          .subject = r.Text("subject"),
          .standard = r.Text("standard"),
          .context = r.Text("context"),
          .skills = r.Texts("skills")};
}

Module ReadModule(const Record& r) {
  Module module{.id = r.Text("id"),
                .title = r.Text("title"),
                .ec = r.OptionalInt("ec"),
                .hours = r.Int("hours"),
                .core = r.Bool("core"),
                .after = r.Texts("after"),
                .recognition = OneOf(r, "recognition", kRecognitions),
                .skills = r.Texts("skills"),
                .synthetic = r.Bool("synthetic")};
  for (const Record& outcome : r.Children("outcomes")) {
    module.outcomes.push_back(ReadOutcome(outcome));
  }
  return module;
}

StartTemplate ReadStart(const Record& r) {
  const Record delivery = r.Child("delivery");
  return {.id = r.Text("id"),
          .rhythm = OneOf(r, "kind", kRhythms),
          .months = r.Ints("months"),
          .capacity = r.Int("capacity"),
          .minimum = r.Int("minimum"),
          .place = r.Text("place"),
          .online = r.Bool("online"),
          .delivery = {.online = delivery.OptionalInt("online"),
                       .classroom = delivery.OptionalInt("classroom"),
                       .workplace = delivery.OptionalInt("workplace"),
                       .self_study = delivery.OptionalInt("self_study")},
          .times = r.Text("times"),
          .individual = r.Bool("individual"),
          .group = r.Bool("group"),
          .price_cents = r.Int("price_cents"),
          .synthetic = r.Bool("synthetic")};
}

FastSwitchLabel ReadLabel(const Record& r) {
  const Record criteria = r.Child("criteria");
  return {.chain_with_employer = criteria.Bool("chain_with_employer"),
          .personal_programme = criteria.Bool("personal_programme"),
          .contract_and_income = criteria.Bool("contract_and_income"),
          .fast_startbekwaam = criteria.Bool("fast_startbekwaam"),
          .guidance_by_both = criteria.Bool("guidance_by_both"),
          .valid_from = DayOfField(r, "valid_from"),
          .valid_until = DayOfField(r, "valid_until")};
}

Programme ReadProgramme(const Record& r) {
  Programme programme{.id = r.Text("id"),
                      .project = r.OptionalText("project"),
                      .opleider = r.Text("opleider"),
                      .title = r.Text("title"),
                      .level = r.OptionalInt("level"),
                      .level_inferred = r.OptionalInt("level_inferred"),
                      .crebo = r.OptionalText("crebo"),
                      .croho = r.OptionalText("croho"),
                      .ec = r.OptionalInt("ec"),
                      .sector = r.Text("sector"),
                      .occupations = r.Texts("occupations"),
                      .awards = r.Texts("awards"),
                      .entry_level = r.OptionalInt("entry_level"),
                      .synthetic = r.Bool("synthetic"),
                      .synthetic_fields = r.Texts("synthetic_fields"),
                      .unknown_facts = r.Texts("unknown_facts")};
  if (r.OptionalText("award").has_value()) programme.award = OneOf(r, "award", kAwards);
  if (const auto label = r.OptionalChild("label")) programme.label = ReadLabel(*label);
  for (const Record& module : r.Children("modules")) {
    programme.modules.push_back(ReadModule(module));
  }
  for (const Record& start : r.Children("starts")) programme.starts.push_back(ReadStart(start));
  return programme;
}

ProjectQualification ReadQualification(const Record& r) {
  return {.name = r.Text("name"),
          .crebo = r.OptionalText("crebo"),
          .level = r.OptionalInt("level"),
          .level_inferred = r.OptionalInt("level_inferred"),
          .kind = r.Text("kind"),
          .count = r.Int("count")};
}

FlexProject ReadProject(const Record& r) {
  const Record region = r.Child("region");
  const Record flexibility = r.Child("flexibility");
  const Record cornerstones = r.Child("cornerstones");
  FlexProject project{
      .number = r.Text("project_number"),
      .year = r.Int("year"),
      .institution_type = r.Text("institution_type"),
      .partner_count_band = r.Text("partner_count_band"),
      .public_parties = r.Texts("public_party"),
      .private_parties = r.Texts("private_party"),
      .domain = r.Text("domain"),
      .domains_all = r.Texts("domains_all"),
      .target_groups = r.Texts("target_groups"),
      .regions_named = region.Texts("named"),
      .provinces = region.Texts("provinces"),
      .region_inferred = r.Bool("region_inferred"),
      .learning_mix = r.OptionalTexts("learning_mix"),
      .own_pace = flexibility.OptionalBool("own_pace"),
      .flexible_times = flexibility.OptionalBool("flexible_times"),
      .flexible_start = flexibility.OptionalBool("flexible_start"),
      .own_order = flexibility.OptionalBool("own_order"),
      .location_flexible = flexibility.OptionalBool("location_flexible"),
      .prior_learning_validation = flexibility.OptionalBool("prior_learning_validation"),
      .formal_exemptions = flexibility.OptionalBool("formal_exemptions"),
      .modular = cornerstones.Bool("modular"),
      .digital_content = cornerstones.Bool("digital_content"),
      .intake_validation = cornerstones.Bool("intake_validation"),
      .online_environment = cornerstones.Bool("online_environment"),
      .guidance = cornerstones.Bool("guidance"),
      .credentials = r.Texts("credentials"),
      .module_count = r.OptionalInt("module_count")};
  for (const Record& qualification : r.Children("qualifications")) {
    project.qualifications.push_back(ReadQualification(qualification));
  }
  return project;
}

}  // namespace

std::vector<Programme> ReadProgrammes(std::string_view text, Violations& violations) {
  std::vector<Programme> programmes;
  ForEachRecord(text, "programmes.jsonl", violations,
                [&](const Record& r) { programmes.push_back(ReadProgramme(r)); });
  return programmes;
}

std::vector<FlexProject> ReadProjects(std::string_view text, Violations& violations) {
  std::vector<FlexProject> projects;
  ForEachRecord(text, "flexprojects.jsonl", violations,
                [&](const Record& r) { projects.push_back(ReadProject(r)); });
  return projects;
}

}  // namespace matchgo::programmes::builtin
