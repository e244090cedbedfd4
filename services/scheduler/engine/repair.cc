#include "services/scheduler/engine/repair.h"

#include <algorithm>
#include <utility>

namespace matchgo::scheduler::engine {
namespace {

void InsertSorted(std::vector<Contract>& contracts, const Contract& contract) {
  const auto at = std::ranges::lower_bound(contracts, contract);
  if (at == contracts.end() || *at != contract) contracts.insert(at, contract);
}

}  // namespace

StatusOr<RepairResult> Repair(const Market& market, const ContractTable& table,
                              const Clearing& before, Commitments now) {
  std::ranges::sort(now.frozen);
  std::ranges::sort(now.declined);
  const auto repeats = std::ranges::unique(now.declined);
  now.declined.erase(repeats.begin(), repeats.end());

  StatusOr<Clearing> after = Clear(market, table, now, {.mechanism = before.mechanism});
  if (!after.ok()) return after.status();
  RepairResult result;
  result.clearing = *std::move(after);
  for (int32_t s = 0; s < market.switcher_count(); ++s) {
    const auto i = static_cast<size_t>(s);
    const int32_t was = before.place_of[i];
    const int32_t is = result.clearing.place_of[i];
    if (was != is) result.moves.push_back({s, was, is});
  }
  for (int32_t p = 0; p < market.start_count(); ++p) {
    if (before.Runs(p) && !result.clearing.Runs(p)) result.starts_closed.push_back(p);
    if (!before.Runs(p) && result.clearing.Runs(p)) result.starts_opened.push_back(p);
  }
  return result;
}

Commitments WithDeclined(Commitments commitments, const Contract& contract) {
  InsertSorted(commitments.declined, contract);
  return commitments;
}

Commitments WithFrozen(Commitments commitments, const Contract& contract) {
  InsertSorted(commitments.frozen, contract);
  return commitments;
}

}  // namespace matchgo::scheduler::engine
