#include "services/scheduler/engine/plan.h"

#include <algorithm>
#include <array>
#include <bit>
#include <iterator>
#include <optional>

#include "common/base/check.h"

namespace matchgo::scheduler::engine {
namespace {

// Hours, then number of modules, then the smallest id list, as one sum over the modules of a plan:
// hours in the high bits, the count above bit 64, and minus one bit per module below, highest for
// the first id. Of two sets of equal size the one that holds the lowest differing module has the
// lexicographically smaller id list, and exactly that one has the smaller sum. Every module costs
// more than nothing, so the cheapest set is unique.
using Cost = unsigned __int128;

Cost CostOf(int64_t hours, size_t module) {
  return (static_cast<Cost>(static_cast<uint64_t>(hours)) << 71U) + (static_cast<Cost>(1) << 64U) -
         (static_cast<Cost>(1) << (63U - module));
}

size_t TakeLowest(uint64_t& set) {
  const auto module = static_cast<size_t>(std::countr_zero(set));
  set &= set - 1;
  return module;
}

// Branch and bound. A state is the chosen modules (closed under what comes before) and the banned
// ones (closed under what comes after). Branching is over the teachers of one skill: the first
// branch takes teacher 1, the second bans it and takes teacher 2, so no set is seen twice. The
// optimum is a union of teachers' closures and the mandatory modules: anything else in it could be
// dropped, which costs less.
class PlanSearch {
 public:
  PlanSearch(const PlanIndex& index, std::span<const int64_t> hours) : index_(index) {
    const size_t count = index.module_count();
    costs_.resize(count);
    dependents_.resize(count, 0);
    for (size_t i = 0; i < count; ++i) {
      costs_[i] = CostOf(hours[i], i);
      uint64_t closure = index.ClosureOf(i);
      while (closure != 0) dependents_[TakeLowest(closure)] |= uint64_t{1} << i;
    }
  }

  // `skills` holds the teachers of every skill to be covered, none empty.
  uint64_t Run(uint64_t chosen, std::vector<uint64_t> skills) {
    Explore(chosen, 0, SumOf(chosen), std::move(skills));
    CHECK(best_.has_value());
    return best_set_;
  }

 private:
  Cost SumOf(uint64_t set) const {
    Cost sum = 0;
    while (set != 0) sum += costs_[TakeLowest(set)];
    return sum;
  }

  // Keeps the uncovered skills, each with its teachers that are not banned, without those that are
  // covered whenever another one is. False when one cannot be covered any more.
  static bool Reduce(uint64_t chosen, uint64_t banned, std::vector<uint64_t>& skills) {
    std::erase_if(skills, [chosen](uint64_t teachers) { return (teachers & chosen) != 0; });
    for (uint64_t& teachers : skills) {
      teachers &= ~banned;
      if (teachers == 0) return false;
    }
    std::ranges::sort(skills, [](uint64_t a, uint64_t b) {
      const int a_count = std::popcount(a);
      const int b_count = std::popcount(b);
      return a_count != b_count ? a_count < b_count : a < b;
    });
    std::vector<uint64_t> kept;
    for (const uint64_t teachers : skills) {
      const bool implied = std::ranges::any_of(
          kept, [teachers](uint64_t other) { return (other & ~teachers) == 0; });
      if (!implied) kept.push_back(teachers);
    }
    skills = std::move(kept);
    return true;
  }

  // A module that k skills may need is paid for a k-th part by each; then every skill takes its
  // cheapest teacher. No plan is cheaper: it pays each module once, and is charged at most that.
  Cost Bound(uint64_t chosen, const std::vector<uint64_t>& skills) const {
    std::array<uint64_t, 64> needs{};
    std::vector<uint64_t> unions;
    for (uint64_t teachers : skills) {
      uint64_t all = 0;
      while (teachers != 0) all |= index_.ClosureOf(TakeLowest(teachers));
      unions.push_back(all & ~chosen);
      for (uint64_t left = unions.back(); left != 0;) ++needs[TakeLowest(left)];
    }
    std::array<Cost, 64> share{};
    for (size_t i = 0; i < costs_.size(); ++i) {
      share[i] = needs[i] <= 1 ? costs_[i] : costs_[i] / needs[i];
    }
    Cost bound = 0;
    for (uint64_t teachers : skills) {
      Cost cheapest = ~static_cast<Cost>(0);
      while (teachers != 0) {
        uint64_t left = index_.ClosureOf(TakeLowest(teachers)) & ~chosen;
        Cost sum = 0;
        while (left != 0) sum += share[TakeLowest(left)];
        cheapest = std::min(cheapest, sum);
      }
      bound += cheapest;
    }
    return bound;
  }

  void Explore(uint64_t chosen, uint64_t banned, Cost cost, std::vector<uint64_t> skills) {
    for (;;) {
      if (!Reduce(chosen, banned, skills)) return;
      if (skills.empty()) {
        if (!best_ || cost < *best_) {
          best_ = cost;
          best_set_ = chosen;
        }
        return;
      }
      if (std::popcount(skills.front()) > 1) break;
      const uint64_t added =
          index_.ClosureOf(static_cast<size_t>(std::countr_zero(skills.front()))) & ~chosen;
      cost += SumOf(added);
      chosen |= added;
    }
    if (best_ && cost + Bound(chosen, skills) >= *best_) return;

    struct Branch {
      Cost cost;
      size_t module;
    };
    std::vector<Branch> branches;
    for (uint64_t teachers = skills.front(); teachers != 0;) {
      const size_t module = TakeLowest(teachers);
      branches.push_back({SumOf(index_.ClosureOf(module) & ~chosen), module});
    }
    std::ranges::sort(branches, [](const Branch& a, const Branch& b) {
      return a.cost != b.cost ? a.cost < b.cost : a.module < b.module;
    });
    for (const Branch& branch : branches) {
      Explore(chosen | index_.ClosureOf(branch.module), banned, cost + branch.cost, skills);
      banned |= dependents_[branch.module];
    }
  }

