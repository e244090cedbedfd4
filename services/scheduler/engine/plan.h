// The learn-work plan of a contract: the cheapest set of modules that teaches what is missing.
//
// Exact: fewest hours, then fewest modules, then the lexicographically smallest sorted list of
// module ids. At most 64 modules, so a set is one word. Pure; a PlanIndex is immutable, a search
// keeps its state on the stack. Test: tests/unit/services/scheduler/engine/plan_test.cc,
// tests/property/engine_plan_property_test.cc
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "services/scheduler/engine/market.h"

namespace matchgo::scheduler::engine {

struct Plan {
  bool exists = false;
  uint64_t modules = 0;           // bit i: the i-th module of the start
  int64_t hours = 0;              // remaining study hours
  std::vector<int32_t> untaught;  // required, not mastered and taught by nobody; sorted
};

// What plans for one start share, whoever asks.
class PlanIndex {
 public:
  explicit PlanIndex(std::span<const Module> modules);

  // Modules that teach a skill (0: nobody).
  uint64_t TeachersOf(int32_t skill) const;
  // A module with everything that has to come before it.
  uint64_t ClosureOf(size_t module) const { return closures_[module]; }
  // The core modules with everything that has to come before them.
  uint64_t mandatory() const { return mandatory_; }
  size_t module_count() const { return closures_.size(); }
  size_t bytes() const {
    return closures_.capacity() * 8 + taught_.capacity() * 4 + teachers_.capacity() * 8;
  }

 private:
  std::vector<uint64_t> closures_;
  uint64_t mandatory_ = 0;
  std::vector<int32_t> taught_;     // sorted skills
  std::vector<uint64_t> teachers_;  // of taught_[i]
};

// Hours that a module still costs somebody with these skills (sorted).
int64_t RemainingHours(const Module& module, std::span<const int32_t> skills);
// The same for every module of a start, in order.
std::vector<int64_t> RemainingHours(std::span<const Module> modules,
                                    std::span<const int32_t> skills);

// The plan for the skills of `missing`: required ones that are not mastered yet.
Plan FindPlan(const PlanIndex& index, std::span<const int64_t> hours,
              std::span<const int32_t> missing);
// The same where `teachers` holds the modules that teach each missing skill, none empty.
Plan FindPlan(const PlanIndex& index, std::span<const int64_t> hours,
              std::vector<uint64_t> teachers);
// The plan of somebody with these skills (sorted) for a vacancy. REQUIRES: !market.bare.
Plan FindPlan(const Market& market, std::span<const int32_t> skills, int32_t vacancy,
              int32_t start);
// The plan for one contract. REQUIRES: contract.start is a start, !market.bare.
Plan FindPlan(const Market& market, const Contract& contract);

// Why no plan for `missing` takes at most hours_max: some of its skills, none of which could be
// left out; nothing when the core modules alone take more. REQUIRES: the plan exists and takes
// more.
std::vector<int32_t> ConflictOf(const PlanIndex& index, std::span<const int64_t> hours,
                                std::span<const int32_t> missing, int64_t hours_max);

// The day somebody who begins then is done. REQUIRES: hours == 0 or study_hours > 0.
int64_t ReadyDay(int64_t begins, int64_t hours, int64_t study_hours);

}  // namespace matchgo::scheduler::engine
