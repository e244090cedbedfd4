#include "services/scheduler/engine/checker_plan.h"

#include <algorithm>
#include <queue>
#include <set>
#include <tuple>

namespace matchgo::scheduler::engine {
namespace {

bool Holds(uint64_t set, size_t module) { return (set >> module & 1U) != 0; }

int CountOf(uint64_t set) {
  int count = 0;
  for (; set != 0; set &= set - 1) ++count;
  return count;
}

int64_t HoursOf(const CheckedPlanTask& task, uint64_t set) {
  int64_t hours = 0;
  for (size_t i = 0; i < task.hours.size(); ++i) hours += Holds(set, i) ? task.hours[i] : 0;
  return hours;
}

// The set with all prerequisites of its modules.
uint64_t Complete(const CheckedPlanTask& task, uint64_t set) {
  for (;;) {
    uint64_t wider = set;
    for (size_t i = 0; i < task.after.size(); ++i) {
      if (Holds(set, i)) wider |= task.after[i];
    }
    if (wider == set) return set;
    set = wider;
  }
}

// Sorted lists of positions, compared as words are.
bool ListedBefore(uint64_t a, uint64_t b) {
  for (size_t i = 0; i < 64; ++i) {
    if (Holds(a, i) != Holds(b, i)) return Holds(a, i);
  }
  return false;
}

const uint64_t* FirstUncovered(const CheckedPlanTask& task, uint64_t set) {
  for (const uint64_t& teachers : task.skill_teachers) {
    if ((teachers & set) == 0) return &teachers;
  }
  return nullptr;
}

// Adds the teacher of every uncovered skill that has only one: no plan does without.
uint64_t WithoutChoice(const CheckedPlanTask& task, uint64_t set) {
  for (const uint64_t teachers : task.skill_teachers) {
    if ((teachers & set) == 0 && CountOf(teachers) == 1) set |= Complete(task, teachers);
  }
  return set;
}

struct State {
  int64_t at_least = 0;  // hours of any plan that contains the set
  int64_t hours = 0;
  int count = 0;
  uint64_t set = 0;

  friend bool operator>(const State& a, const State& b) {
    return std::tie(a.at_least, a.count, a.set) > std::tie(b.at_least, b.count, b.set);
  }
};

class Search {
 public:
  Search(const CheckedPlanTask& task, uint64_t first) : task_(task), first_(first) {
    for (size_t i = 0; i < task.hours.size(); ++i) {
      complete_.push_back(Complete(task, uint64_t{1} << i));
    }
  }

  CheckedPlan Run() {
    Push(first_);
    while (!queue_.empty()) {
      const State state = queue_.top();
      queue_.pop();
      if (found_ && state.at_least > best_.hours) break;
      if (found_ && state.at_least == best_.hours && state.count > best_.count) continue;
      const uint64_t* skill = FirstUncovered(task_, state.set);
      if (skill == nullptr) {
        Offer(state);
        continue;
      }
      for (size_t i = 0; i < complete_.size(); ++i) {
        if (Holds(*skill, i)) Push(state.set | complete_[i]);
      }
    }
    return {best_.set, best_.hours};
  }

 private:
  // The dearest of the cheapest ways to cover one more skill.
  int64_t StillNeeded(uint64_t set) const {
    int64_t needed = 0;
    for (const uint64_t teachers : task_.skill_teachers) {
      if ((teachers & set) != 0) continue;
      int64_t cheapest = INT64_MAX;
      for (size_t i = 0; i < complete_.size(); ++i) {
        if (Holds(teachers, i)) {
          cheapest = std::min(cheapest, HoursOf(task_, complete_[i] & ~set));
        }
      }
      needed = std::max(needed, cheapest);
    }
    return needed;
  }

  void Push(uint64_t set) {
    if (!seen_.insert(set).second) return;
    const int64_t hours = HoursOf(task_, set);
    queue_.push({hours + StillNeeded(set), hours, CountOf(set), set});
  }

  void Offer(const State& state) {
    const auto rank = [](const State& s) { return std::pair(s.hours, s.count); };
    const bool better = !found_ || rank(state) < rank(best_) ||
                        (rank(state) == rank(best_) && ListedBefore(state.set, best_.set));
    if (better) best_ = state;
    found_ = true;
  }

  const CheckedPlanTask& task_;
  const uint64_t first_;
  std::vector<uint64_t> complete_;
  std::priority_queue<State, std::vector<State>, std::greater<>> queue_;
  std::set<uint64_t> seen_;
  bool found_ = false;
  State best_;
};

}  // namespace

int64_t CheckedCoreHours(const CheckedPlanTask& task) {
  return HoursOf(task, Complete(task, task.core));
}

int64_t CheckedSureHours(const CheckedPlanTask& task) {
  return HoursOf(task, WithoutChoice(task, Complete(task, task.core)));
}

std::optional<CheckedPlan> CheckedBestPlan(const CheckedPlanTask& task) {
  for (const uint64_t teachers : task.skill_teachers) {
    if (teachers == 0) return std::nullopt;
  }
  const uint64_t first = WithoutChoice(task, Complete(task, task.core));
  if (FirstUncovered(task, first) == nullptr) return CheckedPlan{first, HoursOf(task, first)};
  return Search(task, first).Run();
}

}  // namespace matchgo::scheduler::engine
