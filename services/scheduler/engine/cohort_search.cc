#include "services/scheduler/engine/cohort_search.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <map>
#include <set>

namespace matchgo::scheduler::engine {

bool NoneIsShort(const std::vector<int32_t>& starts, const Market& market,
                 const ExactState& state) {
  return std::ranges::none_of(starts, [&](int32_t p) {
    const int32_t load = state.LoadOf(p);
    return load > 0 && load < market.start(p).min && state.state().FrozenIn(p) == 0;
  });
}

void CloseEmpty(const std::vector<int32_t>& starts, ExactState& state) {
  for (const int32_t p : starts) {
    if (state.LoadOf(p) == 0) state.Close(p);
  }
}

std::optional<int32_t> WorstFilled(const Market& market, const ExactState& state) {
  std::optional<int32_t> worst;
  for (const int32_t p : state.state().ShortStarts()) {
    if (!worst) {
      worst = p;
      continue;
    }
    const int64_t here = int64_t{state.LoadOf(p)} * market.start(*worst).min;
    const int64_t there = int64_t{state.LoadOf(*worst)} * market.start(p).min;
    if (here < there || (here == there && p < *worst)) worst = p;
  }
  return worst;
}

int32_t LoadIfOpened(int32_t start, ExactState& state) {
  const StableState::Mark mark = state.BeginTrial();
  state.Open(start);
  const int32_t load = state.LoadOf(start);
  state.UndoTrial(mark);
  return load;
}

// Takes the best contract of everybody who prefers it, as long as its vacancy has a seat that
// nobody better holds.
WillingGroup FindWillingGroup(const Market& market, int32_t start, const ExactState& exact) {
  const StableState& state = exact.state();
  const KnownContracts& known = exact.known();
  WillingGroup group{.start = start};
  std::map<int32_t, int32_t> seats_taken;
  std::set<int32_t> people;
  for (const KnownContracts::Id id : known.OfStart(start)) {
    const KnownContract& contract = known.at(id);
    if (people.size() == static_cast<size_t>(std::max(state.FreePlaces(start), 0))) break;
    if (state.IsRefused(id) || !state.HasSeat(contract.switcher) ||
        people.contains(contract.switcher) || !known.Before(id, state.HeldBy(contract.switcher))) {
      continue;
    }
    int32_t& taken = seats_taken[contract.vacancy];
    if (state.SeatsFor(id) <= taken) continue;
    ++taken;
    people.insert(contract.switcher);
  }
  const auto least = static_cast<size_t>(std::max(market.start(start).min, 1));
  if (people.size() >= least) group.switchers.assign(people.begin(), people.end());
  return group;
}

CohortSearch::CohortSearch(const Market& market, const CohortLimits& limits,
                           const ClearObserver& observer, ExactState& state)
    : market_(market),
      limits_(limits),
      observer_(observer),
      state_(state),
      member_(market.starts.size(), 0) {}

void CohortSearch::Run(const std::vector<int32_t>& component) {
  starts_ = component;
  for (const int32_t p : starts_) member_[static_cast<size_t>(p)] = 1;
  if (starts_.size() <= limits_.thorough_starts && state_.lists_all()) {
    SearchFromAllSides();
  } else {
    CloseShort();
    CloseEmpty(starts_, state_);
    while (state_.lists_all() && ChangeSingleStarts()) continue;
  }
  for (const int32_t p : starts_) member_[static_cast<size_t>(p)] = 0;
}

std::vector<ClosedStartLoad> CohortSearch::FinishLoads() {
  std::vector<ClosedStartLoad> closed;
  for (bool improved = true; improved;) {
    improved = false;
    closed.clear();
    for (int32_t p = 0; p < market_.start_count(); ++p) {
      if (state_.LoadOf(p) > 0) continue;
      const CohortValue before = ValueOf(state_);
      const StableState::Mark mark = state_.BeginTrial();
      state_.Open(p);
      if (state_.state().ShortStarts().empty() && ValueOf(state_) > before) {
        state_.KeepTrial();
        improved = true;
        for (int32_t other = 0; other < market_.start_count(); ++other) {
          if (state_.LoadOf(other) == 0 && state_.IsOpen(other)) state_.Close(other);
        }
        continue;
      }
      closed.push_back({p, state_.LoadOf(p)});
      state_.UndoTrial(mark);
      if (observer_) observer_("closed starts", p + 1, market_.start_count());
    }
  }
  return closed;
}

std::optional<int32_t> CohortSearch::WorstShort() const {
  std::optional<int32_t> worst;
  for (const int32_t p : state_.state().ShortStarts()) {
    if (member_[static_cast<size_t>(p)] == 0) continue;
    if (!worst || ClosesBefore(p, *worst)) worst = p;
  }
  return worst;
}

bool CohortSearch::ClosesBefore(int32_t a, int32_t b) const {
  const int64_t load_a = state_.LoadOf(a);
  const int64_t load_b = state_.LoadOf(b);
  const int64_t min_a = market_.start(a).min;
  const int64_t min_b = market_.start(b).min;
  int64_t left = 0;
  int64_t right = 0;
  switch (misery_) {
    case Misery::kShare:
      left = load_a * min_b;
      right = load_b * min_a;
      break;
    case Misery::kMissing:
      left = load_a - min_a;
      right = load_b - min_b;
      break;
    case Misery::kLoad:
      left = load_a;
      right = load_b;
      break;
  }
  return left != right ? left < right : a < b;
}

// Loads are not monotone: whoever is released may bump somebody out of another start.
void CohortSearch::CloseShort() {
  for (;;) {
    const std::optional<int32_t> first = WorstShort();
    if (!first) return;
    for (std::optional<int32_t> p = first; p; p = WorstShort()) state_.CloseRoughly(*p);
    state_.Complete();
  }
}

void CohortSearch::SearchFromAllSides() {
  const Flags all = OpenFlags();
  CohortValue best{-1, -1};
  Flags best_open;
  const auto finish = [&] {
    Improve();
    if (ValueOf(state_) <= best) return;
    best = ValueOf(state_);
    best_open = OpenFlags();
  };
  for (const Misery misery : {Misery::kShare, Misery::kMissing, Misery::kLoad}) {
    misery_ = misery;
    SetAll(all);
    CloseShort();
    finish();
  }
  misery_ = Misery::kShare;
  SetAll(Flags(starts_.size(), 0));
  OpenOneByOne();
  finish();
  SetAll(best_open);
}

// Always the one that helps most.
void CohortSearch::OpenOneByOne() {
  for (;;) {
    std::optional<int32_t> choice;
    CohortValue best = ValueOf(state_);
    for (const int32_t p : starts_) {
      if (state_.IsOpen(p)) continue;
      const StableState::Mark mark = state_.BeginTrial();
      state_.Open(p);
      if (NoneIsShort(starts_, market_, state_) && ValueOf(state_) > best) {
        best = ValueOf(state_);
        choice = p;
      }
      state_.UndoTrial(mark);
    }
    if (!choice) return;
    state_.Open(*choice);
    CloseEmpty(starts_, state_);
  }
}

// Until no small change is left that helps, cheapest kind first.
void CohortSearch::Improve() {
  CloseEmpty(starts_, state_);
  for (;;) {
    if (ChangeSingleStarts()) continue;
    if (SwapStarts()) continue;
    bool improved = false;
    for (const int32_t p : starts_) improved = EnumerateAround(p) || improved;
    if (!improved) return;
  }
}

bool CohortSearch::ChangeSingleStarts() {
  bool improved = false;
  for (const int32_t p : starts_) {
    improved = Try([&] { Set(p, !state_.IsOpen(p)); }) || improved;
  }
  return improved;
}

bool CohortSearch::SwapStarts() {
  bool improved = false;
  for (const int32_t open : starts_) {
    for (const int32_t close : starts_) {
      if (state_.IsOpen(open) || !state_.IsOpen(close)) continue;
      improved = Try([&] {
                   state_.CloseRoughly(close);
                   state_.Open(open);
                 }) ||
                 improved;
    }
  }
  return improved;
}

// All sets of a start and those that share most people with it, while the others stay as they are
// but for what falls short.
bool CohortSearch::EnumerateAround(int32_t p) {
  const std::vector<int32_t> group = Neighbours(p);
  CohortValue best = ValueOf(state_);
  std::optional<Flags> best_open;
  const StableState::Mark outside = state_.BeginTrial();
  const uint32_t count = uint32_t{1} << group.size();
  for (uint32_t step = 1; step < count; ++step) {
    const int32_t flipped = group[static_cast<size_t>(std::countr_zero(step))];
    Set(flipped, !state_.IsOpen(flipped));
    const StableState::Mark mark = state_.BeginTrial();
    CloseShort();
    if (ValueOf(state_) > best) {
      best = ValueOf(state_);
      best_open = OpenFlags();
    }
    state_.UndoTrial(mark);
  }
  state_.UndoTrial(outside);
  if (!best_open) return false;
  SetAll(*best_open);
  CloseEmpty(starts_, state_);
  return true;
}

std::vector<int32_t> CohortSearch::Neighbours(int32_t p) const {
  const KnownContracts& known = state_.known();
  std::vector<int64_t> shared(market_.starts.size(), 0);
  int32_t last = kNone;
  std::vector<int32_t> people;
  for (const KnownContracts::Id id : known.OfStart(p)) people.push_back(known.at(id).switcher);
  std::ranges::sort(people);
  for (const int32_t s : people) {
    if (std::exchange(last, s) == s) continue;
    for (const KnownContracts::Id id : known.OfSwitcher(s)) {
      const int32_t other = known.at(id).start;
      if (other != kNone) ++shared[static_cast<size_t>(other)];
    }
  }
  std::vector<int32_t> group = starts_;
  std::erase(group, p);
  std::ranges::sort(group, {}, [&](int32_t other) {
    return std::pair(-shared[static_cast<size_t>(other)], other);
  });
  if (group.size() >= limits_.neighbourhood) group.resize(limits_.neighbourhood - 1);
  group.insert(group.begin(), p);
  return group;
}

bool CohortSearch::Try(const std::function<void()>& change) {
  const CohortValue before = ValueOf(state_);
  const StableState::Mark mark = state_.BeginTrial();
  change();
  CloseShort();
  if (ValueOf(state_) <= before) {
    state_.UndoTrial(mark);
    return false;
  }
  state_.KeepTrial();
  CloseEmpty(starts_, state_);
  return true;
}

void CohortSearch::Set(int32_t p, bool open) {
  if (open) {
    state_.Open(p);
  } else {
    state_.Close(p);
  }
}

void CohortSearch::SetAll(const Flags& open) {
  for (size_t i = 0; i < starts_.size(); ++i) Set(starts_[i], open[i] != 0);
}

CohortSearch::Flags CohortSearch::OpenFlags() const {
  Flags open;
  open.reserve(starts_.size());
  for (const int32_t p : starts_) open.push_back(state_.IsOpen(p) ? 1 : 0);
  return open;
}

}  // namespace matchgo::scheduler::engine
