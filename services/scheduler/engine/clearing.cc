#include "services/scheduler/engine/clearing.h"

#include <algorithm>
#include <array>
#include <utility>

#include "common/base/check.h"
#include "services/scheduler/engine/candidate_search.h"
#include "services/scheduler/engine/feasibility.h"
#include "services/scheduler/engine/nested.h"
#include "services/scheduler/engine/person.h"
#include "services/scheduler/engine/reasons.h"
#include "services/scheduler/engine/room.h"

namespace matchgo::scheduler::engine {
namespace {

constexpr std::array<std::string_view, 3> kMechanismNames = {"score", "priority", "nested"};

Status Refuse(const char* text) { return Precondition(Reason{reasons::kCommitmentsInvalid, text}); }

Clearing Prepare(const Market& market, const Commitments& commitments, Mechanism mechanism) {
  Clearing clearing;
  clearing.mechanism = mechanism;
  clearing.commitments = commitments;
  clearing.frozen_switcher.assign(market.switchers.size(), 0);
  clearing.participants.assign(market.starts.size(), 0);
  return clearing;
}

// Holdings of frozen contracts and of a state, in the order of switchers.
void TakeHoldings(const CandidateIndex& index, const CohortState& state, Clearing& clearing) {
  const Market& market = index.market();
  for (const Contract& c : clearing.commitments.frozen) {
    clearing.frozen_switcher[static_cast<size_t>(c.switcher)] = 1;
  }
  auto frozen = clearing.commitments.frozen.begin();
  for (int32_t s = 0; s < market.switcher_count(); ++s) {
    if (clearing.IsFrozen(s)) {
      const Contract& c = *frozen++;
      clearing.holdings.push_back({c.switcher, c.vacancy, c.start, ScoreIn(index, c)});
    } else if (const auto held = state.HeldBy(s)) {
      clearing.holdings.push_back(*held);
    } else {
      continue;
    }
    clearing.total_score += clearing.holdings.back().score;
  }
  for (int32_t p = 0; p < market.start_count(); ++p) {
    clearing.participants[static_cast<size_t>(p)] = state.LoadOf(p);
  }
}

int64_t FrozenScore(const CandidateIndex& index, const Commitments& commitments) {
  int64_t score = 0;
  for (const Contract& contract : commitments.frozen) score += ScoreIn(index, contract);
  return score;
}

void TakeOpenSet(OpenSet open_set, Clearing& clearing) {
  clearing.open_set = open_set.method;
  clearing.closed = std::move(open_set.closed);
  clearing.groups = std::move(open_set.groups);
}

StatusOr<Clearing> ClearNested(const CandidateIndex& index, const Commitments& commitments) {
  const Market& market = index.market();
  const StatusOr<Nesting> nesting = FindNesting(market);
  if (!nesting.ok()) return nesting.status();
  const Room room(market, commitments);
  NestedState state(index, commitments, room, *nesting);
  Clearing clearing = Prepare(market, commitments, Mechanism::kNested);
  clearing.total_score_minima_ignored = FrozenScore(index, commitments) + state.total_score();
  TakeOpenSet(CloseWhereShort(market, room.participants, state), clearing);
  TakeHoldings(index, state, clearing);
  for (int32_t s = 0; s < market.switcher_count(); ++s) {
    const bool any = std::ranges::any_of(index.GivenToSwitcher(s), [&](int32_t i) {
      const Contract& contract = index.given()[static_cast<size_t>(i)].contract;
      return !std::ranges::binary_search(commitments.declined, contract);
    });
    if (!any) clearing.hopeless.push_back(s);
  }
  return clearing;
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

const KnownContract* Clearing::HeldBy(int32_t switcher) const {
  const auto found = std::ranges::lower_bound(holdings, switcher, {}, &KnownContract::switcher);
  return found == holdings.end() || found->switcher != switcher ? nullptr : &*found;
}

Status Validate(const Market& market, const Commitments& commitments) {
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
    if (!Check(market, contract).feasible) return Refuse("a frozen contract is feasible");
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

int32_t ScoreIn(const CandidateIndex& index, const Contract& contract) {
  const Market& market = index.market();
  if (market.bare) return market.FindTriple(contract)->score;
  const Verdict verdict = Check(market, contract);
  CHECK(verdict.feasible);
  return ScoreOf(PartsOf(market, contract, verdict.modules, verdict.ready), index.weights());
}

Clearing MakeClearing(const CandidateIndex& index, const Commitments& commitments,
                      Mechanism mechanism, ExactState& state) {
  Clearing clearing = Prepare(index.market(), commitments, mechanism);
  TakeHoldings(index, state, clearing);
  std::vector<int32_t> left;
  for (int32_t s = 0; s < index.market().switcher_count(); ++s) {
    if (clearing.HeldBy(s) == nullptr) left.push_back(s);
  }
  clearing.hopeless = state.Hopeless(left, commitments.declined);
  return clearing;
}

ClearedState ClearAndKeep(const CandidateIndex& index, const Commitments& commitments,
                          const ClearOptions& options, Parallel& parallel,
                          const ClearObserver& observer) {
  CHECK(options.mechanism != Mechanism::kNested);
  const Market& market = index.market();
  const bool by_score = options.mechanism == Mechanism::kScore;
  ClearedState cleared;
  cleared.state = std::make_unique<ExactState>(
      index, commitments, by_score ? TakingOrder::kByPlace : TakingOrder::kBySwitcher,
      options.search, parallel, observer);
  ExactState& state = *cleared.state;
  const int64_t minima_ignored = FrozenScore(index, commitments) + state.total_score();
  if (observer) observer("minima ignored", 1, 1);
  OpenSet open_set = by_score
                         ? ChooseForTotal(market, options.cohorts, observer, state)
                         : CloseWhereShort(market, Room(market, commitments).participants, state);
  cleared.clearing = MakeClearing(index, commitments, options.mechanism, state);
  cleared.clearing.total_score_minima_ignored = minima_ignored;
  TakeOpenSet(std::move(open_set), cleared.clearing);
  return cleared;
}

StatusOr<Clearing> Clear(const CandidateIndex& index, const ClearOptions& options,
                         Parallel& parallel, const ClearObserver& observer) {
  return Clear(index, index.market().commitments, options, parallel, observer);
}

StatusOr<Clearing> Clear(const CandidateIndex& index, const Commitments& commitments,
                         const ClearOptions& options, Parallel& parallel,
                         const ClearObserver& observer) {
  if (Status status = Validate(index.market(), commitments); !status.ok()) return status;
  if (options.mechanism == Mechanism::kNested) return ClearNested(index, commitments);
  return ClearAndKeep(index, commitments, options, parallel, observer).clearing;
}

}  // namespace matchgo::scheduler::engine
