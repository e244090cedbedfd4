#include "services/scheduler/engine/upper_bound.h"

#include <algorithm>
#include <bit>
#include <iterator>
#include <limits>
#include <utility>
#include <vector>

#include "common/base/check.h"
#include "services/scheduler/engine/clearing.h"
#include "services/scheduler/engine/price_pool.h"
#include "services/scheduler/engine/price_tags.h"
#include "services/scheduler/engine/room.h"
#include "services/scheduler/engine/score.h"

namespace matchgo::scheduler::engine {
namespace {

// How fine prices are adjusted: from coarse to fine, and again after contracts were added.
constexpr int kCoarsest = 16;
constexpr int kCoarsestAgain = 13;
constexpr int kFinest = 10;
// And how finely they are rounded when heads are counted.
constexpr int32_t kRoundStep = PricePool::kOne / 16;

// About 256 times the logarithm to base 2: straight lines between the powers of two.
int64_t LogOf(int64_t number) {
  if (number <= 0) return 0;
  const auto n = static_cast<int>(std::bit_width(static_cast<uint64_t>(number))) - 1;
  return int64_t{n} * 256 + ((number - (int64_t{1} << n)) << 8 >> n);
}

Prices PricesOfNothing(const Room& room) {
  const auto price = [](int32_t seats) { return seats > 0 ? 0 : kPriceMax; };
  Prices prices;
  std::ranges::transform(room.openings, std::back_inserter(prices.vacancies), price);
  std::ranges::transform(room.places, std::back_inserter(prices.starts), price);
  return prices;
}

// What all seats cost together.
int64_t CostOf(const Room& room, const Prices& prices) {
  int64_t cost = 0;
  for (size_t v = 0; v < room.openings.size(); ++v) {
    cost += int64_t{room.openings[v]} * prices.vacancies[v];
  }
  for (size_t p = 0; p < room.places.size(); ++p) {
    cost += int64_t{room.places[p]} * prices.starts[p];
  }
  return cost;
}

// Up where more is wanted than there is, down where less; half of what would settle one party
// alone, as a contract pays two.
void Adjust(const std::vector<int32_t>& seats, const std::vector<int64_t>& wanted, int shift,
            std::vector<int32_t>& prices) {
  for (size_t i = 0; i < prices.size(); ++i) {
    if (seats[i] <= 0) continue;
    const int64_t change =
        (LogOf(wanted[i]) - LogOf(seats[i] * PricePool::kSeat)) * (int64_t{1} << shift) / 512;
    prices[i] = static_cast<int32_t>(std::clamp<int64_t>(prices[i] + change, 0, kPriceMax));
  }
}

// Prices at which the contracts of the pool leave and cost little.
class PriceFinder {
 public:
  PriceFinder(const Room& room, PricePool& pool, int sweeps, Parallel& parallel)
      : room_(room), pool_(pool), sweeps_(sweeps), parallel_(parallel) {}

  Prices From(Prices prices, int coarsest) {
    Prices best = prices;
    int64_t lowest = std::numeric_limits<int64_t>::max();
    for (int shift = coarsest; shift >= kFinest; --shift) {
      for (int sweep = 0; sweep < sweeps_; ++sweep) {
        pool_.Spread(prices, shift, parallel_, demand_);
        const int64_t value = demand_.left + CostOf(room_, prices);
        if (value < lowest) {
          lowest = value;
          best = prices;
        }
        Adjust(room_.openings, demand_.vacancies, shift, prices.vacancies);
        Adjust(room_.places, demand_.starts, shift, prices.starts);
      }
    }
    return best;
  }

  // Seats that are worth all or nothing, where that is no worse: between contracts that count the
  // same, the best prices often are.
  Prices Rounded(const Prices& prices) {
    Prices best = prices;
    int64_t lowest = ValueOf(prices);
    for (int32_t from = kRoundStep; from <= PricePool::kOne; from += kRoundStep) {
      const auto round = [from](int32_t price) { return price < from ? 0 : PricePool::kOne; };
      Prices rounded;
      std::ranges::transform(prices.vacancies, std::back_inserter(rounded.vacancies), round);
      std::ranges::transform(prices.starts, std::back_inserter(rounded.starts), round);
      const int64_t value = ValueOf(rounded);
      if (value >= lowest) continue;
      lowest = value;
      best = std::move(rounded);
    }
    return best;
  }

 private:
  int64_t ValueOf(const Prices& prices) {
    pool_.Spread(prices, kFinest, parallel_, demand_);
    return demand_.left + CostOf(room_, prices);
  }

  const Room& room_;
  PricePool& pool_;
  const int sweeps_;
  Parallel& parallel_;
  PricePool::Demand demand_;
};

// The lowest dual value that was met.
int64_t Lowest(const CandidateIndex& index, int32_t bonus, const Room& room,
               const BoundOptions& options, PricePool& pool, Parallel& parallel,
               const ClearObserver& observer) {
  PriceFinder finder(room, pool, options.sweeps, parallel);
  Prices prices = PricesOfNothing(room);
  int64_t lowest = std::numeric_limits<int64_t>::max();
  for (int pass = 0; pass < options.passes; ++pass) {
    prices = finder.From(std::move(prices), pass == 0 ? kCoarsest : kCoarsestAgain);
    const Prices tried = bonus == 0 ? prices : finder.Rounded(prices);
    const int64_t left = pool.Search(index, bonus, tried, options.further, parallel, observer);
    lowest = std::min(lowest, left + CostOf(room, tried));
  }
  return lowest;
}

}  // namespace

Bound FindBound(const CandidateIndex& index, const Commitments& commitments,
                const BoundOptions& options, Parallel& parallel, const ClearObserver& observer) {
  CHECK(options.first > 0 && options.further > 0 && options.passes > 0);
  const Market& market = index.market();
  const Room room(market, commitments);
  Bound bound{.total_score = 0, .placed = static_cast<int64_t>(commitments.frozen.size())};
  for (const Contract& frozen : commitments.frozen) bound.total_score += ScoreIn(index, frozen);
  PricePool pool(index, commitments, room, options.first, parallel, observer);
  bound.total_score += Lowest(index, 0, room, options, pool, parallel, observer);
  // The same with one for every contract. Without weights a contract scores its bonus.
  const CandidateIndex heads(market, kNoWeights);
  pool.CountHeads();
  bound.placed +=
      Lowest(heads, PricePool::kOne, room, options, pool, parallel, observer) / PricePool::kOne;
  return bound;
}

}  // namespace matchgo::scheduler::engine
