#include "services/scheduler/engine/known_contracts.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <tuple>

#include "common/base/check.h"

namespace matchgo::scheduler::engine {
namespace {

constexpr int32_t kHighestScore = 1'000'000;
constexpr size_t kWorthBuckets = size_t{1} << 16U;

// Smaller priority, then the lottery, then the id.
std::vector<int32_t> TurnsOf(const Market& market, const Lottery& lottery) {
  std::vector<int32_t> order(market.switchers.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::sort(order, {}, [&](int32_t s) {
    return std::tuple(market.switcher(s).priority, lottery.SwitcherHash(s), s);
  });
  std::vector<int32_t> turns(order.size());
  for (size_t i = 0; i < order.size(); ++i) {
    turns[static_cast<size_t>(order[i])] = static_cast<int32_t>(i);
  }
  return turns;
}

}  // namespace

KnownContracts::KnownContracts(const Market& market, TakingOrder order)
    : order_(order),
      lottery_(market),
      of_switcher_(market.switchers.size()),
      of_vacancy_(market.vacancies.size()),
      of_start_(market.starts.size()) {
  if (order == TakingOrder::kBySwitcher) turns_ = TurnsOf(market, lottery_);
}

Place KnownContracts::PlaceOf(Id id) const {
  const KnownContract& contract = at(id);
  return {contract.score, lottery_.KeyOf(contract.contract()), contract.contract()};
}

bool KnownContracts::BeforeUnarranged(Id a, Id b) const {
  if (a >= kBeforeAll || b >= kBeforeAll) {
    if (a == b) return false;
    return a == kBeforeAll || b == kBehindAll;
  }
  return a != b && Before(at(a), at(b));
}

bool KnownContracts::Before(const KnownContract& a, const KnownContract& b) const {
  if (!turns_.empty() && a.switcher != b.switcher) {
    return turns_[static_cast<size_t>(a.switcher)] < turns_[static_cast<size_t>(b.switcher)];
  }
  if (a.score != b.score) return a.score > b.score;
  const uint64_t key_a = lottery_.KeyOf(a.contract());
  const uint64_t key_b = lottery_.KeyOf(b.contract());
  return key_a != key_b ? key_a < key_b : a.contract() < b.contract();
}

std::optional<KnownContracts::Id> KnownContracts::Find(const KnownContract& contract) const {
  const std::span<const Id> ids = OfSwitcher(contract.switcher);
  const auto found =
      std::ranges::partition_point(ids, [&](Id id) { return Before(at(id), contract); });
  if (found == ids.end() || at(*found) != contract) return std::nullopt;
  return *found;
}

std::vector<KnownContracts::Id> KnownContracts::InOrder() const {
  if (order_ == TakingOrder::kByPlace && size() >= kWorthBuckets) return InScoreBuckets();
  std::vector<Id> order(size());
  std::iota(order.begin(), order.end(), Id{0});
  std::ranges::sort(order, [this](Id a, Id b) { return Before(a, b); });
  return order;
}

// Counted into one bucket per score; the lottery decides within it.
std::vector<KnownContracts::Id> KnownContracts::InScoreBuckets() const {
  std::vector<uint32_t> ends(kHighestScore + 2, 0);
  const auto bucket = [this](Id id) { return static_cast<size_t>(kHighestScore - at(id).score); };
  const Id count = static_cast<Id>(size());
  for (Id id = 0; id < count; ++id) ++ends[bucket(id) + 1];
  std::partial_sum(ends.begin(), ends.end(), ends.begin());
  std::vector<Id> order(count);
  for (Id id = 0; id < count; ++id) order[ends[bucket(id)]++] = id;
  for (Id begin = 0; begin < count;) {
    Id end = begin + 1;
    while (end < count && at(order[end]).score == at(order[begin]).score) ++end;
    std::sort(order.begin() + begin, order.begin() + end,
              [this](Id a, Id b) { return Before(a, b); });
    begin = end;
  }
  return order;
}

void KnownContracts::Append(std::span<const KnownContract> contracts) {
  contracts_.insert(contracts_.end(), contracts.begin(), contracts.end());
  CHECK(contracts_.size() < kBeforeAll);
}

std::vector<KnownContracts::Id> KnownContracts::Arrange() {
  std::vector<Id> new_ids(size());
  {
    const std::vector<Id> order = InOrder();
    std::vector<KnownContract> ordered;
    ordered.reserve(contracts_.capacity());
    for (const Id old : order) {
      new_ids[old] = static_cast<Id>(ordered.size());
      ordered.push_back(contracts_[old]);
    }
    contracts_ = std::move(ordered);
  }
  arranged_ = static_cast<Id>(size());
  const auto fill = [this](PartyLists& lists, int32_t KnownContract::*party) {
    std::vector<uint32_t> counts(lists.parties(), 0);
    for (const KnownContract& contract : contracts_) {
      if (contract.*party != kNone) ++counts[static_cast<size_t>(contract.*party)];
    }
    lists.Reset(counts);
    for (Id id = 0; id < arranged_; ++id) {
      if (at(id).*party != kNone) lists.Append(at(id).*party, id);
    }
  };
  fill(of_switcher_, &KnownContract::switcher);
  fill(of_vacancy_, &KnownContract::vacancy);
  fill(of_start_, &KnownContract::start);
  return new_ids;
}

KnownContracts::Id KnownContracts::Insert(const KnownContract& contract) {
  const Id id = static_cast<Id>(size());
  CHECK(id < kBeforeAll);
  contracts_.push_back(contract);
  InsertInto(of_switcher_, contract.switcher, id);
  InsertInto(of_vacancy_, contract.vacancy, id);
  if (contract.start != kNone) InsertInto(of_start_, contract.start, id);
  return id;
}

void KnownContracts::InsertInto(PartyLists& lists, int32_t party, Id id) {
  const std::span<const Id> ids = lists[party];
  const auto at = std::ranges::partition_point(ids, [&](Id other) { return Before(other, id); });
  lists.InsertAt(party, static_cast<size_t>(at - ids.begin()), id);
}

}  // namespace matchgo::scheduler::engine
