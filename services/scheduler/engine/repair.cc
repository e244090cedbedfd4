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

StatusOr<RepairResult> Repair(const CandidateIndex& index, const Clearing& before, Commitments now,
                              const ClearOptions& options, Parallel& parallel) {
  std::ranges::sort(now.frozen);
  std::ranges::sort(now.declined);
  now.declined.erase(std::unique(now.declined.begin(), now.declined.end()), now.declined.end());

  StatusOr<Clearing> after = Clear(index, now, options, parallel);
  if (!after.ok()) return after.status();
  RepairResult result;
  result.clearing = *std::move(after);
  const auto held = [](const Clearing& clearing, int32_t s) -> std::optional<KnownContract> {
    const KnownContract* const contract = clearing.HeldBy(s);
    if (contract == nullptr) return std::nullopt;
    return *contract;
  };
  for (int32_t s = 0; s < index.market().switcher_count(); ++s) {
    const auto was = held(before, s);
    const auto is = held(result.clearing, s);
    if (was != is) result.moves.push_back({s, was, is});
  }
  for (int32_t p = 0; p < index.market().start_count(); ++p) {
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
