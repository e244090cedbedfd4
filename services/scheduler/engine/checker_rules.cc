#include "services/scheduler/engine/checker_rules.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "services/scheduler/engine/checker_plan.h"

namespace matchgo::scheduler::engine {
namespace {

bool Among(std::span<const int32_t> names, int32_t name) {
  for (const int32_t other : names) {
    if (other == name) return true;
  }
  return false;
}

int64_t Square(int64_t value) { return value * value; }

uint64_t Fnv(const std::string& text) {
  uint64_t hash = 14695981039346656037U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return hash;
}

uint64_t Rotate(uint64_t value, unsigned by) { return value << by | value >> (64U - by); }

uint64_t HashOf(const Market& market, std::string_view id) {
  return Fnv(market.seed + "|" + std::string(id));
}

// One switcher after another; what she has is marked in a table for the time being.
class Lister {
 public:
  Lister(const Market& market, const Weights& weights)
      : market_(market),
        weights_(weights),
        mastered_(static_cast<size_t>(market.skill_names.size()), false),
        teachers_(market.starts.size()),
        tasks_(market.starts.size()),
        task_of_(market.starts.size(), kNone) {
    for (int32_t p = 0; p < market.start_count(); ++p) {
      uint64_t bit = 1;
      for (const Module& module : market.start_modules[p]) {
        for (const int32_t skill : module.skills) teachers_[static_cast<size_t>(p)][skill] |= bit;
        bit <<= 1U;
      }
    }
    for (int32_t v = 0; v < market.vacancy_count(); ++v) {
      std::vector<int32_t>& serving = serving_.emplace_back();
      for (int32_t p = 0; p < market.start_count(); ++p) {
        if (Among(market.start_occupations[p], market.vacancy(v).occupation)) {
          serving.push_back(p);
        }
      }
    }
  }

  std::vector<CheckedContract> Run() {
    for (int32_t s = 0; s < market_.switcher_count(); ++s) {
      for (const int32_t skill : market_.switcher_skills[s]) Mark(skill, true);
      for (int32_t v = 0; v < market_.vacancy_count(); ++v) ListJob(s, v);
      for (const int32_t skill : market_.switcher_skills[s]) Mark(skill, false);
    }
    return std::move(list_);
  }

 private:
  void Mark(int32_t skill, bool mastered) { mastered_[static_cast<size_t>(skill)] = mastered; }
  bool Mastered(int32_t skill) const { return mastered_[static_cast<size_t>(skill)]; }

  void ListJob(int32_t s, int32_t v) {
    const Switcher& she = market_.switcher(s);
    const Vacancy& job = market_.vacancy(v);
    const int64_t distance = Square(int64_t{she.x} - job.x) + Square(int64_t{she.y} - job.y);
    if (distance > Square(she.max_dist)) return;
    if (job.salary_max < she.salary_floor) return;
    if (she.hours_min > job.hours || job.hours > she.hours_max) return;
    lacking_.clear();
    for (const int32_t skill : market_.vacancy_required[v]) {
      if (!Mastered(skill)) lacking_.push_back(skill);
    }
    const bool unqualified =
        job.qualification != kNone && !Among(market_.switcher_qualifications[s], job.qualification);
    if (lacking_.empty() && !unqualified) {
      if (she.available <= job.latest_ready) Append({s, v, kNone}, she.available, 0);
      return;
    }
    for (const int32_t p : serving_[static_cast<size_t>(v)]) {
      if (market_.start(p).begins > job.latest_ready) continue;
      if (unqualified && !Among(market_.start_awards[p], job.qualification)) continue;
      ListStart({s, v, p});
    }
  }

