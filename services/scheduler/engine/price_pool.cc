#include "services/scheduler/engine/price_pool.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <memory>
#include <numeric>
#include <optional>
#include <utility>

#include "services/scheduler/engine/person.h"

namespace matchgo::scheduler::engine {
namespace {

// Chunks between two words to the observer.
constexpr size_t kStep = 512;

// About 2^29 / 2^(loss / 2^shift): straight lines between the powers of two. Falls with the loss;
// nothing else is asked of it.
uint64_t WeightOf(int64_t loss, int shift) {
  const int64_t x = (loss << 8) >> shift;
  return x >= 24 * 256 ? 0 : static_cast<uint64_t>(512 - (x & 255)) << 20 >> (x >> 8);
}

// A search for each lane, made when first needed.
class LaneSearches {
 public:
  LaneSearches(const CandidateIndex& index, int lanes)
      : index_(index), all_(static_cast<size_t>(lanes)) {}

  CandidateSearch& Of(int lane) {
    auto& search = all_[static_cast<size_t>(lane)];
    if (search == nullptr) search = std::make_unique<CandidateSearch>(index_);
    return *search;
  }

 private:
  const CandidateIndex& index_;
  std::vector<std::unique_ptr<CandidateSearch>> all_;
};

// Calls body(lane, i) for all i < count, with a word to the observer now and then.
void ForSteps(size_t count, const char* phase, Parallel& parallel, const ClearObserver& observer,
              const std::function<void(int, size_t)>& body) {
  for (size_t first = 0; first < count; first += kStep) {
    const size_t step = std::min(kStep, count - first);
    parallel.For(step, 1, [&](int lane, size_t begin, size_t end) {
      for (size_t i = begin; i < end; ++i) body(lane, first + i);
    });
    if (observer) {
      observer(phase, static_cast<int64_t>(first + step), static_cast<int64_t>(count));
    }
  }
}

}  // namespace

PricePool::PricePool(const CandidateIndex& index, const Commitments& commitments, const Room& room,
                     int first, Parallel& parallel, const ClearObserver& observer)
    : market_(index.market()),
      commitments_(commitments),
      chunks_((market_.switchers.size() + kChunk - 1) / kChunk),
      of_lane_(static_cast<size_t>(parallel.lanes())) {
  LaneSearches searches(index, parallel.lanes());
  const int limit = market_.bare ? std::numeric_limits<int>::max() : first;
  ForSteps(chunks_.size(), "first lists", parallel, observer,
           [&](int lane, size_t chunk) { FirstLists(chunk, room, limit, searches.Of(lane)); });
}

void PricePool::FirstLists(size_t c, const Room& room, int first, CandidateSearch& search) {
  Chunk& chunk = chunks_[c];
  const size_t end = std::min(market_.switchers.size(), (c + 1) * kChunk);
  for (size_t s = c * kChunk; s < end; ++s) {
    Found found;
    if (room.settled[s] == 0) {
      Query query{.person = PersonOf(market_, static_cast<int32_t>(s)), .limit = first};
      query.declined = commitments_.declined;
      found = search.Best(query);
    }
    for (const FeasibleContract& best : found.best) {
      chunk.contracts.push_back({best.contract.vacancy, best.contract.start, best.score});
    }
    chunk.ends.push_back(chunk.contracts.size());
    chunk.cuts.push_back(found.more ? found.best.back().score : -1);
  }
  chunk.contracts.shrink_to_fit();
}

void PricePool::Spread(const Prices& prices, int shift, Parallel& parallel, Demand& demand) {
  const auto clear = [&](Demand& one) {
    one.left = 0;
    one.vacancies.assign(market_.vacancies.size(), 0);
    one.starts.assign(market_.starts.size(), 0);
  };
  std::ranges::for_each(of_lane_, clear);
  parallel.For(chunks_.size(), 16, [&](int lane, size_t begin, size_t end) {
    for (size_t c = begin; c < end; ++c) {
      SpreadChunk(chunks_[c], prices, shift, of_lane_[static_cast<size_t>(lane)]);
    }
  });
  clear(demand);
  const auto add = [](const std::vector<int64_t>& from, std::vector<int64_t>& to) {
    std::ranges::transform(from, to, to.begin(), std::plus());
  };
  for (const Demand& one : of_lane_) {
    demand.left += one.left;
    add(one.vacancies, demand.vacancies);
    add(one.starts, demand.starts);
  }
}

void PricePool::SpreadChunk(const Chunk& chunk, const Prices& prices, int shift, Demand& demand) {
  std::vector<int32_t> left;
  std::vector<uint64_t> weights;
  for (size_t i = 0; i < chunk.ends.size(); ++i) {
    const std::span<const Pooled> list = chunk.Of(i);
    left.clear();
    int32_t best = 0;
    for (const Pooled& contract : list) {
      left.push_back(contract.Left(prices));
      best = std::max(best, left.back());
    }
    demand.left += best;
    weights.clear();
    uint64_t sum = WeightOf(best, shift);  // staying without
    for (const int32_t value : left) {
      weights.push_back(WeightOf(int64_t{best} - value, shift));
      sum += weights.back();
    }
    for (size_t k = 0; k < list.size(); ++k) {
      if (weights[k] == 0) continue;
      const auto share = static_cast<int64_t>(weights[k] * static_cast<uint64_t>(kSeat) / sum);
      demand.vacancies[static_cast<size_t>(list[k].vacancy)] += share;
      if (list[k].start != kNone) demand.starts[static_cast<size_t>(list[k].start)] += share;
    }
  }
}

int64_t PricePool::Search(const CandidateIndex& index, int32_t bonus, const Prices& prices,
                          int further, Parallel& parallel, const ClearObserver& observer) {
  std::optional<PriceTags> tags;
  if (!market_.bare) tags.emplace(index, prices, bonus);
  const Asked asked{prices, tags ? &*tags : nullptr, further};
  LaneSearches searches(index, parallel.lanes());
  std::vector<int64_t> left(static_cast<size_t>(parallel.lanes()), 0);
  ForSteps(chunks_.size(), "prices tried", parallel, observer, [&](int lane, size_t chunk) {
    left[static_cast<size_t>(lane)] += SearchChunk(chunk, asked, searches.Of(lane));
  });
  return std::accumulate(left.begin(), left.end(), int64_t{0});
}

int64_t PricePool::SearchChunk(size_t c, const Asked& asked, CandidateSearch& search) {
  Chunk& chunk = chunks_[c];
  Chunk next;
  int64_t left = 0;
  for (size_t i = 0; i < chunk.ends.size(); ++i) {
    const std::span<const Pooled> list = chunk.Of(i);
    next.contracts.insert(next.contracts.end(), list.begin(), list.end());
    int32_t best = 0;
    for (const Pooled& contract : list) best = std::max(best, contract.Left(asked.prices));
    // As prices are not negative, what scores no more than this leaves no more.
    if (best < chunk.cuts[i]) {
      const auto s = static_cast<int32_t>(c * kChunk + i);
      Query query{.person = PersonOf(market_, s), .limit = asked.further};
      query.above = EdgeAbove(best);
      query.declined = commitments_.declined;
      query.prices = asked.tags;
      const Found found = search.Best(query);
      for (const FeasibleContract& more : found.best) {
        best = std::max(best, more.score);
        Pooled pooled{more.contract.vacancy, more.contract.start, 0};
        pooled.score = more.score - pooled.Left(asked.prices);
        next.contracts.push_back(pooled);
      }
    }
    left += best;
    next.ends.push_back(next.contracts.size());
  }
  if (next.contracts.size() == chunk.contracts.size()) return left;
  next.cuts = std::move(chunk.cuts);
  next.contracts.shrink_to_fit();
  chunk = std::move(next);
  return left;
}

void PricePool::CountHeads() {
  for (Chunk& chunk : chunks_) {
    for (Pooled& contract : chunk.contracts) contract.score = kOne;
    for (int32_t& cut : chunk.cuts) cut = cut < 0 ? cut : kOne;
  }
}

}  // namespace matchgo::scheduler::engine
