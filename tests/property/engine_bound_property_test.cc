// Bounds against the best of all choices on small markets, and against LEMON's optimum and textbook
// deferred acceptance on two-sided ones.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "common/random/random.h"
#include "services/scheduler/engine/candidate_search.h"
#include "services/scheduler/engine/clearing.h"
#include "services/scheduler/engine/market_file.h"
#include "services/scheduler/engine/price_tags.h"
#include "services/scheduler/engine/upper_bound.h"
#include "tests/support/engine/best_possible.h"
#include "tests/support/engine/contract_table.h"
#include "tests/support/engine/cost_scaling.h"
#include "tests/support/engine/deferred_acceptance.h"
#include "tests/support/engine/lanes.h"
#include "tests/support/engine/random_market.h"
#include "tests/support/engine/two_sided_market.h"

namespace matchgo::scheduler::engine {
namespace {

using testing::FindBestPossible;

Market Build(const MarketInput& input) { return BuildMarket(input)->market; }

MarketInput DrawFull(Random& random) {
  MarketInput input = testing::RandomMarket(random, {});
  if (random.Chance(600)) testing::MakeDense(random, input);
  return input;
}

std::vector<int32_t> DrawPrices(Random& random, size_t count) {
  std::vector<int32_t> prices;
  for (size_t i = 0; i < count; ++i) {
    const int64_t some = random.Between(0, 700'000);
    prices.push_back(static_cast<int32_t>(random.Chance(300)   ? 0
                                          : random.Chance(100) ? kPriceMax
                                                               : some));
  }
  return prices;
}

// Which scores the prices are paid from.
enum class Of { kScores, kHeads };

// What the best contracts of a switcher leave above the prices, most first.
std::vector<int32_t> LeftOf(const ContractTable& table, int32_t s, Of of, const Prices& prices) {
  std::vector<int32_t> left;
  for (const int32_t place : table.OfSwitcher(s)) {
    const FeasibleContract& entry = table.at(place);
    const Contract& c = entry.contract;
    left.push_back((of == Of::kHeads ? 1'000'000 : entry.score) -
                   prices.vacancies[static_cast<size_t>(c.vacancy)] -
                   (c.direct() ? 0 : prices.starts[static_cast<size_t>(c.start)]));
  }
  std::ranges::sort(left, std::greater());
  return left;
}

void ExpectPricedSearch(Random& random, const Market& market, const ContractTable& table, Of of) {
  const CandidateIndex index(market, of == Of::kHeads ? kNoWeights : Weights());
  const Prices prices{.vacancies = DrawPrices(random, market.vacancies.size()),
                      .starts = DrawPrices(random, market.starts.size())};
  const PriceTags tags(index, prices, of == Of::kHeads ? 1'000'000 : 0);
  const auto levels = static_cast<uint64_t>(BestSimdLevel()) + 1;
  CandidateSearch search(index, kSimdLevels[random.Below(levels)]);
  for (int32_t s = 0; s < market.switcher_count(); ++s) {
    std::vector<int32_t> left = LeftOf(table, s, of, prices);
    const auto above = static_cast<int32_t>(random.Chance(500) ? 0 : random.Between(0, 800'000));
    std::erase_if(left, [above](int32_t value) { return value <= above; });
    Query query{.person = PersonOf(market, s), .limit = static_cast<int>(random.Between(1, 4))};
    query.above = EdgeAbove(above);
    query.prices = &tags;
    const Found found = search.Best(query);
    ASSERT_EQ(found.best.empty(), left.empty());
    if (left.empty()) continue;
    ASSERT_EQ(found.best.front().score, left.front());
    for (const FeasibleContract& entry : found.best) {
      ASSERT_TRUE(std::ranges::binary_search(left, entry.score, std::greater()));
    }
  }
}

TEST(BoundProperty, ASearchWithPricesFindsWhatLeavesMost) {
  Random random(71);
  for (int run = 0; run < 3'000; ++run) {
    SCOPED_TRACE(run);
    const Market market = Build(DrawFull(random));
    const auto table = FindContracts(market, Weights());
    ExpectPricedSearch(random, market, *table, run % 2 == 0 ? Of::kScores : Of::kHeads);
    if (HasFatalFailure()) return;
  }
}

BoundOptions DrawOptions(Random& random) {
  return {.first = static_cast<int>(random.Between(1, 3)),
          .further = static_cast<int>(random.Between(1, 2)),
          .passes = static_cast<int>(random.Between(1, 3)),
          .sweeps = static_cast<int>(random.Between(1, 12))};
}

// Sums over many markets, as small ones can have a wide gap.
struct Gap {
  int64_t best = 0;
  int64_t bound = 0;
  double ratio() const { return static_cast<double>(bound) / static_cast<double>(best); }
};

TEST(BoundProperty, NothingExceedsTheBound) {
  Random random(72);
  SerialParallel serial;
  testing::Lanes lanes(2);
  Gap scores;
  Gap heads;
  for (int run = 0; run < 3'000; ++run) {
    SCOPED_TRACE(run);
    MarketInput input = run % 4 == 3 ? testing::RandomTriples(random, {}) : DrawFull(random);
    if (run % 2 == 0) testing::AddCommitments(random, input);
    const Market market = Build(input);
    const auto table = FindContracts(market, Weights());
    const auto best = FindBestPossible(market, *table, market.commitments);
    const CandidateIndex index(market, Weights());
    const BoundOptions options = DrawOptions(random);
    const Bound bound = FindBound(index, market.commitments, options, serial);
    ASSERT_GE(bound.total_score, best.total_score);
    ASSERT_GE(bound.placed, best.placed);
    if (run % 8 == 0) {
      ASSERT_EQ(FindBound(index, market.commitments, options, lanes), bound);
    }
    if (run % 4 != 0 && run % 4 != 3) continue;
    const Bound careful = FindBound(index, market.commitments, {}, serial);
    ASSERT_GE(careful.total_score, best.total_score);
    ASSERT_GE(careful.placed, best.placed);
    scores.best += best.total_score;
    scores.bound += careful.total_score;
    heads.best += best.placed;
    heads.bound += careful.placed;
  }
  RecordProperty("score_ratio", std::to_string(scores.ratio()));
  RecordProperty("placed_ratio", std::to_string(heads.ratio()));
  EXPECT_LT(scores.ratio(), 1.15);
  EXPECT_LT(heads.ratio(), 1.15);
}

// Direct contracts only, in numbers that compete.
MarketInput DrawTwoSided(Random& random, int64_t switchers, int64_t vacancies, int64_t wishes) {
  MarketInput input;
  input.seed = std::to_string(random.Below(1000));
  for (int64_t s = 0; s < switchers; ++s) input.switchers.push_back({.id = std::to_string(s)});
  for (int64_t v = 0; v < vacancies; ++v) {
    input.vacancies.push_back({.id = std::to_string(v), .openings = random.Between(0, 3)});
  }
  const int64_t step = random.Chance(500) ? 100'000 : 1;  // coarse scores tie
  for (const MarketSwitcher& s : input.switchers) {
    for (const MarketVacancy& v : input.vacancies) {
      if (!random.Chance(static_cast<uint64_t>(std::min<int64_t>(1000, 1000 * wishes / vacancies))))
        continue;
      const int64_t score = random.Between(0, 1'000'000 / step) * step;
      input.triples.push_back({.contract = {.switcher = s.id, .vacancy = v.id}, .score = score});
    }
  }
  return input;
}

TEST(PeerProperty, DeferredAcceptanceGivesTheSameOutcome) {
  Random random(73);
  SerialParallel serial;
  int64_t placed = 0;
  for (int run = 0; run < 2'000; ++run) {
    SCOPED_TRACE(run);
    const Market market =
        Build(DrawTwoSided(random, random.Between(1, 12), random.Between(1, 8), 4));
    if (!market.bare) continue;  // no contract at all
    const auto table = FindContracts(market, Weights());
    const std::vector<int> partner = DeferredAcceptance(testing::TwoSidedOf(market, *table));
    const CandidateIndex index(market, Weights());
    const auto clearing = Clear(index, ClearOptions(), serial);
    ASSERT_TRUE(clearing.ok());
    for (int32_t s = 0; s < market.switcher_count(); ++s) {
      const KnownContract* held = clearing->HeldBy(s);
      ASSERT_EQ(held == nullptr ? -1 : held->vacancy, partner[static_cast<size_t>(s)]);
      placed += held == nullptr ? 0 : 1;
    }
  }
  EXPECT_GT(placed, 2'000);
}

// The optimum of LEMON, with ones for scores if heads are counted.
std::optional<int64_t> Optimum(const Market& market, const ContractTable& table, Of of) {
  std::vector<testing::WeightedPair> pairs =
      testing::PairsOf({table.all().begin(), table.all().end()});
  if (of == Of::kHeads) {
    for (testing::WeightedPair& pair : pairs) pair.weight = 1;
  }
  return testing::HighestWeight(market.switcher_count(), testing::OpeningsOf(market), pairs);
}

TEST(PeerProperty, CostScalingIsBelowTheBoundAndNear) {
  if (!testing::HighestWeight(0, {}, {})) {
    GTEST_SKIP() << "liblemon-dev was missing when this was built: no cost scaling to compare with";
  }
  Random random(74);
  SerialParallel serial;
  Gap scores;
  Gap heads;
  for (int run = 0; run < 80; ++run) {
    SCOPED_TRACE(run);
    const Market market = Build(
        DrawTwoSided(random, random.Between(1, 120), random.Between(1, 60), random.Between(1, 8)));
    if (!market.bare) continue;
    const auto table = FindContracts(market, Weights());
    const Bound bound = FindBound(CandidateIndex(market, Weights()), {}, {}, serial);
    const int64_t best = *Optimum(market, *table, Of::kScores);
    const int64_t most = *Optimum(market, *table, Of::kHeads);
    ASSERT_GE(bound.total_score, best);
    ASSERT_GE(bound.placed, most);
    scores.best += best;
    scores.bound += bound.total_score;
    heads.best += most;
    heads.bound += bound.placed;
  }
  RecordProperty("score_ratio", std::to_string(scores.ratio()));
  RecordProperty("placed_ratio", std::to_string(heads.ratio()));
  EXPECT_LT(scores.ratio(), 1.03);
  EXPECT_LT(heads.ratio(), 1.03);
}

}  // namespace
}  // namespace matchgo::scheduler::engine
