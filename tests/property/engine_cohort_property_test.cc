// Component search equals trying all open sets; where that is too much the local search comes
// close to it, and no single reopening is left that would help.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "common/random/random.h"
#include "services/scheduler/engine/checker.h"
#include "services/scheduler/engine/clearing.h"
#include "services/scheduler/engine/market_file.h"
#include "services/scheduler/engine/outcome.h"
#include "tests/support/engine/random_market.h"
#include "tests/support/engine/reference_clearing.h"

namespace matchgo::scheduler::engine {
namespace {

const testing::MarketShape kCrowded{
    .switchers_max = 14, .vacancies_max = 6, .starts_max = 6, .modules_max = 2, .min_max = 4};

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
    // Half of them lazily: with few undecided starts that is exact too.
    ClearOptions options;
    if (round % 2 == 0)
      options.search = {.first = 2,
                        .more = 2,
                        .list_all = 0,
                        .many = 4,
                        .many_askers = 2,
                        .many_parties = 9,
                        .spare_at_vacancy = 0,
                        .spare_at_start = 1};
    SerialParallel serial;
    const auto clearing = Clear(CandidateIndex(market, Weights()), options, serial);
    ASSERT_TRUE(clearing.ok());
    const testing::ReferenceClearing reference(market, *table, market.commitments,
                                               TakingOrder::kByPlace);
    EXPECT_EQ(clearing->total_score, reference.BestTotal()) << built->text;
    closing_helped += clearing->total_score != clearing->total_score_minima_ignored ? 1 : 0;
  }
  EXPECT_GT(closing_helped, 20);
}

TEST(CohortProperty, ManyStartsAreSearchedAndNoReopeningIsLeft) {
  Random random(33);
  const testing::MarketShape shape{
      .switchers_max = 90, .vacancies_max = 20, .starts_max = 40, .modules_max = 2, .min_max = 4};
  int64_t searched = 0;
  for (int round = 0; round < 24; ++round) {
    const auto built = BuildMarket(testing::RandomMarket(random, shape));
    ASSERT_TRUE(built.ok());
    ClearMarketOptions options;
    if (round % 2 == 0)
      options.clear.search = {.first = 4, .more = 4, .list_all = 0, .many = 20, .many_parties = 50};
    const auto outcome = ClearMarket(built->market, options);
    ASSERT_TRUE(outcome.ok());
    searched += outcome->summary.open_set == "local_search" ? 1 : 0;
    const CheckReport report = CheckOutcome(built->market, *outcome);
    EXPECT_TRUE(report.ok()) << report.problems.front().word << report.problems.front().text;
  }
  EXPECT_GT(searched, 3);
}

// 10 starts that share 30 to 70 people, each with a minimum of 3 to 8: the same kind of market as
// the figures in engine/README.md.
MarketInput Dense(Random& random) {
  MarketInput market;
  market.seed = "dense" + std::to_string(random.Below(1000000));
  const int64_t switchers = random.Between(30, 70);
  const int64_t vacancies = random.Between(10, 25);
  for (int64_t i = 0; i < switchers; ++i)
    market.switchers.push_back({.id = "s" + std::to_string(i)});
  for (int64_t i = 0; i < vacancies; ++i) {
    market.vacancies.push_back({.id = "v" + std::to_string(i), .openings = random.Between(1, 4)});
  }
  for (int64_t i = 0; i < 10; ++i) {
    MarketStart& p = market.starts.emplace_back();
    p.id = "p" + std::to_string(i);
    p.min = random.Between(3, 8);
    p.capacity = p.min + random.Between(0, 8);
  }
  for (const MarketSwitcher& s : market.switchers) {
    std::vector<MarketTriple> triples;
    for (int64_t i = random.Between(3, 10); i > 0; --i) {
      MarketTriple triple;
      triple.contract.switcher = s.id;
      triple.contract.vacancy = market.vacancies[random.Below(market.vacancies.size())].id;
      if (!random.Chance(100)) triple.contract.start = market.starts[random.Below(10)].id;
      triple.score = random.Between(300000, 900000);
      const auto same = [&](const MarketTriple& t) { return t.contract == triple.contract; };
      if (std::ranges::none_of(triples, same)) triples.push_back(triple);
    }
    market.triples.insert(market.triples.end(), triples.begin(), triples.end());
  }
  return market;
}

TEST(CohortProperty, TheLocalSearchComesCloseToTheBestOpenSet) {
  Random random(34);
  std::vector<double> shares;
  int64_t best_found = 0;
  for (int round = 0; round < 220; ++round) {
    const auto built = BuildMarket(Dense(random));
    ASSERT_TRUE(built.ok());
    SerialParallel serial;
    const CandidateIndex index(built->market, Weights());
    const auto exact = Clear(index, {}, serial);
    ClearOptions searched;
    searched.cohorts.exact_starts = 0;
    const auto local = Clear(index, searched, serial);
    ASSERT_TRUE(exact.ok() && local.ok());
    ASSERT_EQ(exact->open_set, OpenSetMethod::kExact);
    ASSERT_EQ(local->open_set, OpenSetMethod::kLocalSearch);
    ASSERT_LE(local->total_score, exact->total_score);
    if (exact->total_score == exact->total_score_minima_ignored) continue;
    shares.push_back(static_cast<double>(local->total_score) /
                     static_cast<double>(exact->total_score));
    best_found += local->total_score == exact->total_score ? 1 : 0;
  }
  ASSERT_GE(shares.size(), 200U) << "minima have to bind";
  std::ranges::sort(shares);
  double mean = 0;
  for (const double share : shares) mean += share / static_cast<double>(shares.size());
  const double fifth = shares[shares.size() / 20];
  std::printf("{\"markets\":%zu,\"mean\":%.4f,\"p05\":%.4f,\"min\":%.4f,\"best\":%lld}\n",
              shares.size(), mean, fifth, shares.front(), static_cast<long long>(best_found));
  EXPECT_GE(mean, 0.98);
  EXPECT_GE(fifth, 0.92);
}

}  // namespace
}  // namespace matchgo::scheduler::engine
