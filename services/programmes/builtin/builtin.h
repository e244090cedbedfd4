// The catalogue that ships with the product: skills, occupations, opleiders, programmes, places.
//
// Plain values read from data/ (sources and licences: data/README.md). What the sources do not say
// is absent here, never guessed; what was made up says `synthetic`. Must not know protos or SQL.
// LoadCatalogue costs some 10 ms: call it once and share the value. Pure; the value is read-only
// and thread-compatible. Test: tests/unit/services/programmes/builtin/builtin_test.cc
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/status.h"
#include "common/geography/geography.h"
#include "common/kernel/day.h"
#include "services/programmes/builtin/embedded.h"

namespace matchgo::programmes::builtin {

struct Skill {
  std::string id{};  // "k-lay-bricks"; stable
  std::string nl{};
  std::string en{};
  std::optional<std::string> esco_uri{};
  bool knowledge = false;              // ESCO: knowledge, else skill/competence
  std::optional<std::string> reuse{};  // ESCO reuse level: "transversal", "sector-specific", ...
};

struct Occupation {
  std::string id{};  // "o-bricklayer"; stable
  std::string nl{};
  std::string en{};
  std::optional<std::string> esco_uri{};
  std::string isco{};
  std::string sector{};
  int32_t level = 1;                     // NLQF level usual in the job
  std::string isced_field{};             // ISCED-F field usual in the job: "0613"
  std::vector<std::string> essential{};  // skill ids, most specific first
  std::vector<std::string> optional{};
  std::string source{};
  // Estimates of our own, for the population generator.
  int64_t salary_low_cents = 0;
  int64_t salary_high_cents = 0;
  int32_t out_weight = 0;  // how many leave it
  int32_t in_weight = 0;   // how many it asks for
};

struct Sector {
  std::string code{};  // "voedsel_natuur"
  std::string nl{};
  std::string en{};
  bool short_of_people = false;
};

// A formal qualification (bevoegdheid).
struct Qualification {
  std::string id{};  // "q-big-verpleegkundige"
  std::string nl{};
  std::string en{};
  std::string source{};
};

struct Opleider {
  std::string id{};
  std::string name{};
  std::string kind{};  // "roc", "aoc", "vakinstelling", "hogeschool"
  bool kind_inferred = false;
  std::string province{};
  bool synthetic = false;  // the institution is made up
};

enum class Award { kMboDiploma, kCertificate, kMicrocredential, kAd, kBa };
enum class Recognition { kNone, kExempt, kAccelerate };

struct Outcome {  // a leeruitkomst
  std::string verb{};
  std::string kind{};
  std::string subject{};
  std::string standard{};
  std::string context{};
  std::vector<std::string> skills{};
};

struct Module {
  std::string id{};  // within the programme
  std::string title{};
  std::optional<int32_t> ec{};
  int32_t hours = 0;
  bool core = false;
  std::vector<std::string> after{};
  Recognition recognition = Recognition::kNone;
  std::vector<std::string> skills{};
  std::vector<Outcome> outcomes{};
  bool synthetic = false;
};

// Shares of the ways of teaching in per cent, 0: not so; absent: so, but nobody says how much.
struct Delivery {
  std::optional<int32_t> online = 0;
  std::optional<int32_t> classroom = 0;
  std::optional<int32_t> workplace = 0;
  std::optional<int32_t> self_study = 0;
};

enum class Rhythm { kFixed, kRolling, kAtMinimum };

struct StartTemplate {
  std::string id{};  // within the programme
  Rhythm rhythm = Rhythm::kFixed;
  std::vector<int32_t> months{};  // 1..12; empty when rolling
  int32_t capacity = 0;
  int32_t minimum = 0;
  std::string place{};  // a name of Catalogue::places
  bool online = false;
  Delivery delivery{};
  std::string times{};  // "avond", "dag", "weekend", "vrij"
  bool individual = false;
  bool group = false;
  int64_t price_cents = 0;
  bool synthetic = false;
};

struct FastSwitchLabel {
  bool chain_with_employer = false;
  bool personal_programme = false;
  bool contract_and_income = false;
  bool fast_startbekwaam = false;
  bool guidance_by_both = false;
  Day valid_from{};
  Day valid_until{};
};

struct Programme {
  std::string id{};                      // "p-flex19003-1"
  std::optional<std::string> project{};  // FLEX number of the project it comes from
  std::string opleider{};
  std::string title{};
  std::optional<Award> award{};
  std::optional<int32_t> level{};           // NLQF, as the source states it
  std::optional<int32_t> level_inferred{};  // where the source is silent and the name implies it
  std::optional<std::string> crebo{};
  std::optional<std::string> croho{};
  std::optional<int32_t> ec{};
  std::string sector{};  // "onbekend" where the source does not say
  std::vector<std::string> occupations{};
  std::vector<std::string> awards{};  // qualification ids
  std::optional<int32_t> entry_level{};
  std::optional<FastSwitchLabel> label{};
  bool synthetic = false;                       // the whole programme is made up
  std::vector<std::string> synthetic_fields{};  // else these of it
  std::vector<std::string> unknown_facts{};     // what the source leaves open
  std::vector<Module> modules{};
  std::vector<StartTemplate> starts{};
};

struct ProjectQualification {
  std::string name{};
  std::optional<std::string> crebo{};  // as printed
  std::optional<int32_t> level{};
  std::optional<int32_t> level_inferred{};
  std::string kind{};  // "diploma", "certificate", "keuzedeel", "module"
  int32_t count = 1;   // above 1: a number without names
};

// One flexible answer: true stated, false denied, absent not stated.
using Stated = std::optional<bool>;

// Facts of one Flexproject; codes are those of data/README.md.
struct FlexProject {
  std::string number{};
  int32_t year = 0;
  std::string institution_type{};
  std::string partner_count_band{};
  std::vector<std::string> public_parties{};
  std::vector<std::string> private_parties{};
  std::string domain{};
  std::vector<std::string> domains_all{};
  std::vector<ProjectQualification> qualifications{};
  std::vector<std::string> target_groups{};
  std::vector<std::string> regions_named{};
  std::vector<std::string> provinces{};
  bool region_inferred = false;
  std::optional<std::vector<std::string>> learning_mix{};
  Stated own_pace{};
  Stated flexible_times{};
  Stated flexible_start{};
  Stated own_order{};
  Stated location_flexible{};
  Stated prior_learning_validation{};
  Stated formal_exemptions{};
  bool modular = false;
  bool digital_content = false;
  bool intake_validation = false;
  bool online_environment = false;
  bool guidance = false;
  std::vector<std::string> credentials{};
  std::optional<int32_t> module_count{};
};

// A figure as the evaluation report prints it.
struct ReportFigure {
  std::string group{};
  std::string key{};
  std::string label_nl{};
  std::optional<int32_t> report{};
};

// Sorted by id: skills, occupations, opleiders. In file order: the rest.
struct Catalogue {
  std::vector<Skill> skills{};
  std::vector<Occupation> occupations{};
  std::vector<Sector> sectors{};
  std::vector<Qualification> qualifications{};
  std::vector<Opleider> opleiders{};
  std::vector<FlexProject> projects{};
  std::vector<Programme> programmes{};
  std::vector<ReportFigure> report_figures{};
  std::span<const geography::Place> places{};  // most people first; live as long as the process
};

// The catalogue of the files; INVALID_ARGUMENT names every wrong field as "file:line.field".
StatusOr<Catalogue> ParseCatalogue(const DataFiles& files);
// The catalogue that was built in.
StatusOr<Catalogue> LoadCatalogue();

// The record with this id, or null. The pointer lives as long as the catalogue.
const Skill* FindSkill(const Catalogue& catalogue, std::string_view id);
const Occupation* FindOccupation(const Catalogue& catalogue, std::string_view id);
const Opleider* FindOpleider(const Catalogue& catalogue, std::string_view id);
const FlexProject* FindProject(const Catalogue& catalogue, std::string_view number);

// First days of a start (at a minimum: the latest) after `today`, not sooner than `lead_days`: the
// first Monday of each of its months (of every month when rolling) until `horizon_days` after
// today. Ascending.
std::vector<Day> StartDays(const StartTemplate& start, Day today, int32_t lead_days,
                           int32_t horizon_days);

}  // namespace matchgo::programmes::builtin
