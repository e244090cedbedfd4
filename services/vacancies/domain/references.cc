#include "services/vacancies/domain/references.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "common/base/violations.h"
#include "services/vacancies/reasons.h"

namespace matchgo::vacancies::domain {

void AddReferences(const Vacancy& vacancy, References* all) {
  all->occupations.insert(vacancy.occupation);
  for (const auto* list : {&vacancy.requirements.day_one, &vacancy.requirements.learnable,
                           &vacancy.requirements.nice}) {
    all->skills.insert(list->begin(), list->end());
  }
}

References ReferencesOf(const Vacancy& vacancy) {
  References named;
  AddReferences(vacancy, &named);
  return named;
}

Status CheckReferences(const Vacancy& vacancy, const References& unknown) {
  Violations violations;
  if (unknown.occupations.contains(vacancy.occupation)) {
    violations.Add("vacancy.occupation", reasons::kOccupationUnknown,
                   "an occupation of the vocabulary");
  }
  const auto check = [&](const std::vector<SkillId>& skills, std::string_view field) {
    const bool wrong = std::any_of(skills.begin(), skills.end(), [&](const SkillId& skill) {
      return unknown.skills.contains(skill);
    });
    if (wrong) violations.Add(field, reasons::kSkillUnknown, "skills of the vocabulary");
  };
  check(vacancy.requirements.day_one, "vacancy.requirements.day_one_skills");
  check(vacancy.requirements.learnable, "vacancy.requirements.learnable_skills");
  check(vacancy.requirements.nice, "vacancy.requirements.nice_skills");
  return std::move(violations).ToStatus();
}

}  // namespace matchgo::vacancies::domain
