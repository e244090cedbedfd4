// The demo's people and employers: seeded, from the built-in catalogue, nobody real.
//
// The same catalogue, seed and day give the same population, and person i does not depend on how
// many others there are. Plain values: the demo turns them into requests. Pure.
// Test: tests/unit/services/matchgo/demo/population_test.cc
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/kernel/day.h"
#include "services/programmes/builtin/builtin.h"

namespace matchgo::demo {

struct Education {
  int32_t nlqf_level = 0;
  std::string isced_field{};
  std::string title{};
  int32_t year = 0;
};

struct Experience {
  std::string occupation{};
  Day from{};
  std::optional<Day> to{};  // absent: until now
};

enum class SkillSource { kStated, kInferred, kAssessed, kCredential };

struct SkillClaim {
  std::string skill{};
  int32_t level = 1;  // 1 beginner .. 5 expert
  SkillSource source = SkillSource::kStated;
  std::string evidence{};  // only when assessed or by credential
};

struct SuitabilityTest {
  std::string instrument{};
  std::optional<std::string> sector{};  // absent: all sectors
  int32_t norm = 0;                     // 0..1000
  int32_t score = 0;
  Day taken_on{};
  Day valid_until{};
};

struct LanguageSkill {
  std::string language{};  // ISO 639-1
  int32_t cefr = 0;        // 1 A1 .. 6 C2
};

enum class ConsentPurpose { kMatching, kIntroduction, kFollowing, kResearch };

struct Consent {
  ConsentPurpose purpose = ConsentPurpose::kMatching;
  Day given_on{};
  std::optional<Day> withdrawn_on{};
};

struct Spot {
  std::string postcode{};
  std::string place{};
  geography::GridPoint grid{};
};

struct Person {
  std::string full_name{};
  std::string email{};  // at example.com, which nobody owns
  std::string phone{};  // in a range that is not given out
  int32_t birth_year = 0;
  std::vector<Education> education{};    // highest first
  std::vector<Experience> experience{};  // newest first, never empty
  std::vector<SkillClaim> skills{};      // by skill, each once
  std::vector<std::string> qualifications{};
  int64_t salary_now_cents = 0;
  int64_t salary_floor_cents = 0;
  int32_t hours_min = 0;
  int32_t hours_max = 0;
  int32_t study_hours = 0;
  Day available_from{};
  Spot home{};
  int32_t travel_km_max = 0;
  std::vector<std::string> sector_wishes{};  // most wanted first
  std::vector<SuitabilityTest> tests{};
  std::vector<LanguageSkill> languages{};
  bool employed = false;
  int32_t notice_days = 0;
  std::vector<Consent> consents{};
};

struct Employer {
  std::string name{};
  std::string kvk_number{};
  std::string sector{};
  Spot location{};
};

enum class ContractForm { kPermanent, kFixedTermWithProspect, kFixedTerm, kLearnWork, kSecondment };

struct Vacancy {
  size_t employer = 0;  // index into Population::employers
  std::string title{};
  std::string occupation{};
  std::string sector{};
  int32_t openings = 1;
  std::vector<std::string> day_one_skills{};
  std::vector<std::string> learnable_skills{};
  std::vector<std::string> nice_skills{};
  int32_t dutch_level = 0;  // CEFR, 1..6
  Spot location{};
  int64_t salary_min_cents = 0;
  int64_t salary_max_cents = 0;
  int32_t hours_min = 0;
  int32_t hours_max = 0;
  Day start_from{};
  Day ready_by{};
  ContractForm contract_form = ContractForm::kFixedTermWithProspect;
  std::optional<std::string> qualification{};
  int32_t guidance_capacity = 0;
  std::vector<std::string> accepted_opleiders{};  // empty: any
  std::string external_reference{};               // unique
  Day expires_on{};
};

struct Population {
  std::vector<Person> people{};
  std::vector<Employer> employers{};
  std::vector<Vacancy> vacancies{};
};

struct PopulationOptions {
  uint64_t seed = 1;
  int32_t switchers = 2000;
  int32_t vacancies = 800;
  Day today{};
};

// REQUIRES: the catalogue has places, occupations that people leave and occupations in demand.
Population MakePopulation(const programmes::builtin::Catalogue& catalogue,
                          const PopulationOptions& options);

}  // namespace matchgo::demo
