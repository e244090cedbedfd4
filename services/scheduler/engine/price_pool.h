// PricePool: contracts of everybody on which prices are tried, and the exact answer to given
// prices.
//
// It holds the best few contracts of each switcher and whatever searches found later. Spread()
// looks at these only and is quick; Search() asks whether anything outside leaves somebody more,
// and so is right about all feasible contracts. Integers only; the same on any number of lanes. Not
// thread-safe. Test: tests/property/engine_bound_property_test.cc
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "services/scheduler/engine/candidate_index.h"
#include "services/scheduler/engine/candidate_search.h"
#include "services/scheduler/engine/clear_observer.h"
#include "services/scheduler/engine/market.h"
#include "services/scheduler/engine/parallel.h"
#include "services/scheduler/engine/price_tags.h"
#include "services/scheduler/engine/room.h"

namespace matchgo::scheduler::engine {

class PricePool {
 public:
  static constexpr int64_t kSeat = 1 << 20;   // one seat, as demand counts them
  static constexpr int32_t kOne = 1'000'000;  // what a contract scores when heads are counted

  // What everybody would take at some prices, in parts of a seat.
  struct Demand {
    int64_t left = 0;  // sum over all switchers of what her best contract leaves
    std::vector<int64_t> vacancies;
    std::vector<int64_t> starts;
  };

  // Starts with the best `first` of everybody whom no frozen contract holds; in a bare market with
  // all. Index and commitments must outlive this.
  PricePool(const CandidateIndex& index, const Commitments& commitments, const Room& room,
            int first, Parallel& parallel, const ClearObserver& observer);

  // Everybody spreads one seat over what she knows and staying without: the best gets most, what
  // leaves 2^shift less gets half as much.
  void Spread(const Prices& prices, int shift, Parallel& parallel, Demand& demand);
  // What the best contract of everybody leaves, together, over all feasible contracts. Adds at most
  // `further` contracts for each switcher whose best was not in the pool. `index` and `bonus` as in
  // PriceTags: what they make of a contract must be its score here.
  int64_t Search(const CandidateIndex& index, int32_t bonus, const Prices& prices, int further,
                 Parallel& parallel, const ClearObserver& observer);
  // From now on every contract scores kOne.
  void CountHeads();

 private:
  static constexpr size_t kChunk = 256;  // switchers

  struct Pooled {
    int32_t vacancy = 0;
    int32_t start = kNone;
    int32_t score = 0;

    int32_t Left(const Prices& prices) const {
      return score - prices.vacancies[static_cast<size_t>(vacancy)] -
             (start == kNone ? 0 : prices.starts[static_cast<size_t>(start)]);
    }
  };
  // Consecutive switchers.
  struct Chunk {
    std::vector<Pooled> contracts;
    std::vector<size_t> ends;   // per switcher
    std::vector<int32_t> cuts;  // what is not in the pool scores no more; -1: all is

    std::span<const Pooled> Of(size_t i) const {
      const size_t begin = i == 0 ? 0 : ends[i - 1];
      return std::span(contracts).subspan(begin, ends[i] - begin);
    }
  };
  struct Asked {
    const Prices& prices;
    const PriceTags* tags = nullptr;  // null: nothing lies outside the pool
    int further = 1;
  };

  void FirstLists(size_t chunk, const Room& room, int first, CandidateSearch& search);
  static void SpreadChunk(const Chunk& chunk, const Prices& prices, int shift, Demand& demand);
  int64_t SearchChunk(size_t c, const Asked& asked, CandidateSearch& search);

  const Market& market_;
  const Commitments& commitments_;
  std::vector<Chunk> chunks_;
  std::vector<Demand> of_lane_;
};

}  // namespace matchgo::scheduler::engine
