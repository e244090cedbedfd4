#include "tests/support/engine/reference_clearing.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

namespace matchgo::testing {
namespace {

using namespace scheduler::engine;

size_t At(int32_t index) { return static_cast<size_t>(index); }

}  // namespace

ReferenceClearing::ReferenceClearing(const Market& market, const ContractTable& table,
                                     Commitments commitments, TakingOrder order)
    : market_(market),
      table_(table),
      commitments_(std::move(commitments)),
      order_(static_cast<size_t>(table.size())),
      frozen_in_(market.starts.size(), 0) {
  std::iota(order_.begin(), order_.end(), 0);
  if (order == TakingOrder::kBySwitcher) {
    std::ranges::sort(order_, {}, [&](int32_t place) {
      const int32_t s = table.at(place).contract.switcher;
      return std::tuple(market.switcher(s).priority,
                        LotteryHash(market.seed, market.switcher_ids[s]), s, place);
    });
  }
  for (const Contract& contract : commitments_.frozen) {
    if (!contract.direct()) ++frozen_in_[At(contract.start)];
  }
}

ReferenceOutcome ReferenceClearing::Clear(const std::vector<uint8_t>& open) const {
  ReferenceOutcome outcome;
  outcome.held.resize(market_.switchers.size());
  outcome.loads.assign(market_.starts.size(), 0);
  std::vector<int32_t> openings;
  for (const Vacancy& vacancy : market_.vacancies) openings.push_back(vacancy.openings);
  const auto take = [&](const FeasibleContract& entry) {
    const Contract& c = entry.contract;
    outcome.held[At(c.switcher)] = c;
    --openings[At(c.vacancy)];
    if (!c.direct()) ++outcome.loads[At(c.start)];
    outcome.total_score += entry.score;
    ++outcome.matched;
  };
  for (const Contract& contract : commitments_.frozen) {
    take(table_.at(*table_.Find(contract)));
  }
  for (const int32_t place : order_) {
    const FeasibleContract& entry = table_.at(place);
    const Contract& c = entry.contract;
    if (outcome.held[At(c.switcher)] || openings[At(c.vacancy)] <= 0) continue;
    if (!c.direct() &&
        (open[At(c.start)] == 0 || outcome.loads[At(c.start)] >= market_.start(c.start).capacity)) {
      continue;
    }
    if (std::ranges::binary_search(commitments_.declined, c)) continue;
    take(entry);
  }
  return outcome;
}

bool ReferenceClearing::KeepsMinima(const ReferenceOutcome& outcome) const {
  for (int32_t p = 0; p < market_.start_count(); ++p) {
    const int32_t load = outcome.loads[At(p)];
    if (load > 0 && load < market_.start(p).min && FrozenIn(p) == 0) return false;
  }
  return true;
}

int64_t ReferenceClearing::BestTotal() const {
  int64_t best = -1;
  for (uint64_t mask = 0; mask < uint64_t{1} << market_.starts.size(); ++mask) {
    std::vector<uint8_t> open;
    bool allowed = true;
    for (int32_t p = 0; p < market_.start_count(); ++p) {
      open.push_back(mask >> p & 1U);
      if (FrozenIn(p) > 0 && open.back() == 0) allowed = false;
    }
    if (!allowed) continue;
    const ReferenceOutcome outcome = Clear(open);
    if (KeepsMinima(outcome)) best = std::max(best, outcome.total_score);
  }
  return best;
}

int64_t ReferenceClearing::CountBlocking(const std::vector<std::optional<Contract>>& held,
                                         const std::vector<uint8_t>& open) const {
  const auto frozen = [&](const Contract& c) {
    return std::ranges::binary_search(commitments_.frozen, c);
  };
  const auto better_for = [&](int32_t place, int32_t capacity, const auto& shares) {
    int32_t taken = 0;
    bool worse = false;
    for (const auto& contract : held) {
      if (!contract || !shares(*contract)) continue;
      ++taken;
      worse = worse || (!frozen(*contract) && *table_.Find(*contract) > place);
    }
    return taken < capacity || worse;
  };
  int64_t blocking = 0;
  for (int32_t place = 0; place < table_.size(); ++place) {
    const Contract& c = table_.at(place).contract;
    const auto& own = held[At(c.switcher)];
    if (std::ranges::binary_search(commitments_.declined, c)) continue;
    if (own && (frozen(*own) || *table_.Find(*own) <= place)) continue;
    if (!c.direct() && open[At(c.start)] == 0) continue;
    const bool vacancy = better_for(place, market_.vacancy(c.vacancy).openings,
                                    [&](const Contract& x) { return x.vacancy == c.vacancy; });
    const bool start =
        c.direct() || better_for(place, market_.start(c.start).capacity,
                                 [&](const Contract& x) { return x.start == c.start; });
    if (vacancy && start) ++blocking;
  }
  return blocking;
}

}  // namespace matchgo::testing