  const PlanIndex& index_;
  std::vector<Cost> costs_;
  std::vector<uint64_t> dependents_;  // the module and everything that needs it
  std::optional<Cost> best_;
  uint64_t best_set_ = 0;
};

// Follows what leaves no choice; keeps in `skills` what does. A skill with one teacher needs it,
// so whatever this adds is part of every plan.
uint64_t Force(const PlanIndex& index, uint64_t chosen, std::vector<uint64_t>& skills) {
  for (bool more = true; more;) {
    more = false;
    std::erase_if(skills, [chosen](uint64_t teachers) { return (teachers & chosen) != 0; });
    for (const uint64_t teachers : skills) {
      if (!std::has_single_bit(teachers)) continue;
      chosen |= index.ClosureOf(static_cast<size_t>(std::countr_zero(teachers)));
      more = true;
    }
  }
  return chosen;
}

}  // namespace

PlanIndex::PlanIndex(std::span<const Module> modules) {
  closures_.resize(modules.size());
  for (size_t i = 0; i < modules.size(); ++i) closures_[i] = modules[i].after | uint64_t{1} << i;
  for (bool more = true; more;) {
    more = false;
    for (uint64_t& closure : closures_) {
      uint64_t wider = closure;
      for (uint64_t left = closure; left != 0;) wider |= closures_[TakeLowest(left)];
      more = more || wider != closure;
      closure = wider;
    }
  }
  std::vector<std::pair<int32_t, uint64_t>> pairs;
  for (size_t i = 0; i < modules.size(); ++i) {
    if (modules[i].core) mandatory_ |= closures_[i];
    for (const int32_t skill : modules[i].skills) pairs.emplace_back(skill, uint64_t{1} << i);
  }
  std::ranges::sort(pairs);
  for (const auto& [skill, module] : pairs) {
    if (taught_.empty() || taught_.back() != skill) {
      taught_.push_back(skill);
      teachers_.push_back(0);
    }
    teachers_.back() |= module;
  }
}

uint64_t PlanIndex::TeachersOf(int32_t skill) const {
  const auto found = std::ranges::lower_bound(taught_, skill);
  if (found == taught_.end() || *found != skill) return 0;
  return teachers_[static_cast<size_t>(found - taught_.begin())];
}

int64_t RemainingHours(const Module& module, std::span<const int32_t> skills) {
  if (module.skills.empty() || module.recognition == Recognition::kNone) return module.hours;
  int64_t missing = 0;
  for (const int32_t skill : module.skills) {
    if (!std::ranges::binary_search(skills, skill)) ++missing;
  }
  if (module.recognition == Recognition::kExempt) return missing == 0 ? 0 : module.hours;
  const auto all = static_cast<int64_t>(module.skills.size());
  return (module.hours * missing + all - 1) / all;
}

std::vector<int64_t> RemainingHours(std::span<const Module> modules,
                                    std::span<const int32_t> skills) {
  std::vector<int64_t> hours;
  hours.reserve(modules.size());
  for (const Module& module : modules) hours.push_back(RemainingHours(module, skills));
  return hours;
}

Plan FindPlan(const PlanIndex& index, std::span<const int64_t> hours,
              std::span<const int32_t> missing) {
  Plan plan;
  std::vector<uint64_t> skills;
  skills.reserve(missing.size());
  for (const int32_t skill : missing) {
    skills.push_back(index.TeachersOf(skill));
    if (skills.back() == 0) plan.untaught.push_back(skill);
  }
  if (!plan.untaught.empty()) return plan;
  return FindPlan(index, hours, std::move(skills));
}

Plan FindPlan(const PlanIndex& index, std::span<const int64_t> hours,
              std::vector<uint64_t> teachers) {
  Plan plan;
  std::vector<uint64_t> skills = std::move(teachers);
  plan.exists = true;
  plan.modules = Force(index, index.mandatory(), skills);
  if (!skills.empty()) plan.modules = PlanSearch(index, hours).Run(plan.modules, std::move(skills));
  for (uint64_t left = plan.modules; left != 0;) plan.hours += hours[TakeLowest(left)];
  return plan;
}

std::vector<int32_t> ConflictOf(const PlanIndex& index, std::span<const int64_t> hours,
                                std::span<const int32_t> missing, int64_t hours_max) {
  std::vector<int32_t> conflict(missing.begin(), missing.end());
  for (size_t i = 0; i < conflict.size();) {
    std::vector<int32_t> fewer = conflict;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
    if (FindPlan(index, hours, fewer).hours > hours_max) {
      conflict = std::move(fewer);
    } else {
      ++i;
    }
  }
  return conflict;
}

Plan FindPlan(const Market& market, std::span<const int32_t> skills, int32_t vacancy,
              int32_t start) {
  std::vector<int32_t> missing;
  std::ranges::set_difference(market.vacancy_required[vacancy], skills,
                              std::back_inserter(missing));
  return FindPlan(PlanIndex(market.start_modules[start]),
                  RemainingHours(market.start_modules[start], skills), missing);
}

Plan FindPlan(const Market& market, const Contract& contract) {
  return FindPlan(market, market.switcher_skills[contract.switcher], contract.vacancy,
                  contract.start);
}

int64_t ReadyDay(int64_t begins, int64_t hours, int64_t study_hours) {
  if (hours == 0) return begins;
  CHECK(study_hours > 0);
  return begins + 7 * ((hours + study_hours - 1) / study_hours);
}

}  // namespace matchgo::scheduler::engine
