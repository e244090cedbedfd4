#include "services/scheduler/engine/crowd_searches.h"

#include <algorithm>
#include <bit>
#include <numeric>
#include <utility>

#include "common/base/check.h"

namespace matchgo::scheduler::engine {

CrowdSearches::CrowdSearches(const CandidateIndex& index, Parallel& parallel, SimdLevel level)
    : index_(index),
      parallel_(parallel),
      level_(level),
      lanes_(static_cast<size_t>(parallel.lanes())) {}

CrowdSearches::Lane& CrowdSearches::LaneOf(int lane) {
  std::unique_ptr<Lane>& made = lanes_[static_cast<size_t>(lane)];
  if (made == nullptr) made = std::make_unique<Lane>(index_, level_);
  return *made;
}

// Neighbours who travel about as far: what is within reach of one is within reach of most.
void CrowdSearches::ForCrowds(size_t count, const std::function<int32_t(size_t)>& max_dist_of,
                              const std::function<void(Lane&, std::span<const size_t>)>& use) {
  constexpr size_t kMost = CrowdSearch::kMost;
  // So many stand together in space that each way of travelling fills crowds of its own.
  constexpr size_t kRegion = 128 * kMost;
  std::vector<size_t> order(count);
  std::iota(order.begin(), order.end(), size_t{0});
  for (size_t begin = 0; begin < count; begin += kRegion) {
    const auto region = std::span(order).subspan(begin, std::min(kRegion, count - begin));
    std::ranges::stable_sort(region, {}, [&](size_t i) {
      return std::bit_width(static_cast<uint32_t>(max_dist_of(i)));
    });
  }
  parallel_.For((count + kMost - 1) / kMost, 1, [&](int lane, size_t from, size_t to) {
    for (size_t c = from; c < to; ++c) {
      use(LaneOf(lane), std::span(order).subspan(c * kMost, std::min(kMost, count - c * kMost)));
    }
  });
}

void CrowdSearches::Search(std::span<const Query> queries, std::span<Found> found) {
  const auto max_dist_of = [&](size_t i) { return queries[i].person.facts.max_dist; };
  ForCrowds(queries.size(), max_dist_of, [&](Lane& lane, std::span<const size_t> members) {
    std::vector<Query> crowd;
    crowd.reserve(members.size());
    for (const size_t i : members) crowd.push_back(queries[i]);
    std::vector<Found> best(members.size());
    lane.crowd.Best(crowd, best);
    for (size_t i = 0; i < members.size(); ++i) found[members[i]] = std::move(best[i]);
  });
}

void CrowdSearches::Ask(std::span<const PartyQuery> queries, std::span<Found> found) {
  CHECK(found.size() == queries.size());
  if (queries.empty()) return;
  std::vector<CrowdAsk> asks;
  asks.reserve(queries.size());
  for (const PartyQuery& query : queries) {
    asks.push_back({.slot = index_.groups().slot_of[static_cast<size_t>(query.vacancy)],
                    .most = query.below ? query.below->score : Door::kShutFloor});
  }
  std::ranges::sort(asks, {}, &CrowdAsk::slot);
  const std::vector<BoundedSwitcher> answers = AnswersTo(asks, *queries.front().admission);
  parallel_.For(queries.size(), 1, [&](int lane, size_t from, size_t to) {
    for (size_t i = from; i < to; ++i) {
      const int32_t slot = index_.groups().slot_of[static_cast<size_t>(queries[i].vacancy)];
      const auto first = std::ranges::lower_bound(answers, slot, {}, &BoundedSwitcher::slot);
      const auto last = std::ranges::upper_bound(answers, slot, {}, &BoundedSwitcher::slot);
      found[i] = LaneOf(lane).single.BestAmong(queries[i], {first, last});
    }
  });
}

// Everybody whose door is open to something that scores at most so much, neighbours together.
std::vector<int32_t> CrowdSearches::Asked(const Admission& admission, int32_t most) const {
  std::vector<int32_t> asked;
  const std::span<const SwitcherRow> rows = index_.switchers().rows();
  for (size_t r = 0; r < rows.size(); ++r) {
    const uint64_t box = admission.AskedIn(r / SwitcherRows::kRows);
    if ((box >> (r % SwitcherRows::kRows) & 1U) == 0 || admission.row_floor(r) > most) continue;
    asked.push_back(rows[r].switcher);
  }
  return asked;
}

// By slot, those of a slot with the highest bound first.
std::vector<BoundedSwitcher> CrowdSearches::AnswersTo(std::span<const CrowdAsk> asks,
                                                      const Admission& admission) {
  const int32_t most = std::ranges::max(asks, {}, &CrowdAsk::most).most;
  const std::vector<int32_t> asked = Asked(admission, most);
  const auto max_dist_of = [&](size_t i) { return index_.market().switcher(asked[i]).max_dist; };
  ForCrowds(asked.size(), max_dist_of, [&](Lane& lane, std::span<const size_t> members) {
    std::vector<int32_t> switchers;
    switchers.reserve(members.size());
    for (const size_t i : members) switchers.push_back(asked[i]);
    lane.crowd.Ask(switchers, admission, asks, lane.answers);
  });
  std::vector<BoundedSwitcher> answers;
  for (const std::unique_ptr<Lane>& lane : lanes_) {
    if (lane == nullptr) continue;
    answers.insert(answers.end(), lane->answers.begin(), lane->answers.end());
    lane->answers = {};
  }
  std::ranges::sort(answers, [](const BoundedSwitcher& a, const BoundedSwitcher& b) {
    if (a.slot != b.slot) return a.slot < b.slot;
    return a.bound != b.bound ? a.bound > b.bound : a.switcher < b.switcher;
  });
  return answers;
}

}  // namespace matchgo::scheduler::engine
