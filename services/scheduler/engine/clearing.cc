#include "services/scheduler/engine/clearing.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "services/scheduler/engine/cohorts.h"
#include "services/scheduler/engine/live_contracts.h"
#include "services/scheduler/engine/nested.h"
#include "services/scheduler/engine/reasons.h"
#include "services/scheduler/engine/stable_state.h"

namespace matchgo::scheduler::engine {
namespace {

constexpr std::array<std::string_view, 3> kMechanismNames = {"score", "priority", "nested"};
constexpr std::array<std::string_view, 4> kOpenSetMethodNames = {"exact", "local_search",
                                                                 "reported_loads", "fixed"};

Status Refuse(const char* text) { return Precondition(Reason{reasons::kCommitmentsInvalid, text}); }

StatusOr<std::unique_ptr<CohortState>> MakeState(const Market& market, const LiveContracts& live,
                                                 Mechanism mechanism) {
  if (mechanism == Mechanism::kNested) {
    const StatusOr<Nesting> nesting = FindNesting(market);
    if (!nesting.ok()) return nesting.status();
    return std::unique_ptr<CohortState>(std::make_unique<NestedState>(market, live, *nesting));
  }
  return std::unique_ptr<CohortState>(
      std::make_unique<StableState>(live, std::vector<uint8_t>(market.starts.size(), 1)));
}

// The places of frozen contracts, and their score.
int64_t TakeFrozen(const ContractTable& table, Clearing& clearing) {
  int64_t score = 0;
  for (const Contract& contract : clearing.commitments.frozen) {
    const int32_t place = *table.Find(contract);
    const auto s = static_cast<size_t>(contract.switcher);
    clearing.place_of[s] = place;
    clearing.frozen_switcher[s] = 1;
    score += table.at(place).score;
    ++clearing.matched;
  }
  return score;
}

void TakeState(const Market& market, const LiveContracts& live, CohortState& state,
               Clearing& clearing) {
  for (int32_t s = 0; s < market.switcher_count(); ++s) {
    const int32_t position = state.HeldBy(s);
    if (position == kNone) continue;
    clearing.place_of[static_cast<size_t>(s)] = live.at(position).place;
    ++clearing.matched;
  }
  for (int32_t p = 0; p < market.start_count(); ++p) {
    clearing.participants[static_cast<size_t>(p)] = state.LoadOf(p);
  }
  for (int32_t p = 0; p < market.start_count(); ++p) {
    if (clearing.Runs(p)) continue;
    state.Open(p);
    clearing.closed.push_back({p, state.LoadOf(p)});
    state.Close(p);
  }
}

}  // namespace

std::string_view MechanismName(Mechanism mechanism) {
  return kMechanismNames[static_cast<size_t>(mechanism)];
}

StatusOr<Mechanism> ParseMechanism(std::string_view name) {
  const auto* const found = std::ranges::find(kMechanismNames, name);
  if (found == kMechanismNames.end()) {
    return Invalid(Reason{reasons::kMechanismNotApplicable,
                          "the mechanism is one of score, priority, nested"});
  }
  return static_cast<Mechanism>(found - kMechanismNames.begin());
}

std::string_view OpenSetMethodName(OpenSetMethod method) {
  return kOpenSetMethodNames[static_cast<size_t>(method)];
}

Status Validate(const ContractTable& table, const Market& market, const Commitments& commitments) {
  if (!std::ranges::is_sorted(commitments.frozen) ||
      !std::ranges::is_sorted(commitments.declined)) {
    return Refuse("commitments are sorted");
  }
  const auto known = [&market](const Contract& contract) {
    return contract.switcher >= 0 && contract.switcher < market.switcher_count() &&
           contract.vacancy >= 0 && contract.vacancy < market.vacancy_count() &&
           contract.start >= kNone && contract.start < market.start_count();
  };
  if (!std::ranges::all_of(commitments.frozen, known) ||
      !std::ranges::all_of(commitments.declined, known)) {
    return Refuse("commitments are about parties of this market");
  }
  if (std::ranges::adjacent_find(commitments.frozen, {}, &Contract::switcher) !=
      commitments.frozen.end()) {
    return Refuse("a switcher holds one frozen contract at most");
  }
  for (const Contract& contract : commitments.frozen) {
    if (!table.Find(contract)) return Refuse("a frozen contract is feasible");
    if (std::ranges::binary_search(commitments.declined, contract)) {
      return Refuse("a frozen contract is not declined");
    }
  }
  const Room room(market, commitments);
  const auto overdrawn = [](int32_t left) { return left < 0; };
  if (std::ranges::any_of(room.openings, overdrawn) ||
      std::ranges::any_of(room.places, overdrawn)) {
    return Refuse("frozen contracts fit the openings and capacities");
  }
  return absl::OkStatus();
}

StatusOr<Clearing> Clear(const Market& market, const ContractTable& table,
                         const ClearOptions& options) {
  return Clear(market, table, market.commitments, options);
}

StatusOr<Clearing> Clear(const Market& market, const ContractTable& table,
                         const Commitments& commitments, const ClearOptions& options) {
  if (Status status = Validate(table, market, commitments); !status.ok()) return status;
  const LiveContracts live(
      market, table, commitments,
      options.mechanism == Mechanism::kPriority ? TakingOrder::kBySwitcher : TakingOrder::kByPlace);
  StatusOr<std::unique_ptr<CohortState>> state = MakeState(market, live, options.mechanism);
  if (!state.ok()) return state.status();

  Clearing clearing;
  clearing.mechanism = options.mechanism;
  clearing.commitments = commitments;
  clearing.place_of.assign(market.switchers.size(), kNone);
  clearing.frozen_switcher.assign(market.switchers.size(), 0);
  clearing.participants.assign(market.starts.size(), 0);
  const int64_t frozen_score = TakeFrozen(table, clearing);
  clearing.total_score_minima_ignored = frozen_score + (*state)->total_score();
  clearing.open_set =
      ChooseOpenStarts(market, live,
                       options.mechanism == Mechanism::kScore ? CohortSearch::kBestTotal
                                                              : CohortSearch::kCloseShortOnly,
                       **state);
  clearing.total_score = frozen_score + (*state)->total_score();
  TakeState(market, live, **state, clearing);
  return clearing;
}

}  // namespace matchgo::scheduler::engine
