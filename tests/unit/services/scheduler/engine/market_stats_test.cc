// The figures of a market, against ones counted by hand and against brute force.
#include "services/scheduler/engine/market_stats.h"

#include <gtest/gtest.h>

#include "services/scheduler/engine/market_file.h"
#include "services/scheduler/engine/synthetic/synthetic_market.h"
#include "tests/support/engine/reference_contracts.h"
#include "tests/support/status_matchers.h"

namespace matchgo::scheduler::engine {
namespace {

TEST(Spread, OfNumbers) {
  EXPECT_EQ(SpreadOf({}), Spread{});
  EXPECT_EQ(SpreadOf({7}), (Spread{7, 7, 7, 7, 7, 700}));
  EXPECT_EQ(SpreadOf({11, 1, 10, 2, 9, 3, 8, 4, 7, 5, 6}), (Spread{1, 2, 6, 10, 11, 600}));
}

// Small enough that every switcher is sampled and every vacancy is tried.
TEST(MarketStats, ReachIsExactWhenAllAreSampled) {
  SyntheticOptions options;
  options.seed = 11;
  options.switchers = 50;
  options.vacancies = 100;
  options.starts = 12;
  options.occupations = 4;
  options.places = {{1210, 4870, 900'000}};
  const auto built = BuildMarket(SyntheticMarket(options).All());
  ASSERT_THAT(built, IsOk());
  int64_t contracts = 0;
  for (int32_t s = 0; s < 50; ++s) {
    contracts += static_cast<int64_t>(testing::ReferenceContracts(built->market, s).size());
  }
  const MarketStats stats = StatsOf(built->market, 20);
  EXPECT_EQ(stats.reach.switchers, 50);
  ASSERT_GT(contracts, 0);
  EXPECT_EQ(stats.reach.contracts, contracts * 100 / 50);
  EXPECT_GE(stats.reach.vacancies, stats.reach.acceptable);
  EXPECT_GE(stats.reach.acceptable * 2, stats.reach.direct + stats.reach.learning);
}

TEST(MarketStats, CountWhatIsThere) {
  SyntheticOptions options;
  options.seed = 12;
  options.switchers = 500;
  options.vacancies = 300;
  options.starts = 20;
  options.places = {{1210, 4870, 900'000}, {900, 4370, 500'000}};
  const MarketInput input = SyntheticMarket(options).All();
  const auto built = BuildMarket(input);
  ASSERT_THAT(built, IsOk());
  const MarketStats stats = StatsOf(built->market, 20);
  int64_t openings = 0;
  for (const MarketVacancy& v : input.vacancies) openings += v.openings;
  int64_t seats = 0;
  int64_t modules = 0;
  for (const MarketStart& p : input.starts) {
    seats += p.capacity;
    modules += static_cast<int64_t>(p.modules.size());
  }
  EXPECT_EQ(stats.openings, openings);
  EXPECT_EQ(stats.seats, seats);
  EXPECT_EQ(stats.modules, modules);
  int64_t by_sector = 0;
  for (const SectorCount& sector : stats.sectors) by_sector += sector.openings;
  EXPECT_EQ(by_sector, openings);
  int64_t on_map = 0;
  for (const int64_t people : stats.map.people) on_map += people;
  EXPECT_GT(on_map, 480);  // all but the outermost half per cent on each side
  // Zipf: one skill in a hundred takes far more than a hundredth of all use.
  EXPECT_GT(stats.busiest_skills_permille, 50);
}

TEST(MarketStats, NothingMakesNothing) {
  const auto market = ParseMarket(R"({"t":"meta","format":"market/1","seed":"x","today":0})", "f");
  ASSERT_THAT(market, IsOk());
  const MarketStats stats = StatsOf(*market, 20);
  EXPECT_EQ(stats.openings, 0);
  EXPECT_EQ(stats.reach.switchers, 0);
  EXPECT_EQ(stats.map.width, 0);
}

}  // namespace
}  // namespace matchgo::scheduler::engine
