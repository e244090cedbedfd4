#include "services/scheduler/engine/live_outcome.h"

#include <algorithm>
#include <map>
#include <utility>

#include "common/base/check.h"
#include "services/scheduler/engine/cohort_search.h"

namespace matchgo::scheduler::engine {
namespace {

using Id = KnownContracts::Id;

void InsertSorted(std::vector<Contract>& contracts, const Contract& contract) {
  const auto at = std::ranges::lower_bound(contracts, contract);
  if (at == contracts.end() || *at != contract) contracts.insert(at, contract);
}

}  // namespace

LiveOutcome::LiveOutcome(const CandidateIndex& index, ClearedState cleared, RepairMode mode)
    : index_(index),
      mode_(mode),
      mechanism_(cleared.clearing.mechanism),
      open_set_(cleared.clearing.open_set),
      total_score_minima_ignored_(cleared.clearing.total_score_minima_ignored),
      commitments_(std::move(cleared.clearing.commitments)),
      state_(std::move(cleared.state)),
      frozen_at_vacancy_(index.market().vacancies.size(), 0),
      frozen_at_start_(index.market().starts.size(), 0),
      is_touched_switcher_(index.market().switchers.size(), 0),
      is_touched_vacancy_(index.market().vacancies.size(), 0),
      is_touched_start_(index.market().starts.size(), 0) {
  for (const Contract& contract : commitments_.frozen) {
    ++frozen_at_vacancy_[static_cast<size_t>(contract.vacancy)];
    if (!contract.direct()) ++frozen_at_start_[static_cast<size_t>(contract.start)];
  }
  if (mode == RepairMode::kNobodyMoves) state_->LetNobodyMove();
}

void LiveOutcome::Stock() {
  CHECK(mode_ == RepairMode::kStable);
  const auto take = [](std::vector<int32_t>& list, std::vector<uint8_t>& flags) {
    for (const int32_t party : list) flags[static_cast<size_t>(party)] = 0;
    return std::exchange(list, {});
  };
  std::vector<int32_t> switchers = take(switchers_, is_touched_switcher_);
  std::vector<int32_t> vacancies = take(vacancies_, is_touched_vacancy_);
  take(starts_, is_touched_start_);
  if (std::exchange(stocked_, true)) {
    state_->StockFor(std::move(switchers), std::move(vacancies));
  } else {
    state_->Stock();
  }
}

void LiveOutcome::Accept(int32_t switcher) {
  const auto held = state_->HeldBy(switcher);
  CHECK(held.has_value());
  InsertSorted(commitments_.frozen, held->contract());
  ++frozen_at_vacancy_[static_cast<size_t>(held->vacancy)];
  if (held->start != kNone) ++frozen_at_start_[static_cast<size_t>(held->start)];
  state_->Freeze(switcher);
}

Repaired LiveOutcome::Decline(const Contract& contract) {
  InsertSorted(commitments_.declined, contract);
  return Change([&] { state_->Refuse(contract); });
}

Repaired LiveOutcome::Withdraw(int32_t switcher) {
  return Change([&] { state_->SetSeat(switcher, 0); });
}

Repaired LiveOutcome::SetOpenings(int32_t vacancy, int32_t openings) {
  const int32_t free = openings - frozen_at_vacancy_[static_cast<size_t>(vacancy)];
  return Change([&] { state_->SetOpenings(vacancy, free); });
}

Repaired LiveOutcome::SetCapacity(int32_t start, int32_t capacity) {
  const int32_t free = capacity - frozen_at_start_[static_cast<size_t>(start)];
  return Change([&] { state_->SetPlaces(start, free); });
}

// A trial that is kept: it remembers what happened.
Repaired LiveOutcome::Change(const std::function<void()>& change) {
  Repaired repaired;
  const StableState::Mark mark = state_->BeginTrial();
  change();
  while (const auto worst = WorstFilled(index_.market(), *state_)) {
    state_->Close(*worst);
    repaired.starts_closed.push_back(*worst);
  }
  repaired.moves = MovesSince(mark);
  state_->KeepTrial();
  if (mode_ == RepairMode::kNobodyMoves) repaired.blocking = CountBlocking();
  return repaired;
}

// A contract that was flipped an odd number of times changed hands.
std::vector<Move> LiveOutcome::MovesSince(const StableState::Mark& mark) {
  const auto flips = state_->state().flips().subspan(mark.flips);
  std::vector<Id> ids(flips.begin(), flips.end());
  std::ranges::sort(ids);
  std::map<int32_t, Move> moves;
  for (size_t begin = 0; begin < ids.size();) {
    size_t end = begin;
    while (end < ids.size() && ids[end] == ids[begin]) ++end;
    const KnownContract& contract = state_->known().at(ids[begin]);
    Touch(contract);
    if ((end - begin) % 2 != 0) {
      Move& move = moves[contract.switcher];
      move.switcher = contract.switcher;
      (state_->state().IsTaken(ids[begin]) ? move.after : move.before) = contract;
    }
    begin = end;
  }
  std::vector<Move> list;
  list.reserve(moves.size());
  for (const auto& [switcher, move] : moves) list.push_back(move);
  return list;
}

void LiveOutcome::Touch(const KnownContract& contract) {
  const auto touch = [](std::vector<int32_t>& list, std::vector<uint8_t>& flags, int32_t party) {
    if (std::exchange(flags[static_cast<size_t>(party)], 1) == 0) list.push_back(party);
  };
  touch(switchers_, is_touched_switcher_, contract.switcher);
  touch(vacancies_, is_touched_vacancy_, contract.vacancy);
  if (contract.start != kNone) touch(starts_, is_touched_start_, contract.start);
}

// Each contract once: at its vacancy, else at its start, else at its switcher.
int64_t LiveOutcome::CountBlocking() const {
  const KnownContracts& known = state_->known();
  int64_t blocking = 0;
  for (const int32_t v : vacancies_) {
    blocking += std::ranges::count_if(known.OfVacancy(v),
                                      [&](Id id) { return state_->state().Blocks(id); });
  }
  const auto at_touched_vacancy = [&](Id id) {
    return is_touched_vacancy_[static_cast<size_t>(known.at(id).vacancy)] != 0;
  };
  for (const int32_t p : starts_) {
    blocking += std::ranges::count_if(known.OfStart(p), [&](Id id) {
      return !at_touched_vacancy(id) && state_->state().Blocks(id);
    });
  }
  for (const int32_t s : switchers_) {
    blocking += std::ranges::count_if(known.OfSwitcher(s), [&](Id id) {
      const int32_t p = known.at(id).start;
      return !at_touched_vacancy(id) &&
             (p == kNone || is_touched_start_[static_cast<size_t>(p)] == 0) &&
             state_->state().Blocks(id);
    });
  }
  return blocking;
}

Clearing LiveOutcome::Now() {
  Clearing clearing = MakeClearing(index_, commitments_, mechanism_, *state_);
  clearing.open_set = open_set_;
  clearing.total_score_minima_ignored = total_score_minima_ignored_;
  for (int32_t p = 0; p < index_.market().start_count(); ++p) {
    if (!clearing.Runs(p)) clearing.closed.push_back({p, LoadIfOpened(p, *state_)});
  }
  return clearing;
}

}  // namespace matchgo::scheduler::engine
