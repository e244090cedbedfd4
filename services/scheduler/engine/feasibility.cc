#include "services/scheduler/engine/feasibility.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "services/scheduler/engine/plan.h"

namespace matchgo::scheduler::engine {
namespace {

constexpr std::array<std::string_view, 16> kRuleNames = {"not_listed",
                                                         "vacancy_too_far",
                                                         "salary_below_floor",
                                                         "hours_below_minimum",
                                                         "hours_above_maximum",
                                                         "skills_missing",
                                                         "qualification_missing",
                                                         "nothing_to_learn",
                                                         "qualification_not_awarded",
                                                         "occupation_not_served",
                                                         "entry_level",
                                                         "begins_too_early",
                                                         "start_too_far",
                                                         "skills_not_taught",
                                                         "no_study_hours",
                                                         "ready_too_late"};

class RuleList {
 public:
  explicit RuleList(Verdict& verdict) : verdict_(verdict) {}

  void Fail(Rule rule, int64_t have, int64_t want, std::vector<int32_t> skills = {}) {
    verdict_.failed.push_back({rule, have, want, std::move(skills)});
  }
  void AtMost(Rule rule, int64_t have, int64_t want) {
    if (have > want) Fail(rule, have, want);
  }
  void AtLeast(Rule rule, int64_t have, int64_t want) {
    if (have < want) Fail(rule, have, want);
  }

 private:
  Verdict& verdict_;
};

int64_t Count(const std::vector<int32_t>& skills) { return static_cast<int64_t>(skills.size()); }

// Rules 1 to 3: she and the job.
void CheckJob(const Switcher& s, const Vacancy& v, RuleList& rules) {
  const int64_t reach = int64_t{s.max_dist} * s.max_dist;
  rules.AtMost(Rule::kVacancyTooFar, DistanceSquared(s.x, s.y, v.x, v.y), reach);
  rules.AtLeast(Rule::kSalaryBelowFloor, v.salary_max, s.salary_floor);
  rules.AtLeast(Rule::kHoursBelowMinimum, v.hours, s.hours_min);
  rules.AtMost(Rule::kHoursAboveMaximum, v.hours, s.hours_max);
}

// Rule 5: she and the start.
void CheckStart(const Market& market, const Switcher& s, const Vacancy& v, int32_t start,
                bool lacks_qualification, RuleList& rules) {
  const Start& p = market.start(start);
  if (lacks_qualification &&
      !std::ranges::binary_search(market.start_awards[start], v.qualification)) {
    rules.Fail(Rule::kQualificationNotAwarded, v.qualification, v.qualification);
  }
  if (!std::ranges::binary_search(market.start_occupations[start], v.occupation)) {
    rules.Fail(Rule::kOccupationNotServed, v.occupation, v.occupation);
  }
  rules.AtLeast(Rule::kEntryLevel, s.level, p.entry_level);
  rules.AtLeast(Rule::kBeginsTooEarly, p.begins, s.available);
  if (!p.online) {
    const int64_t reach = int64_t{s.max_dist} * s.max_dist;
    rules.AtMost(Rule::kStartTooFar, DistanceSquared(s.x, s.y, p.x, p.y), reach);
  }
}

// Rule 6: the plan and its ready day.
void CheckPlan(const Market& market, const Person& person, int32_t vacancy, int32_t start,
               std::span<const int32_t> missing, Verdict& verdict, RuleList& rules) {
  const Switcher& s = person.facts;
  const PlanIndex index(market.start_modules[start]);
  const std::vector<int64_t> hours = RemainingHours(market.start_modules[start], person.skills);
  Plan plan = FindPlan(index, hours, missing);
  if (!plan.exists) {
    const int64_t count = Count(plan.untaught);
    rules.Fail(Rule::kSkillsNotTaught, count, 0, std::move(plan.untaught));
    return;
  }
  verdict.modules = plan.modules;
  verdict.hours = plan.hours;
  if (plan.hours > 0 && s.study_hours == 0) {
    rules.Fail(Rule::kNoStudyHours, plan.hours, 0, ConflictOf(index, hours, missing, 0));
    return;
  }
  const int64_t ready = ReadyDay(market.start(start).begins, plan.hours, s.study_hours);
  verdict.ready = static_cast<int32_t>(ready);
  const int64_t latest = market.vacancy(vacancy).latest_ready;
  if (ready <= latest) return;
  const int64_t days = latest - market.start(start).begins;
  const int64_t hours_max = days < 0 ? -1 : days / 7 * s.study_hours;
  rules.Fail(Rule::kReadyTooLate, ready, latest, ConflictOf(index, hours, missing, hours_max));
}

}  // namespace

std::string_view RuleName(Rule rule) { return kRuleNames[static_cast<size_t>(rule)]; }

Verdict Check(const Market& market, const Contract& contract) {
  if (!market.bare) {
    return Check(market, PersonOf(market, contract.switcher), contract.vacancy, contract.start);
  }
  Verdict verdict;
  if (market.FindTriple(contract) == nullptr) RuleList(verdict).Fail(Rule::kNotListed, 0, 0);
  verdict.feasible = verdict.failed.empty();
  return verdict;
}

Verdict Check(const Market& market, const Person& person, int32_t vacancy, int32_t start) {
  Verdict verdict;
  RuleList rules(verdict);
  const Switcher& s = person.facts;
  const Vacancy& v = market.vacancy(vacancy);
  CheckJob(s, v, rules);
  std::vector<int32_t> missing;
  std::ranges::set_difference(market.vacancy_required[vacancy], person.skills,
                              std::back_inserter(missing));
  const bool lacks_qualification =
      v.qualification != kNone &&
      !std::ranges::binary_search(person.qualifications, v.qualification);
  if (start == kNone) {
    const int64_t count = Count(missing);
    if (count > 0) rules.Fail(Rule::kSkillsMissing, count, 0, std::move(missing));
    if (lacks_qualification) {
      rules.Fail(Rule::kQualificationMissing, v.qualification, v.qualification);
    }
    verdict.ready = s.available;
    rules.AtMost(Rule::kReadyTooLate, s.available, v.latest_ready);
  } else {
    if (missing.empty() && !lacks_qualification) rules.Fail(Rule::kNothingToLearn, 0, 0);
    CheckStart(market, s, v, start, lacks_qualification, rules);
    CheckPlan(market, person, vacancy, start, missing, verdict, rules);
  }
  verdict.feasible = verdict.failed.empty();
  return verdict;
}

}  // namespace matchgo::scheduler::engine
