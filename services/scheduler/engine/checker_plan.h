// The checker's own way to the best plan: a search over whole sets in order of their hours.
//
// Knows nothing of plan.h, on purpose. Exact; slower on hard starts. Not thread-safe. Test:
// tests/property/engine_plan_property_test.cc
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace matchgo::scheduler::engine {

// A start as one switcher sees it, for the skills that one job needs and she lacks.
struct CheckedPlanTask {
  std::vector<int64_t> hours;            // per module: what remains for her
  std::vector<uint64_t> after;           // per module: direct prerequisites
  uint64_t core = 0;                     // core modules
  std::vector<uint64_t> skill_teachers;  // per lacking skill: modules that teach it
};

struct CheckedPlan {
  uint64_t modules = 0;
  int64_t hours = 0;
};

// The hours of the core modules with all that comes before them: no plan takes fewer.
int64_t CheckedCoreHours(const CheckedPlanTask& task);

// The same with those modules that alone teach a lacking skill.
int64_t CheckedSureHours(const CheckedPlanTask& task);

// Nothing when some skill has no teacher.
std::optional<CheckedPlan> CheckedBestPlan(const CheckedPlanTask& task);

}  // namespace matchgo::scheduler::engine
