// Plans by hand: hours that remain, what a plan must hold, and which of two equal plans it is.
#include "services/scheduler/engine/plan.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/unit/services/scheduler/engine/small_market.h"

namespace matchgo::scheduler::engine {
namespace {

struct Row {
  const char* name;
  std::vector<MarketModule> modules;
  std::vector<std::string> wanted;  // module ids
  int64_t hours;
};

MarketModule M(std::string id, std::vector<std::string> skills, int64_t hours,
               Recognition recognition = Recognition::kNone, std::vector<std::string> after = {},
               bool core = false) {
  return {std::move(id), std::move(skills), hours, core, recognition, std::move(after)};
}

constexpr Recognition kNoneOf = Recognition::kNone;
constexpr Recognition kExempt = Recognition::kExempt;
constexpr Recognition kFaster = Recognition::kAccelerate;

// She masters k1 and k3; k2 and k4 are what she has to learn.
std::vector<Row> Rows() {
  return {
      {"one module for both", {M("a", {"k2", "k4"}, 30)}, {"a"}, 30},
      {"two cheaper than one",
       {M("a", {"k2", "k4"}, 30), M("b", {"k2"}, 9), M("c", {"k4"}, 20)},
       {"b", "c"},
       29},
      {"fewer modules at equal hours",
       {M("a", {"k2", "k4"}, 30), M("b", {"k2"}, 10), M("c", {"k4"}, 20)},
       {"a"},
       30},
      {"smaller ids at equal hours and number",
       {M("d", {"k2", "k4"}, 30), M("c", {"k2", "k4"}, 30)},
       {"c"},
       30},
      {"ids are compared as bytes",
       {M("a2", {"k2", "k4"}, 5), M("a10", {"k2", "k4"}, 5), M("B", {"k2", "k4"}, 5)},
       {"B"},
       5},
      {"the first id decides, not the last",
       {M("a", {"k2"}, 5), M("z", {"k4"}, 5), M("b", {"k2"}, 5), M("c", {"k4"}, 5)},
       {"a", "c"},
       10},
      {"core is always in",
       {M("a", {"k2", "k4"}, 30), M("b", {}, 7, kNoneOf, {}, true)},
       {"a", "b"},
       37},
      {"core that she has is in, at no cost",
       {M("a", {"k2", "k4"}, 30), M("b", {"k1"}, 7, kExempt, {}, true)},
       {"a", "b"},
       30},
      {"prerequisites come along",
       {M("a", {"k2", "k4"}, 30, kNoneOf, {"b"}), M("b", {}, 4, kNoneOf, {"c"}), M("c", {}, 5)},
       {"a", "b", "c"},
       39},
      {"a dear prerequisite makes another way better",
       {M("a", {"k2", "k4"}, 1, kNoneOf, {"b"}), M("b", {}, 50), M("c", {"k2", "k4"}, 40)},
       {"c"},
       40},
      {"a shared prerequisite is paid once",
       {M("a", {"k2"}, 10, kNoneOf, {"c"}), M("b", {"k4"}, 10, kNoneOf, {"c"}), M("c", {}, 15),
        M("d", {"k2"}, 20), M("e", {"k4"}, 20)},
       {"a", "b", "c"},
       35},
      {"exempt when all is mastered",
       {M("a", {"k1", "k3"}, 50, kExempt, {}, true), M("b", {"k2", "k4"}, 8)},
       {"a", "b"},
       8},
      {"not exempt when one skill lacks", {M("a", {"k1", "k2", "k4"}, 50, kExempt)}, {"a"}, 50},
      {"accelerated by what is mastered", {M("a", {"k1", "k2", "k4"}, 50, kFaster)}, {"a"}, 34},
      {"accelerated to nothing",
       {M("a", {"k1"}, 50, kFaster, {}, true), M("b", {"k2", "k4"}, 8)},
       {"a", "b"},
       8},
      {"without recognition all hours", {M("a", {"k1", "k2", "k4"}, 50)}, {"a"}, 50},
      {"without skills all hours, exempt or not",
       {M("a", {}, 5, kExempt, {}, true), M("b", {}, 6, kFaster, {}, true),
        M("c", {"k2", "k4"}, 8)},
       {"a", "b", "c"},
       19},
      {"skills twice count once", {M("a", {"k1", "k1", "k2", "k4"}, 30, kFaster)}, {"a"}, 20},
      {"nothing superfluous at no cost", {M("a", {"k2", "k4"}, 8), M("b", {"k2"}, 0)}, {"a"}, 8},
      {"all free: fewest modules",
       {M("a", {"k2"}, 0), M("b", {"k4"}, 0), M("c", {"k2", "k4"}, 0)},
       {"c"},
       0},
  };
}

TEST(PlanTest, ByHand) {
  for (const Row& row : Rows()) {
    SCOPED_TRACE(row.name);
    MarketInput input = SmallMarket();
    input.vacancies[0].required = {"k1", "k2", "k4"};
    input.starts[0].modules = row.modules;
    const Market market = Built(input);
    const Plan plan = FindPlan(market, {0, 0, 0});
    EXPECT_TRUE(plan.exists);
    EXPECT_EQ(ModuleIds(market, 0, plan.modules), row.wanted);
    EXPECT_EQ(plan.hours, row.hours);
  }
}

TEST(PlanTest, SaysWhichSkillsNobodyTeaches) {
  MarketInput input = SmallMarket();
  input.vacancies[0].required = {"k1", "k2", "k8", "k9"};
  const Market market = Built(input);
  const Plan plan = FindPlan(market, {0, 0, 0});
  EXPECT_FALSE(plan.exists);
  ASSERT_EQ(plan.untaught.size(), 2U);
  EXPECT_EQ(market.skill_names[plan.untaught[0]], "k8");
  EXPECT_EQ(market.skill_names[plan.untaught[1]], "k9");
}

TEST(PlanTest, AllSixtyFourModulesMayBeNeeded) {
  MarketInput input = SmallMarket();
  input.starts[0].modules.clear();
  for (int i = 0; i < 64; ++i) {
    input.starts[0].modules.push_back(M("m" + std::to_string(100 + i), {}, 1));
    if (i > 0) input.starts[0].modules.back().after = {"m" + std::to_string(99 + i)};
  }
  input.starts[0].modules.back().skills = {"k2"};
  const Plan plan = FindPlan(Built(input), {0, 0, 0});
  EXPECT_EQ(plan.modules, ~uint64_t{0});
  EXPECT_EQ(plan.hours, 64);
}

TEST(PlanTest, ReadyDays) {
  EXPECT_EQ(ReadyDay(20, 0, 0), 20);
  EXPECT_EQ(ReadyDay(20, 1, 8), 27);
  EXPECT_EQ(ReadyDay(20, 8, 8), 27);
  EXPECT_EQ(ReadyDay(20, 9, 8), 34);
  EXPECT_EQ(ReadyDay(-20, 16, 8), -6);
}

}  // namespace
}  // namespace matchgo::scheduler::engine
