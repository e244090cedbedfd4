// Each part of the score by hand, the weights, and the published lottery.
#include "services/scheduler/engine/score.h"

#include <gtest/gtest.h>

#include <bit>
#include <functional>

#include "services/scheduler/engine/feasibility.h"
#include "services/scheduler/engine/reasons.h"
#include "tests/support/engine/contract_table.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/scheduler/engine/small_market.h"

namespace matchgo::scheduler::engine {
namespace {

struct Row {
  const char* name;
  std::function<void(MarketInput&)> change;
  Part part;
  int32_t wanted;
};

const Row kRows[] = {
    {"one of two required", [](MarketInput&) {}, kFit, 500},
    {"one of three, rounded down",
     [](MarketInput& m) {
       m.vacancies[0].required.emplace_back("k4");
       m.starts[0].modules[1].skills.emplace_back("k4");
     },
     kFit, 333},
    {"duplicates collapse",
     [](MarketInput& m) {
       m.vacancies[0].required = {"k1", "k1", "k2", "k1"};
     },
     kFit, 500},
    {"nothing nice to have", [](MarketInput&) {}, kNice, 1000},
    {"nice: she has one, the plan teaches one, one is missing",
     [](MarketInput& m) {
       m.vacancies[0].nice = {"k3", "k2", "k7"};
     },
     kNice, 666},
    {"nice: a module outside the plan does not count",
     [](MarketInput& m) {
       m.vacancies[0].nice = {"k8"};
       m.starts[0].modules[0].skills = {"k8"};
     },
     kNice, 0},
    {"45 days", [](MarketInput&) {}, kTime, 938},
    {"more than two years",
     [](MarketInput& m) {
       m.starts[0].begins = 800;
       m.vacancies[0].latest_ready = 2000;
     },
     kTime, 0},
    {"at the edge of her reach", [](MarketInput&) {}, kTravel, 0},
    {"half way", [](MarketInput& m) { m.switchers[0].max_dist = 100; }, kTravel, 750},
    {"no travelling at all",
     [](MarketInput& m) {
       m.switchers[0].max_dist = 0;
       m.vacancies[0].x = m.vacancies[0].y = 0;
     },
     kTravel, 1000},
    {"salary falls", [](MarketInput&) {}, kSalary, 833},
    {"salary rises", [](MarketInput& m) { m.vacancies[0].salary_max = 9999; }, kSalary, 1000},
    {"no salary now",
     [](MarketInput& m) { m.switchers[0].salary_now = m.switchers[0].salary_floor = 0; }, kSalary,
     1000},
    {"no preference", [](MarketInput&) {}, kPreference, 0},
    {"first", [](MarketInput& m) { m.switchers[0].prefs = {"care"}; }, kPreference, 1000},
    {"second",
     [](MarketInput& m) {
       m.switchers[0].prefs = {"it", "care"};
     },
     kPreference, 667},
    {"third",
     [](MarketInput& m) {
       m.switchers[0].prefs = {"it", "a", "care"};
     },
     kPreference, 333},
    {"fourth",
     [](MarketInput& m) {
       m.switchers[0].prefs = {"it", "a", "b", "care"};
     },
     kPreference, 0},
    {"no test taken", [](MarketInput&) {}, kAptitude, 500},
    {"tested",
     [](MarketInput& m) {
       m.switchers[0].aptitude = {{"care", 0}, {"it", 900}};
     },
     kAptitude, 0},
};

TEST(ScoreTest, PartsByHand) {
  for (const Row& row : kRows) {
    SCOPED_TRACE(row.name);
    MarketInput input = SmallMarket();
    row.change(input);
    const Market market = Built(input);
    const Verdict verdict = Check(market, {0, 0, 0});
    ASSERT_TRUE(verdict.feasible);
    const ScoreParts parts = PartsOf(market, {0, 0, 0}, verdict.modules, verdict.ready);
    EXPECT_EQ(parts[row.part], row.wanted);
  }
}

TEST(ScoreTest, IsTheWeightedSum) {
  const auto table = FindContracts(Built(SmallMarket()), Weights());
  ASSERT_THAT(table, IsOk());
  ASSERT_EQ(table->size(), 1);
  EXPECT_EQ(table->at(0).score, 300 * 500 + 100 * 1000 + 200 * 938 + 150 * 833 + 50 * 500);
}

TEST(ScoreTest, WeightsSumToAThousand) {
  EXPECT_THAT(Validate(Weights()), IsOk());
  EXPECT_THAT(Validate(Weights{{1000, 0, 0, 0, 0, 0, 0}}), IsOk());
  EXPECT_THAT(Validate(Weights{{999, 0, 0, 0, 0, 0, 0}}), HasReason(reasons::kWeightsInvalid));
  EXPECT_THAT(Validate(Weights{{1001, -1, 0, 0, 0, 0, 0}}), HasReason(reasons::kWeightsInvalid));
  EXPECT_THAT(Validate(Weights{{INT32_MAX, INT32_MAX, 0, 0, 0, 0, 0}}),
              HasReason(reasons::kWeightsInvalid));
}

// Published test vectors of FNV-1a 64: "" and "a" as whole inputs are reached with seed and id
// around the bar only, so the bar itself is computed here step by step.
TEST(LotteryTest, IsFnv1aOverSeedBarId) {
  const auto step = [](uint64_t hash, char c) {
    return (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  };
  uint64_t hash = 14695981039346656037U;
  EXPECT_EQ(step(hash, 'a'), 0xaf63dc4c8601ec8cU);
  for (const char c : {'x', '|', 's', '1'}) hash = step(hash, c);
  EXPECT_EQ(LotteryHash("x", "s1"), hash);
}

TEST(LotteryTest, KeysMixThreeParties) {
  MarketInput input = SmallMarket();
  input.vacancies[0].required = {"k1"};
  const Market market = Built(input);
  const Lottery lottery(market);
  const uint64_t pair = LotteryHash("small", "s1") ^ std::rotl(LotteryHash("small", "v1"), 21);
  EXPECT_EQ(lottery.KeyOf({0, 0, kNone}), pair ^ std::rotl(LotteryHash("small", "-"), 42));
  EXPECT_EQ(lottery.KeyOf({0, 0, 0}), pair ^ std::rotl(LotteryHash("small", "p1"), 42));
}

TEST(PlaceTest, HigherScoreThenSmallerKeyThenSmallerContract) {
  const FeasibleContract best{.contract = {5, 5, 5}, .score = 10, .key = 9};
  const FeasibleContract second{.contract = {4, 4, 4}, .score = 9, .key = 1};
  const FeasibleContract third{.contract = {1, 1, kNone}, .score = 9, .key = UINT64_MAX};
  const FeasibleContract last{.contract = {1, 1, 0}, .score = 9, .key = UINT64_MAX};
  EXPECT_TRUE(PlacedBefore(best, second));
  EXPECT_TRUE(PlacedBefore(second, third));
  EXPECT_TRUE(PlacedBefore(third, last));
  EXPECT_FALSE(PlacedBefore(last, third));
}

}  // namespace
}  // namespace matchgo::scheduler::engine