  void ListStart(const Contract& contract) {
    const Switcher& she = market_.switcher(contract.switcher);
    const Start& start = market_.start(contract.start);
    if (she.level < start.entry_level || start.begins < she.available) return;
    const int64_t distance = Square(int64_t{she.x} - start.x) + Square(int64_t{she.y} - start.y);
    if (!start.online && distance > Square(she.max_dist)) return;
    CheckedPlanTask& task = TaskFor(contract);
    const std::optional<CheckedPlan> plan = CheckedBestPlan(task);
    if (!plan) return;
    int64_t ready = start.begins;
    if (plan->hours > 0) {
      if (she.study_hours == 0) return;
      int64_t weeks = plan->hours / she.study_hours;
      if (weeks * she.study_hours < plan->hours) ++weeks;
      ready += weeks * 7;
    }
    if (ready <= market_.vacancy(contract.vacancy).latest_ready) {
      Append(contract, ready, plan->modules);
    }
  }

  // The task of this start, with her hours made once and the lacking skills of this job.
  CheckedPlanTask& TaskFor(const Contract& contract) {
    const auto p = static_cast<size_t>(contract.start);
    CheckedPlanTask& task = tasks_[p];
    if (task_of_[p] != contract.switcher) {
      task_of_[p] = contract.switcher;
      task = {};
      for (const Module& module : market_.start_modules[contract.start]) {
        if (module.core) task.core |= uint64_t{1} << task.hours.size();
        task.hours.push_back(HoursFor(module));
        task.after.push_back(module.after);
      }
    }
    task.skill_teachers.clear();
    for (const int32_t skill : lacking_) {
      const auto found = teachers_[p].find(skill);
      task.skill_teachers.push_back(found == teachers_[p].end() ? 0 : found->second);
    }
    return task;
  }

  int64_t HoursFor(const Module& module) const {
    int64_t missing = 0;
    for (const int32_t skill : module.skills) missing += Mastered(skill) ? 0 : 1;
    const auto total = static_cast<int64_t>(module.skills.size());
    if (total == 0) return module.hours;
    switch (module.recognition) {
      case Recognition::kNone:
        return module.hours;
      case Recognition::kExempt:
        return missing > 0 ? module.hours : 0;
      case Recognition::kAccelerate:
        break;
    }
    const int64_t part = module.hours * missing;
    return part / total + (part % total > 0 ? 1 : 0);
  }

  bool MasteredAfter(const Contract& contract, uint64_t modules, int32_t skill) const {
    if (Mastered(skill)) return true;
    if (contract.start == kNone) return false;
    const std::span<const Module> all = market_.start_modules[contract.start];
    for (size_t i = 0; i < all.size(); ++i) {
      if ((modules >> i & 1U) != 0 && Among(all[i].skills, skill)) return true;
    }
    return false;
  }

  void Append(const Contract& contract, int64_t ready, uint64_t modules) {
    const Switcher& she = market_.switcher(contract.switcher);
    const Vacancy& job = market_.vacancy(contract.vacancy);
    const std::span<const int32_t> required = market_.vacancy_required[contract.vacancy];
    const std::span<const int32_t> nice = market_.vacancy_nice[contract.vacancy];
    const auto of = [](int64_t some, size_t all) {
      return all == 0 ? 1000 : 1000 * some / static_cast<int64_t>(all);
    };
    int64_t nice_count = 0;
    for (const int32_t skill : nice) nice_count += MasteredAfter(contract, modules, skill) ? 1 : 0;
    const int64_t reach = Square(she.max_dist);
    const int64_t distance = Square(int64_t{she.x} - job.x) + Square(int64_t{she.y} - job.y);
    const int64_t days = ready - she.available;

    std::array<int64_t, kPartCount> parts{};
    parts[0] = of(static_cast<int64_t>(required.size() - lacking_.size()), required.size());
    parts[1] = of(nice_count, nice.size());
    parts[2] = days >= 730 ? 0 : 1000 * (730 - days) / 730;
    parts[3] = reach == 0 ? 1000 : 1000 * (reach - distance) / reach;
    parts[4] = she.salary_now == 0 || job.salary_max >= she.salary_now
                   ? 1000
                   : int64_t{1000} * job.salary_max / she.salary_now;
    const std::span<const int32_t> prefs = market_.switcher_prefs[contract.switcher];
    for (size_t i = 0; i < prefs.size() && i < 3; ++i) {
      if (prefs[i] == job.sector) parts[5] = i == 0 ? 1000 : i == 1 ? 667 : 333;
    }
    parts[6] = 500;
    for (const Aptitude& aptitude : market_.switcher_aptitude[contract.switcher]) {
      if (aptitude.sector == job.sector) parts[6] = aptitude.value;
    }
    int64_t score = 0;
    for (size_t i = 0; i < kPartCount; ++i) score += weights_.of[i] * parts[i];
    list_.push_back({.contract = contract, .score = score, .ready = ready, .modules = modules});
  }

