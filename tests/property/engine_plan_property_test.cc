// Plans and feasible contracts against exhaustive search over all subsets of modules.
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "common/random/random.h"
#include "services/scheduler/engine/checker_plan.h"
#include "services/scheduler/engine/checker_rules.h"
#include "services/scheduler/engine/feasibility.h"
#include "services/scheduler/engine/market_file.h"
#include "services/scheduler/engine/plan.h"
#include "tests/support/engine/contract_table.h"
#include "tests/support/engine/random_market.h"

namespace matchgo::scheduler::engine {
namespace {

using Skills = std::set<int32_t>;

// What the format says, word by word, over all 2^n sets.
struct Exhaustive {
  bool exists = false;
  int64_t hours = 0;
  std::vector<std::string> ids = {};
};

int64_t HoursLeft(const Module& module, const Skills& mastered) {
  int64_t missing = 0;
  for (const int32_t skill : module.skills) missing += mastered.contains(skill) ? 0 : 1;
  const auto count = static_cast<int64_t>(module.skills.size());
  if (count == 0 || module.recognition == Recognition::kNone) return module.hours;
  if (module.recognition == Recognition::kExempt) return missing == 0 ? 0 : module.hours;
  int64_t hours = 0;
  while (hours * count < module.hours * missing) ++hours;
  return hours;
}

bool IsPlan(std::span<const Module> modules, uint64_t set, const Skills& mastered,
            std::span<const int32_t> required) {
  Skills known = mastered;
  for (size_t i = 0; i < modules.size(); ++i) {
    const bool in = (set >> i & 1U) != 0;
    if (!in && modules[i].core) return false;
    if (in && (modules[i].after & ~set) != 0) return false;
    if (in) known.insert(modules[i].skills.begin(), modules[i].skills.end());
  }
  return std::ranges::all_of(required, [&](int32_t skill) { return known.contains(skill); });
}

Exhaustive TryAllSets(std::span<const Module> modules, const Skills& mastered,
                      std::span<const int32_t> required) {
  Exhaustive best;
  for (uint64_t set = 0; set < uint64_t{1} << modules.size(); ++set) {
    if (!IsPlan(modules, set, mastered, required)) continue;
    Exhaustive plan{.exists = true};
    for (size_t i = 0; i < modules.size(); ++i) {
      if ((set >> i & 1U) == 0) continue;
      plan.hours += HoursLeft(modules[i], mastered);
      plan.ids.push_back(modules[i].id);
    }
    const auto order = [](const Exhaustive& p) { return std::tuple(p.hours, p.ids.size(), p.ids); };
    if (!best.exists || order(plan) < order(best)) best = plan;
  }
  return best;
}

TEST(PlanProperty, EqualsTheBestOfAllSubsets) {
  Random random(11);
  const testing::MarketShape shape{.modules_max = 8, .skills = 8};
  int64_t plans = 0;
  int64_t with_choice = 0;
  for (int round = 0; round < 250; ++round) {
    const auto built = BuildMarket(testing::RandomMarket(random, shape));
    ASSERT_TRUE(built.ok());
    const Market& market = built->market;
    for (int32_t s = 0; s < market.switcher_count(); ++s) {
      const std::span<const int32_t> skills = market.switcher_skills[s];
      const Skills mastered(skills.begin(), skills.end());
      for (int32_t v = 0; v < std::min(2, market.vacancy_count()); ++v) {
        for (int32_t p = 0; p < market.start_count(); ++p) {
          const std::span<const Module> modules = market.start_modules[p];
          const Exhaustive wanted = TryAllSets(modules, mastered, market.vacancy_required[v]);
          const Plan plan = FindPlan(market, {s, v, p});
          ASSERT_EQ(plan.exists, wanted.exists) << built->text;
          ASSERT_EQ(plan.exists, plan.untaught.empty());
          if (!plan.exists) continue;
          ASSERT_EQ(plan.hours, wanted.hours) << built->text;
          ASSERT_EQ(ModuleIds(market, p, plan.modules), wanted.ids) << built->text;
          ++plans;
          with_choice += std::popcount(plan.modules) > 1 ? 1 : 0;
        }
      }
    }
  }
  EXPECT_GT(plans, 500);
  EXPECT_GT(with_choice, 100);
}

// Few hours, many ties and long chains: what makes the search branch.
TEST(PlanProperty, BothSearchesAgreeWhereThereIsMuchToChoose) {
  Random random(12);
  for (int round = 0; round < 200; ++round) {
    MarketInput market;
    MarketSwitcher s{.id = "s"};
    MarketVacancy v{.id = "v", .occupation = "o", .sector = "x"};
    for (int k = 0; k < 7; ++k) v.required.push_back("k" + std::to_string(k));
    MarketStart p{.id = "p", .programme = "g", .capacity = 1};
    for (int m = 0; m < 16; ++m) {
      MarketModule module{.id = "m" + std::to_string(100 + m), .hours = random.Between(0, 3)};
      module.skills = {"k" + std::to_string(random.Below(7)),
                       "k" + std::to_string(random.Below(7))};
      if (m % 4 > 0 && random.Chance(500)) module.after = {"m" + std::to_string(99 + m)};
      p.modules.push_back(module);
    }
    market.switchers = {s};
    market.vacancies = {v};
    market.starts = {p};
    const auto built = BuildMarket(market);
    ASSERT_TRUE(built.ok());
    const Plan plan = FindPlan(built->market, {0, 0, 0});
    CheckedPlanTask task;
    const std::span<const Module> modules = built->market.start_modules[0];
    for (const int32_t skill : built->market.vacancy_required[0]) {
      task.skill_teachers.push_back(0);
      for (size_t i = 0; i < modules.size(); ++i) {
        if (std::ranges::binary_search(modules[i].skills, skill)) {
          task.skill_teachers.back() |= uint64_t{1} << i;
        }
      }
    }
    for (const Module& module : modules) {
      task.hours.push_back(module.hours);
      task.after.push_back(module.after);
    }
    const std::optional<CheckedPlan> checked = CheckedBestPlan(task);
    ASSERT_EQ(plan.exists, checked.has_value());
    if (!plan.exists) continue;
    ASSERT_EQ(plan.modules, checked->modules) << built->text;
    ASSERT_EQ(plan.hours, checked->hours);
  }
}

TEST(PlanProperty, SixtyFourModulesInChainsAreSolved) {
  Random random(13);
  for (int round = 0; round < 3; ++round) {
    MarketInput market;
    market.switchers = {{.id = "s"}};
    MarketVacancy v{.id = "v", .occupation = "o", .sector = "x"};
    for (int k = 0; k < 20; ++k) v.required.push_back("k" + std::to_string(k));
    MarketStart p{.id = "p", .programme = "g", .capacity = 1};
    for (int m = 0; m < 64; ++m) {
      p.modules.push_back({.id = "m" + std::to_string(100 + m), .hours = random.Between(20, 120)});
      if (m % 8 > 0) p.modules.back().after = {"m" + std::to_string(99 + m)};
    }
    for (int k = 0; k < 60; ++k) {
      p.modules[random.Below(64)].skills.push_back("k" + std::to_string(k % 20));
    }
    market.vacancies = {v};
    market.starts = {p};
    const auto built = BuildMarket(market);
    ASSERT_TRUE(built.ok());
    const Plan plan = FindPlan(built->market, {0, 0, 0});
    EXPECT_TRUE(plan.exists);
    EXPECT_GT(plan.hours, 0);
  }
}

// Three ways to the same list: the finder, the rule by rule verdict, and the checker's own.
TEST(FeasibilityProperty, FinderVerdictAndCheckerListTheSameContracts) {
  Random random(14);
  int64_t contracts = 0;
  for (int round = 0; round < 400; ++round) {
    const auto built = BuildMarket(testing::RandomMarket(random, {}));
    ASSERT_TRUE(built.ok());
    const Market& market = built->market;
    const auto table = FindContracts(market, Weights());
    ASSERT_TRUE(table.ok());
    for (int32_t s = 0; s < market.switcher_count(); ++s) {
      for (int32_t v = 0; v < market.vacancy_count(); ++v) {
        for (int32_t p = kNone; p < market.start_count(); ++p) {
          const Verdict verdict = Check(market, {s, v, p});
          const auto place = table->Find({s, v, p});
          ASSERT_EQ(verdict.feasible, place.has_value()) << built->text;
          if (!place) continue;
          ++contracts;
          ASSERT_EQ(verdict.modules, table->at(*place).modules);
          ASSERT_EQ(verdict.ready, table->at(*place).ready);
        }
      }
    }
    const auto checked = CheckedContracts(market, Weights(), "score");
    ASSERT_EQ(checked.size(), table->all().size()) << built->text;
    for (size_t i = 0; i < checked.size(); ++i) {
      const FeasibleContract& found = table->all()[i];
      ASSERT_EQ(checked[i].contract, found.contract) << built->text;
      ASSERT_EQ(checked[i].score, found.score) << built->text;
      ASSERT_EQ(checked[i].ready, found.ready);
      ASSERT_EQ(checked[i].modules, found.modules);
    }
  }
  EXPECT_GT(contracts, 1000);
}

}  // namespace
}  // namespace matchgo::scheduler::engine
