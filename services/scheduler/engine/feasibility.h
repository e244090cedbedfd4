// Check: may this contract exist? With every rule that forbids it and the numbers that decided.
//
// The rules are those of the format, in its order; explanations are made from the verdict. Pure.
// Test: tests/unit/services/scheduler/engine/feasibility_test.cc
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "services/scheduler/engine/market.h"
#include "services/scheduler/engine/person.h"

namespace matchgo::scheduler::engine {

enum class Rule : uint8_t {
  kNotListed,                // bare market: no such triple
  kVacancyTooFar,            // have: distance squared, want: at most max_dist squared
  kSalaryBelowFloor,         // have: salary_max, want: at least salary_floor
  kHoursBelowMinimum,        // have: hours of the vacancy, want: at least hours_min
  kHoursAboveMaximum,        // have: hours of the vacancy, want: at most hours_max
  kSkillsMissing,            // direct; skills: those missing; have: how many
  kQualificationMissing,     // direct; have: the qualification
  kNothingToLearn,           // with a start: she has it all already
  kQualificationNotAwarded,  // with a start; have: the qualification
  kOccupationNotServed,      // with a start; have: the occupation
  kEntryLevel,               // have: level, want: at least entry_level
  kBeginsTooEarly,           // have: begins, want: at least available
  kStartTooFar,              // have: distance squared, want: at most max_dist squared
  kSkillsNotTaught,          // no plan; skills: those nobody teaches
  kNoStudyHours,             // have: hours of the plan, want: 0 as she has no study hours
  kReadyTooLate,             // have: ready day, want: at most latest_ready
  // With a start, the last two are about the plan with the fewest hours; skills: a smallest part
  // of the missing ones that is in conflict already (empty: core modules and the day suffice).
};

// A stable snake_case word.
std::string_view RuleName(Rule rule);

struct FailedRule {
  Rule rule = Rule::kNotListed;
  int64_t have = 0;
  int64_t want = 0;
  std::vector<int32_t> skills = {};

  friend bool operator==(const FailedRule&, const FailedRule&) = default;
};

// If feasible, the plan and the ready day are set (not in a bare market). A plan that exists is
// shown even when another rule fails.
struct Verdict {
  bool feasible = false;
  uint64_t modules = 0;
  int64_t hours = 0;
  int32_t ready = 0;
  std::vector<FailedRule> failed;
};

Verdict Check(const Market& market, const Contract& contract);
// The same for anybody. REQUIRES: !market.bare.
Verdict Check(const Market& market, const Person& person, int32_t vacancy, int32_t start);

// The distance squared between two points of the plane.
inline int64_t DistanceSquared(int64_t ax, int64_t ay, int64_t bx, int64_t by) {
  return (ax - bx) * (ax - bx) + (ay - by) * (ay - by);
}

}  // namespace matchgo::scheduler::engine
