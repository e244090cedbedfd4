// Vacancy: a job for which an employer wants switchers, as a value.
//
// Says what a vacancy is and when one is sound. Rules between fields live here; the shape of single
// fields is declared in the proto and checked before. What may happen to a vacancy is in
// vacancy_lifecycle.h. Pure. Test: tests/unit/services/vacancies/vacancy_test.cc
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/base/status.h"
#include "common/kernel/day.h"
#include "common/kernel/ids.h"
#include "common/kernel/location.h"
#include "common/time/instant.h"

namespace matchgo::vacancies::domain {

// The numbers are those of the wire and of the store.
enum class State { kDraft = 1, kPublished = 2, kClosed = 3 };

enum class ContractForm {
  kUnspecified = 0,
  kPermanent = 1,
  kFixedTermWithProspect = 2,
  kFixedTerm = 3,
  kLearnWork = 4,
  kSecondment = 5,
};

// A skill stands in one list only.
struct Requirements {
  std::vector<SkillId> day_one;    // nobody can learn these on the way
  std::vector<SkillId> learnable;  // needed to be startbekwaam
  std::vector<SkillId> nice;
  int32_t dutch_level = 0;  // CEFR, 3 is B1; 0: not said

  friend bool operator==(const Requirements&, const Requirements&) = default;
};

struct Vacancy {
  VacancyId id;
  EmployerId employer;
  std::string title;
  std::string description;
  OccupationId occupation;
  std::string sector;
  int32_t openings = 0;
  Requirements requirements;
  Location location;
  int64_t salary_min_cents = 0;
  int64_t salary_max_cents = 0;
  int32_t hours_min = 0;
  int32_t hours_max = 0;
  std::optional<Day> start_from;
  Day ready_by;  // somebody must be startbekwaam by the end of this day
  ContractForm contract_form = ContractForm::kUnspecified;
  std::string qualification;
  int32_t guidance_capacity = 0;  // 0: as many as openings
  std::vector<OpleiderId> accepted_opleiders;
  std::string external_reference;
  Day expires_on;
  State state = State::kDraft;
  Instant created;
  Instant updated;
  int64_t version = 0;
  int64_t sequence = 0;  // of the event that made this version

  friend bool operator==(const Vacancy&, const Vacancy&) = default;
};

// "employers/{employer}/vacancies/{vacancy}": what neighbours and events call it.
std::string NameOf(const Vacancy& vacancy);

// All that is wrong, as violations of "vacancy.…".
Status Validate(const Vacancy& vacancy);

// How many people may be placed on it now: none unless published, else what there is room and
// guidance for.
int32_t SeatsOf(const Vacancy& vacancy);

// Whether everybody may see it; drafts and closed vacancies are the employer's own business.
bool IsPublic(const Vacancy& vacancy);

}  // namespace matchgo::vacancies::domain