  const Market& market_;
  const Weights& weights_;
  std::vector<bool> mastered_;
  std::vector<std::vector<int32_t>> serving_;          // per vacancy: starts for its occupation
  std::vector<std::map<int32_t, uint64_t>> teachers_;  // per start: who teaches a skill
  std::vector<CheckedPlanTask> tasks_;                 // per start
  std::vector<int32_t> task_of_;                       // whose hours these are
  std::vector<int32_t> lacking_;                       // of the pair that is being listed
  std::vector<CheckedContract> list_;
};

std::vector<CheckedContract> FromTriples(const Market& market) {
  std::vector<CheckedContract> list;
  for (const GivenTriple& triple : market.triples) {
    list.push_back({.contract = triple.contract,
                    .score = triple.score,
                    .rank_s = triple.rank_s,
                    .rank_v = triple.rank_v,
                    .rank_p = triple.rank_p});
  }
  return list;
}

// Sorts by turn or place and ranks by position.
void RankByOrder(const Market& market, bool by_turn, std::vector<CheckedContract>& list) {
  using Order = std::tuple<int64_t, uint64_t, int32_t, int64_t, uint64_t, Contract>;
  std::vector<uint64_t> s_hash;
  s_hash.reserve(market.switchers.size());
  for (int32_t s = 0; s < market.switcher_count(); ++s) {
    s_hash.push_back(HashOf(market, market.switcher_ids[s]));
  }
  std::vector<uint64_t> v_hash;
  v_hash.reserve(market.vacancies.size());
  for (int32_t v = 0; v < market.vacancy_count(); ++v) {
    v_hash.push_back(Rotate(HashOf(market, market.vacancy_ids[v]), 21));
  }
  std::vector<uint64_t> p_hash = {Rotate(HashOf(market, "-"), 42)};
  for (int32_t p = 0; p < market.start_count(); ++p) {
    p_hash.push_back(Rotate(HashOf(market, market.start_ids[p]), 42));
  }
  std::vector<std::pair<Order, size_t>> order;
  for (size_t i = 0; i < list.size(); ++i) {
    const Contract& contract = list[i].contract;
    const auto s = static_cast<size_t>(contract.switcher);
    const uint64_t key = s_hash[s] ^ v_hash[static_cast<size_t>(contract.vacancy)] ^
                         p_hash[static_cast<size_t>(contract.start) + 1];
    order.emplace_back(
        Order(by_turn ? market.switcher(contract.switcher).priority : 0, by_turn ? s_hash[s] : 0,
              by_turn ? contract.switcher : 0, -list[i].score, key, contract),
        i);
  }
  std::ranges::sort(order);
  std::vector<CheckedContract> sorted;
  for (const auto& [ignored, i] : order) {
    const auto rank = static_cast<int64_t>(sorted.size());
    sorted.push_back(list[i]);
    sorted.back().rank_s = sorted.back().rank_v = sorted.back().rank_p = rank;
  }
  list = std::move(sorted);
}

}  // namespace

std::vector<CheckedContract> CheckedContracts(const Market& market, const Weights& weights,
                                              const std::string& mechanism) {
  std::vector<CheckedContract> list =
      market.bare ? FromTriples(market) : Lister(market, weights).Run();
  if (mechanism != "nested") RankByOrder(market, mechanism == "priority", list);
  return list;
}

}  // namespace matchgo::scheduler::engine
