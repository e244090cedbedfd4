// References: which skills and occupations of the vocabulary a record names.
//
// Whether they exist, another service knows. Pure.
// Test: tests/unit/services/vacancies/vacancy_test.cc
#pragma once

#include <set>

#include "common/base/status.h"
#include "common/kernel/ids.h"
#include "services/vacancies/domain/vacancy.h"

namespace matchgo::vacancies::domain {

struct References {
  std::set<SkillId> skills;
  std::set<OccupationId> occupations;

  bool empty() const { return skills.empty() && occupations.empty(); }
  friend bool operator==(const References&, const References&) = default;
};

// What must exist for somebody to match.
References ReferencesOf(const Vacancy& vacancy);
// Adds them to those of others.
void AddReferences(const Vacancy& vacancy, References* all);

// SKILL_UNKNOWN and OCCUPATION_UNKNOWN at the fields that name something of `unknown`.
Status CheckReferences(const Vacancy& vacancy, const References& unknown);

}  // namespace matchgo::vacancies::domain
