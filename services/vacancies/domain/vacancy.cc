#include "services/vacancies/domain/vacancy.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "common/base/violations.h"
#include "common/geography/locate.h"
#include "services/vacancies/reasons.h"

namespace matchgo::vacancies::domain {
namespace {

// One violation per list, at the list: the caller knows what it sent.
template <class AnyId>
void CheckUnseen(const std::vector<AnyId>& list, std::string_view field, std::string_view wanted,
                 std::set<AnyId>& seen, Violations& violations) {
  bool repeated = false;
  for (const AnyId& id : list) {
    if (!seen.insert(id).second) repeated = true;
  }
  if (repeated) violations.Add(field, reasons::kDuplicate, wanted);
}

// Nearly always: worth a look without a set.
bool AllDiffer(const Requirements& requirements) {
  std::vector<std::string_view> skills;
  skills.reserve(requirements.day_one.size() + requirements.learnable.size() +
                 requirements.nice.size());
  for (const auto* list : {&requirements.day_one, &requirements.learnable, &requirements.nice}) {
    for (const SkillId& id : *list) skills.push_back(id.value());
  }
  std::sort(skills.begin(), skills.end());
  return std::adjacent_find(skills.begin(), skills.end()) == skills.end();
}

void CheckRequirements(const Requirements& requirements, Violations& violations) {
  if (AllDiffer(requirements)) return;
  constexpr std::string_view kOnce = "each skill once, in one of the three lists";
  std::set<SkillId> seen;
  CheckUnseen(requirements.day_one, "vacancy.requirements.day_one_skills", kOnce, seen, violations);
  CheckUnseen(requirements.learnable, "vacancy.requirements.learnable_skills", kOnce, seen,
              violations);
  CheckUnseen(requirements.nice, "vacancy.requirements.nice_skills", kOnce, seen, violations);
}

}  // namespace

std::string NameOf(const Vacancy& vacancy) {
  return "employers/" + vacancy.employer.value() + "/vacancies/" + vacancy.id.value();
}

Status Validate(const Vacancy& vacancy) {
  Violations violations;
  CheckRequirements(vacancy.requirements, violations);
  geography::CheckLocated(vacancy.location, "vacancy.location", violations);
  if (vacancy.salary_min_cents > vacancy.salary_max_cents) {
    violations.Add("vacancy.salary_min_cents", reasons::kSalaryOrder, "at most salary_max_cents");
  }
  if (vacancy.hours_min > vacancy.hours_max) {
    violations.Add("vacancy.hours_min", reasons::kHoursOrder, "at most hours_max");
  }
  if (vacancy.start_from.has_value() && *vacancy.start_from > vacancy.ready_by) {
    violations.Add("vacancy.ready_by", reasons::kDateOrder, "not before start_from");
  }
  std::set<OpleiderId> seen;
  CheckUnseen(vacancy.accepted_opleiders, "vacancy.accepted_opleiders", "each opleider once", seen,
              violations);
  return std::move(violations).ToStatus();
}

int32_t SeatsOf(const Vacancy& vacancy) {
  if (vacancy.state != State::kPublished) return 0;
  if (vacancy.guidance_capacity == 0) return vacancy.openings;
  return std::min(vacancy.openings, vacancy.guidance_capacity);
}

bool IsPublic(const Vacancy& vacancy) { return vacancy.state == State::kPublished; }

}  // namespace matchgo::vacancies::domain
