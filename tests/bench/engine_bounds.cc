#include "tests/bench/engine_bounds.h"

#include <cstdio>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "common/base/check.h"
#include "services/scheduler/engine/candidate_search.h"
#include "services/scheduler/engine/clearing.h"
#include "services/scheduler/engine/market_file.h"
#include "services/scheduler/engine/upper_bound.h"
#include "tests/support/engine/cost_scaling.h"
#include "tests/support/engine/deferred_acceptance.h"
#include "tests/support/engine/direct_market.h"
#include "tests/support/engine/two_sided_market.h"

namespace matchgo::bench {
namespace {

using namespace scheduler::engine;

// Beyond this listing every contract takes long.
constexpr int32_t kListedMax = 10'000;

double Share(int64_t part, int64_t whole) {
  return whole == 0 ? 1.0 : static_cast<double>(part) / static_cast<double>(whole);
}

// The best of everybody, at most `limit` each.
std::vector<testing::WeightedPair> Pairs(const CandidateIndex& index, int limit) {
  CandidateSearch search(index);
  std::vector<testing::WeightedPair> pairs;
  for (int32_t s = 0; s < index.market().switcher_count(); ++s) {
    const Found found = search.Best({.person = PersonOf(index.market(), s), .limit = limit});
    for (const testing::WeightedPair& pair : testing::PairsOf(found.best)) pairs.push_back(pair);
  }
  return pairs;
}

struct Optima {
  std::optional<int64_t> score;
  std::optional<int64_t> placed;
};

Optima OptimaOf(const Market& market, std::vector<testing::WeightedPair> pairs) {
  const std::vector<int> openings = testing::OpeningsOf(market);
  Optima optima;
  optima.score = testing::HighestWeight(market.switcher_count(), openings, pairs);
  for (testing::WeightedPair& pair : pairs) pair.weight = 1;
  optima.placed = testing::HighestWeight(market.switcher_count(), openings, pairs);
  return optima;
}

Clearing Cleared(const CandidateIndex& index) {
  SerialParallel serial;
  const StatusOr<Clearing> clearing = Clear(index, ClearOptions(), serial);
  CHECK(clearing.ok());
  return *clearing;
}

}  // namespace

void MeasureBound(const Size& size) {
  const Market market = testing::DirectMarket(OptionsOf(size));
  const CandidateIndex index(market, Weights());
  SerialParallel serial;
  const Clearing clearing = Cleared(index);
  const auto placed = static_cast<int64_t>(clearing.holdings.size());
  Bound bound;
  const double cpu = Timed([&] { bound = FindBound(index, market.commitments, {}, serial); });
  std::printf(
      "{\"bench\":\"bound\",\"switchers\":%d,\"cpu_s\":%.1f,\"placed\":%lld,"
      "\"placed_at_most\":%lld,\"placed_share\":%.4f,\"total_score\":%lld,"
      "\"total_score_at_most\":%lld,\"score_share\":%.4f",
      market.switcher_count(), cpu * 1e-6, static_cast<long long>(placed),
      static_cast<long long>(bound.placed), Share(placed, bound.placed),
      static_cast<long long>(clearing.total_score), static_cast<long long>(bound.total_score),
      Share(clearing.total_score, bound.total_score));
  if (market.switcher_count() <= kListedMax) {
    const Optima optima = OptimaOf(market, Pairs(index, std::numeric_limits<int>::max()));
    if (optima.score && optima.placed) {
      std::printf(
          ",\"two_sided_optimum\":%lld,\"two_sided_most_placed\":%lld,"
          "\"bound_over_two_sided\":%.4f,\"placed_bound_over_two_sided\":%.4f",
          static_cast<long long>(*optima.score), static_cast<long long>(*optima.placed),
          Share(bound.total_score, *optima.score), Share(bound.placed, *optima.placed));
    }
  }
  std::printf("}\n");
  std::fflush(stdout);
}

void MeasurePeers(const Size& size) {
  constexpr int kWishes = 24;
  const Market whole = testing::DirectMarket(OptionsOf(size));
  const auto pairs = Pairs(CandidateIndex(whole, Weights()), kWishes);
  const auto built = BuildMarket(testing::DirectPairs(whole, pairs));
  CHECK(built.ok());
  const Market& market = built->market;
  SerialParallel serial;
  Clearing clearing;
  const double clear_cpu = Timed([&] { clearing = Cleared(CandidateIndex(market, Weights())); });
  const auto table = FindContracts(market, Weights());
  CHECK(table.ok());
  const testing::TwoSided sides = testing::TwoSidedOf(market, *table);
  std::vector<int> partners;
  const double textbook_cpu = Timed([&] { partners = testing::DeferredAcceptance(sides); });
  int64_t differ = 0;
  for (int32_t s = 0; s < market.switcher_count(); ++s) {
    const KnownContract* held = clearing.HeldBy(s);
    differ += (held == nullptr ? -1 : held->vacancy) != partners[static_cast<size_t>(s)] ? 1 : 0;
  }
  Bound bound;
  const double bound_cpu =
      Timed([&] { bound = FindBound(CandidateIndex(market, Weights()), {}, {}, serial); });
  std::printf(
      "{\"bench\":\"peers\",\"switchers\":%d,\"pairs\":%zu,\"clear_cpu_s\":%.2f,"
      "\"deferred_acceptance_cpu_s\":%.2f,\"different_outcomes\":%lld,\"bound_cpu_s\":%.2f,"
      "\"total_score\":%lld,\"bound\":%lld,\"placed\":%zu,\"placed_at_most\":%lld",
      market.switcher_count(), market.triples.size(), clear_cpu * 1e-6, textbook_cpu * 1e-6,
      static_cast<long long>(differ), bound_cpu * 1e-6,
      static_cast<long long>(clearing.total_score), static_cast<long long>(bound.total_score),
      clearing.holdings.size(), static_cast<long long>(bound.placed));
  Optima optima;
  const double scaling_cpu = Timed([&] { optima = OptimaOf(market, pairs); }) / 2;
  if (optima.score && optima.placed) {
    std::printf(
        ",\"cost_scaling_cpu_s\":%.2f,\"optimum\":%lld,\"score_over_optimum\":%.4f,"
        "\"bound_over_optimum\":%.4f,\"most_placed\":%lld,\"placed_bound_over_most\":%.4f",
        scaling_cpu * 1e-6, static_cast<long long>(*optima.score),
        Share(clearing.total_score, *optima.score), Share(bound.total_score, *optima.score),
        static_cast<long long>(*optima.placed), Share(bound.placed, *optima.placed));
  }
  std::printf("}\n");
  std::fflush(stdout);
}

}  // namespace matchgo::bench
