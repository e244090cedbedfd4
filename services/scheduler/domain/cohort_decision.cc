#include "services/scheduler/domain/cohort_decision.h"

#include <algorithm>

namespace matchgo::scheduler::domain {

std::string_view CohortStateName(CohortState state) {
  switch (state) {
    case CohortState::kRuns:
      return "runs";
    case CohortState::kCancelled:
      return "cancelled";
    case CohortState::kPending:
      break;
  }
  return "pending";
}

Day DecisionDay(const StartRecord& start, Day begins) {
  if (start.rhythm != Rhythm::kRolling && start.decides_on.has_value()) return *start.decides_on;
  return begins - kDecisionDaysBefore;
}

CohortState DecideCohort(const CohortCount& count, Day decides_on, Day begins_on, Day today) {
  if (today < decides_on) return CohortState::kPending;
  if (count.contracts >= count.minimum) return CohortState::kRuns;
  const bool offers_may_fill = count.contracts + count.open_offers >= count.minimum;
  if (offers_may_fill && today < begins_on) return CohortState::kPending;
  return CohortState::kCancelled;
}

bool HasItsPeople(const CohortCount& count) {
  return count.contracts >= std::max(1, count.minimum) && count.open_offers == 0;
}

Day BeginsAtMinimum(Day promised, Day today, const std::vector<Day>& free_from) {
  Day begins = today + kDecisionDaysBefore;
  for (const Day day : free_from) begins = std::max(begins, day);
  return std::min(begins, promised);
}

}  // namespace matchgo::scheduler::domain
