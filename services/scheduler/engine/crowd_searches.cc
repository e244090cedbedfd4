#include "services/scheduler/engine/crowd_searches.h"

#include <algorithm>
#include <bit>
#include <numeric>
#include <utility>

#include "common/base/check.h"

namespace matchgo::scheduler::engine {

CrowdSearches::CrowdSearches(const CandidateIndex& index, Parallel& parallel, SimdLevel level,
                             size_t batch)
    : index_(index),
      parallel_(parallel),
      level_(level),
      batch_(batch),
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

// People in batches: what the best of those before them score is a floor for the others, so few of
// them are worked out, or even named.
void CrowdSearches::Ask(std::span<const PartyQuery> queries, std::span<Found> found) {
  CHECK(found.size() == queries.size());
  std::ranges::fill(found, Found());
  if (queries.empty()) return;
  const VacancyGroups& groups = index_.groups();
  const Admission& admission = *queries.front().admission;
  CrowdAsks asks;
  asks.most.assign(groups.details.size(), Door::kShutFloor);
  asks.floors.assign(groups.details.size(), 0);
  int32_t most = 0;
  for (const PartyQuery& query : queries) {
    const auto slot = groups.slot_of[static_cast<size_t>(query.vacancy)];
    asks.slots.push_back(slot);
    if (query.below) asks.most[static_cast<size_t>(slot)] = query.below->score;
    most = std::max(most, asks.most[static_cast<size_t>(slot)]);
  }
  std::ranges::sort(asks.slots);
  const std::vector<int32_t> asked = Asked(admission, most);
  for (size_t begin = 0; begin < asked.size(); begin += batch_) {
    const auto people = std::span(asked).subspan(begin, std::min(batch_, asked.size() - begin));
    const std::vector<BoundedSwitcher> answers = AnswersOf(people, admission, asks);
    parallel_.For(queries.size(), 64, [&](int lane, size_t from, size_t to) {
      for (size_t i = from; i < to; ++i) {
        const int32_t slot = groups.slot_of[static_cast<size_t>(queries[i].vacancy)];
        const auto first = std::ranges::lower_bound(answers, slot, {}, &BoundedSwitcher::slot);
        const auto last = std::ranges::upper_bound(answers, slot, {}, &BoundedSwitcher::slot);
        if (first == last) continue;
        TakeIn(LaneOf(lane).single, queries[i], {first, last}, found[i]);
        if (found[i].more) asks.floors[static_cast<size_t>(slot)] = found[i].best.back().score;
      }
    });
  }
}

// Adds what these people make better.
void CrowdSearches::TakeIn(CandidateSearch& search, PartyQuery query,
                           std::span<const BoundedSwitcher> people, Found& found) {
  const auto limit = static_cast<size_t>(query.limit);
  std::vector<FeasibleContract>& best = found.best;
  if (best.size() == limit) query.above = PlaceOf(best.back());
  const Found fresh = search.BestAmong(query, people);
  const auto middle = static_cast<std::ptrdiff_t>(best.size());
  best.insert(best.end(), fresh.best.begin(), fresh.best.end());
  std::inplace_merge(best.begin(), best.begin() + middle, best.end(), PlacedBefore);
  if (best.size() > limit) best.resize(limit);
  found.more = best.size() == limit;
  found.any = found.any || fresh.any;
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
std::vector<BoundedSwitcher> CrowdSearches::AnswersOf(std::span<const int32_t> people,
                                                      const Admission& admission,
                                                      const CrowdAsks& asks) {
  const auto max_dist_of = [&](size_t i) { return index_.market().switcher(people[i]).max_dist; };
  ForCrowds(people.size(), max_dist_of, [&](Lane& lane, std::span<const size_t> members) {
    std::vector<int32_t> switchers;
    switchers.reserve(members.size());
    for (const size_t i : members) switchers.push_back(people[i]);
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
