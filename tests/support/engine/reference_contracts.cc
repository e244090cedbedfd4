#include "tests/support/engine/reference_contracts.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>

#include "services/scheduler/engine/checker_plan.h"

namespace matchgo::testing {
namespace {

using namespace scheduler::engine;
using Names = std::set<int32_t>;

Names SetOf(std::span<const int32_t> list) { return {list.begin(), list.end()}; }

int64_t Distance(int64_t ax, int64_t ay, int64_t bx, int64_t by) {
  return (ax - bx) * (ax - bx) + (ay - by) * (ay - by);
}

uint64_t Hash(const Market& market, std::string_view id) {
  uint64_t hash = 14695981039346656037U;
  for (const char c : market.seed + "|" + std::string(id)) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  }
  return hash;
}

uint64_t Rotate(uint64_t value, int by) { return value << by | value >> (64 - by); }

int64_t Remaining(const Module& module, const Names& mastered) {
  int64_t missing = 0;
  for (const int32_t skill : module.skills) missing += mastered.contains(skill) ? 0 : 1;
  const auto all = static_cast<int64_t>(module.skills.size());
  if (all == 0 || module.recognition == Recognition::kNone) return module.hours;
  if (module.recognition == Recognition::kExempt) return missing == 0 ? 0 : module.hours;
  return (module.hours * missing + all - 1) / all;
}

class Listing {
 public:
  Listing(const Market& market, int32_t switcher)
      : market_(market),
        switcher_(switcher),
        facts_(market.switcher(switcher)),
        skills_(SetOf(market.switcher_skills[switcher])),
        qualifications_(SetOf(market.switcher_qualifications[switcher])) {
    for (int32_t p = 0; p < market.start_count(); ++p) {
      const Start& start = market.start(p);
      if (start.begins < facts_.available || facts_.level < start.entry_level ||
          !(start.online || Distance(facts_.x, facts_.y, start.x, start.y) <= Reach())) {
        continue;
      }
      for (const int32_t o : market.start_occupations[p]) usable_[o].push_back(p);
    }
  }

  std::vector<FeasibleContract> Run() {
    for (int32_t v = 0; v < market_.vacancy_count(); ++v) Visit(v);
    std::ranges::sort(found_, [](const FeasibleContract& a, const FeasibleContract& b) {
      return std::tuple(-a.score, a.key, a.contract) < std::tuple(-b.score, b.key, b.contract);
    });
    return std::move(found_);
  }

 private:
  int64_t Reach() const { return int64_t{facts_.max_dist} * facts_.max_dist; }

  void Visit(int32_t v) {
    const Vacancy& vacancy = market_.vacancy(v);
    if (Distance(facts_.x, facts_.y, vacancy.x, vacancy.y) > Reach() ||
        vacancy.salary_max < facts_.salary_floor || vacancy.hours < facts_.hours_min ||
        vacancy.hours > facts_.hours_max) {
      return;
    }
    Names missing;
    for (const int32_t skill : market_.vacancy_required[v]) {
      if (!skills_.contains(skill)) missing.insert(skill);
    }
    const bool lacks =
        vacancy.qualification != kNone && !qualifications_.contains(vacancy.qualification);
    if (missing.empty() && !lacks) {
      if (facts_.available <= vacancy.latest_ready) Add(v, kNone, 0, facts_.available);
      return;
    }
    for (const int32_t p : usable_[vacancy.occupation]) {
      if (market_.start(p).begins > vacancy.latest_ready ||
          (lacks && !SetOf(market_.start_awards[p]).contains(vacancy.qualification))) {
        continue;
      }
      Plan(v, p, missing);
    }
  }

  void Plan(int32_t v, int32_t p, const Names& missing) {
    CheckedPlanTask task;
    const std::span<const Module> modules = market_.start_modules[p];
    for (size_t i = 0; i < modules.size(); ++i) {
      task.hours.push_back(Remaining(modules[i], skills_));
      task.after.push_back(modules[i].after);
      if (modules[i].core) task.core |= uint64_t{1} << i;
    }
    for (const int32_t skill : missing) {
      uint64_t teachers = 0;
      for (size_t i = 0; i < modules.size(); ++i) {
        if (SetOf(modules[i].skills).contains(skill)) teachers |= uint64_t{1} << i;
      }
      if (teachers == 0) return;
      task.skill_teachers.push_back(teachers);
    }
    const std::optional<CheckedPlan> plan = CheckedBestPlan(task);
    if (!plan || (plan->hours > 0 && facts_.study_hours == 0)) return;
    int64_t weeks = 0;
    while (weeks * facts_.study_hours < plan->hours) ++weeks;
    const int64_t ready = market_.start(p).begins + 7 * weeks;
    if (ready <= market_.vacancy(v).latest_ready) Add(v, p, plan->modules, ready);
  }

  void Add(int32_t v, int32_t p, uint64_t modules, int64_t ready) {
    const Vacancy& vacancy = market_.vacancy(v);
    Names known = skills_;
    for (size_t i = 0; i < 64; ++i) {
      if ((modules >> i & 1U) == 0) continue;
      const Module& module = market_.start_modules[p][i];
      known.insert(module.skills.begin(), module.skills.end());
    }
    const auto share = [](std::span<const int32_t> wanted, const Names& held) {
      int64_t count = 0;
      for (const int32_t skill : wanted) count += held.contains(skill) ? 1 : 0;
      return wanted.empty() ? 1000 : 1000 * count / static_cast<int64_t>(wanted.size());
    };
    const int64_t distance = Distance(facts_.x, facts_.y, vacancy.x, vacancy.y);
    const int64_t waiting = ready - facts_.available;
    int64_t preference = 0;
    const std::span<const int32_t> prefs = market_.switcher_prefs[switcher_];
    for (size_t i = 0; i < prefs.size() && i < 3; ++i) {
      if (prefs[i] == vacancy.sector) preference = i == 0 ? 1000 : i == 1 ? 667 : 333;
    }
    int64_t aptitude = 500;
    for (const Aptitude& entry : market_.switcher_aptitude[switcher_]) {
      if (entry.sector == vacancy.sector) aptitude = entry.value;
    }
    const int64_t paid = std::min(vacancy.salary_max, facts_.salary_now);
    const int64_t score = 300 * share(market_.vacancy_required[v], skills_) +
                          100 * share(market_.vacancy_nice[v], known) +
                          200 * std::max<int64_t>(0, 1000 * (730 - waiting) / 730) +
                          100 * (Reach() == 0 ? 1000 : 1000 * (Reach() - distance) / Reach()) +
                          150 * (facts_.salary_now == 0 ? 1000 : 1000 * paid / facts_.salary_now) +
                          100 * preference + 50 * aptitude;
    const uint64_t key =
        Hash(market_, market_.switcher_ids[switcher_]) ^
        Rotate(Hash(market_, market_.vacancy_ids[v]), 21) ^
        Rotate(Hash(market_, p == kNone ? std::string_view("-") : market_.start_ids[p]), 42);
    found_.push_back({.contract = {switcher_, v, p},
                      .score = static_cast<int32_t>(score),
                      .ready = static_cast<int32_t>(ready),
                      .key = key,
                      .modules = modules});
  }

  const Market& market_;
  int32_t switcher_;
  const Switcher& facts_;
  Names skills_;
  Names qualifications_;
  std::map<int32_t, std::vector<int32_t>> usable_;  // starts that take her, by occupation
  std::vector<FeasibleContract> found_;
};

}  // namespace

std::vector<FeasibleContract> ReferenceContracts(const Market& market, int32_t switcher) {
  return Listing(market, switcher).Run();
}

}  // namespace matchgo::testing
