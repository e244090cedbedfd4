// CohortDecision: whether a start runs, decided once, on its decision date.
//
// The day is the one the opleider set, else 14 days before it begins. Enough contracts: it runs.
// Too few, and the open offers could not make up for it: it is cancelled. Else the decision waits
// for the offers, at the latest until it begins. Pure. Test:
// tests/unit/services/scheduler/lifecycle_test.cc
#pragma once

#include <cstdint>
#include <string_view>

#include "common/kernel/day.h"
#include "services/scheduler/domain/market_records.h"

namespace matchgo::scheduler::domain {

inline constexpr int32_t kDecisionDaysBefore = 14;

enum class CohortState : uint8_t { kPending, kRuns, kCancelled };
std::string_view CohortStateName(CohortState state);

// The decision date of a start that begins that day (a month of a rolling start has its own).
Day DecisionDay(const StartRecord& start, Day begins);

struct CohortCount {
  int32_t minimum = 0;
  int32_t contracts = 0;
  int32_t open_offers = 0;
};

// kPending: not decided today.
CohortState DecideCohort(const CohortCount& count, Day decides_on, Day begins_on, Day today);

}  // namespace matchgo::scheduler::domain
