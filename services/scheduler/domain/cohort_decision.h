// CohortDecision: whether a start runs, decided once, on its decision date.
//
// The day is the one the opleider set, else 14 days before it begins. Enough contracts: it runs.
// Too few, and the open offers could not make up for it: it is cancelled. Else the decision waits
// for the offers, at the latest until it begins. A start "at n people" runs as soon as they are
// there, and begins earlier then. Pure. Test: tests/unit/services/scheduler/lifecycle_test.cc
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "common/kernel/day.h"
#include "services/scheduler/domain/market_records.h"

namespace matchgo::scheduler::domain {

inline constexpr int32_t kDecisionDaysBefore = 14;

enum class CohortState : uint8_t { kPending, kRuns, kCancelled };
std::string_view CohortStateName(CohortState state);

// What was decided.
struct Cohort {
  CohortState state = CohortState::kPending;
  // Of a start "at n people" that runs: the day on which it begins.
  std::optional<Day> begins_on = {};

  friend bool operator==(const Cohort&, const Cohort&) = default;
};

// The decision date of a start that begins that day (a month of a rolling start has its own).
Day DecisionDay(const StartRecord& start, Day begins);

struct CohortCount {
  int32_t minimum = 0;
  int32_t contracts = 0;
  int32_t open_offers = 0;
};

// kPending: not decided today.
CohortState DecideCohort(const CohortCount& count, Day decides_on, Day begins_on, Day today);

// Whether a start "at n people" has them, so that it need not wait for its decision date: whoever
// still thinks about an offer was promised the later day.
bool HasItsPeople(const CohortCount& count);
// The day on which it begins then: 14 days later, once each of them can, never after the day that
// was `promised`. `free_from`: of those who have a contract.
Day BeginsAtMinimum(Day promised, Day today, const std::vector<Day>& free_from);

}  // namespace matchgo::scheduler::domain
