#include "services/scheduler/domain/plan_terms.h"

#include <algorithm>
#include <span>

#include "services/scheduler/domain/projection.h"
#include "services/scheduler/engine/plan.h"

namespace matchgo::scheduler::domain {

Plan PlanOf(const engine::Market& market, const engine::Person& person,
            const engine::FeasibleContract& feasible) {
  const Day today = Day::FromNumber(market.today);
  Plan plan;
  plan.study_hours = person.facts.study_hours;
  plan.begins_on = today + person.facts.available;
  plan.ready_on = today + feasible.ready;
  const int32_t start = feasible.contract.start;
  if (start == engine::kNone) return plan;
  plan.begins_on = today + market.start(start).begins;
  const std::span<const engine::Module> modules = market.start_modules[start];
  for (size_t i = 0; i < modules.size(); ++i) {
    if ((feasible.modules >> i & 1) == 0) continue;
    const auto left = static_cast<int32_t>(engine::RemainingHours(modules[i], person.skills));
    plan.modules.push_back({.id = modules[i].id, .hours = left});
    plan.hours += left;
  }
  return plan;
}

void WaitForTheFirstDay(const VacancyRecord& vacancy, Plan* plan) {
  plan->begins_on = DirectBeginning(vacancy, plan->begins_on);
  plan->ready_on = std::max(plan->ready_on, plan->begins_on);
}

}  // namespace matchgo::scheduler::domain
