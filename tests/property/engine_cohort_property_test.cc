// Local repair equals clearing again, component search equals trying all open sets, and where that
// is too much no single reopening is left that would help.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "common/random/random.h"
#include "services/scheduler/engine/checker.h"
#include "services/scheduler/engine/clearing.h"
#include "services/scheduler/engine/live_contracts.h"
#include "services/scheduler/engine/market_file.h"
#include "services/scheduler/engine/outcome.h"
#include "services/scheduler/engine/stable_state.h"
#include "tests/support/engine/random_market.h"

namespace matchgo::scheduler::engine {
namespace {

const testing::MarketShape kCrowded{
    .switchers_max = 14, .vacancies_max = 6, .starts_max = 6, .modules_max = 2, .min_max = 4};

void ExpectSame(const Market& market, const StableState& repaired, const StableState& fresh,
                const std::string& text) {
  ASSERT_EQ(repaired.total_score(), fresh.total_score()) << text;
  ASSERT_EQ(repaired.matched(), fresh.matched()) << text;
  for (int32_t s = 0; s < market.switcher_count(); ++s) {
    ASSERT_EQ(repaired.HeldBy(s), fresh.HeldBy(s)) << text;
  }
  for (int32_t p = 0; p < market.start_count(); ++p) {
    ASSERT_EQ(repaired.LoadOf(p), fresh.LoadOf(p)) << text;
  }
}

TEST(CohortProperty, OpeningAndClosingEqualsClearingAgain) {
  Random random(31);
  for (int round = 0; round < 600; ++round) {
    MarketInput input = round % 3 == 0 ? testing::RandomMarket(random, kCrowded)
                                       : testing::RandomTriples(random, kCrowded);
    testing::AddCommitments(random, input);
    const auto built = BuildMarket(input);
    ASSERT_TRUE(built.ok());
    const Market& market = built->market;
    if (market.start_count() == 0) continue;
    const auto table = FindContracts(market, Weights());
    const auto order = round % 2 == 0 ? TakingOrder::kByPlace : TakingOrder::kBySwitcher;
    const LiveContracts live(market, *table, market.commitments, order);
    std::vector<uint8_t> open(market.starts.size(), 1);
    StableState state(live, open);
    for (int step = 0; step < 12; ++step) {
      const auto p = static_cast<int32_t>(random.Below(market.starts.size()));
      uint8_t& flag = open[static_cast<size_t>(p)];
      flag ^= 1U;
      if (flag != 0) {
        state.Open(p);
      } else {
        state.Close(p);
      }
      ExpectSame(market, state, StableState(live, open), built->text);
    }
  }
}

TEST(CohortProperty, TheTotalIsTheHighestOfAllOpenSets) {
  Random random(32);
  int64_t closing_helped = 0;
  for (int round = 0; round < 400; ++round) {
    MarketInput input = testing::RandomMarket(random, kCrowded);
    testing::AddCommitments(random, input);
    const auto built = BuildMarket(input);
    ASSERT_TRUE(built.ok());
    const Market& market = built->market;
    const auto table = FindContracts(market, Weights());
    const auto clearing = Clear(market, *table, {});
    ASSERT_TRUE(clearing.ok());
    const LiveContracts live(market, *table, market.commitments, TakingOrder::kByPlace);
    int64_t frozen = 0;
    for (const Contract& contract : market.commitments.frozen) {
      frozen += table->at(*table->Find(contract)).score;
    }
    int64_t best = -1;
    for (uint64_t mask = 0; mask < uint64_t{1} << market.starts.size(); ++mask) {
      std::vector<uint8_t> open;
      bool allowed = true;
      for (size_t p = 0; p < market.starts.size(); ++p) {
        open.push_back(mask >> p & 1U);
        if (live.room().participants[p] > 0 && open[p] == 0) allowed = false;
      }
      if (!allowed) continue;
      const StableState state(live, open);
      for (int32_t p = 0; p < market.start_count(); ++p) {
        const int32_t load = state.LoadOf(p);
        const bool kept = live.room().participants[static_cast<size_t>(p)] > 0;
        if (load > 0 && load < market.start(p).min && !kept) allowed = false;
      }
      if (allowed) best = std::max(best, frozen + state.total_score());
    }
    EXPECT_EQ(clearing->total_score, best) << built->text;
    closing_helped += clearing->total_score != clearing->total_score_minima_ignored ? 1 : 0;
  }
  EXPECT_GT(closing_helped, 20);
}

TEST(CohortProperty, ManyStartsAreSearchedAndNoReopeningIsLeft) {
  Random random(33);
  const testing::MarketShape shape{
      .switchers_max = 90, .vacancies_max = 20, .starts_max = 40, .modules_max = 2, .min_max = 4};
  int64_t searched = 0;
  for (int round = 0; round < 25; ++round) {
    const auto built = BuildMarket(testing::RandomMarket(random, shape));
    ASSERT_TRUE(built.ok());
    const auto outcome = ClearMarket(built->market, {});
    ASSERT_TRUE(outcome.ok());
    searched += outcome->summary.open_set == "local_search" ? 1 : 0;
    const CheckReport report = CheckOutcome(built->market, *outcome);
    EXPECT_TRUE(report.ok()) << report.problems.front().word << report.problems.front().text;
  }
  EXPECT_GT(searched, 3);
}

}  // namespace
}  // namespace matchgo::scheduler::engine
