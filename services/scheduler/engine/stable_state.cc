#include "services/scheduler/engine/stable_state.h"

#include <algorithm>

#include "common/base/check.h"

namespace matchgo::scheduler::engine {
namespace {

constexpr auto kBeforeAll = KnownContracts::kBeforeAll;
constexpr auto kBehindAll = KnownContracts::kBehindAll;

std::vector<uint8_t> SeatsOf(const Room& room) {
  std::vector<uint8_t> seats;
  seats.reserve(room.settled.size());
  for (const uint8_t settled : room.settled) seats.push_back(settled != 0 ? 0 : 1);
  return seats;
}

}  // namespace

KnownContracts::Id StableState::Side::Limit(int32_t party) const {
  const int32_t seats = room[static_cast<size_t>(party)];
  if (seats <= 0) return kBeforeAll;
  const std::span<const Id> ids = taken[party];
  return ids.size() < static_cast<size_t>(seats) ? kBehindAll : ids[static_cast<size_t>(seats) - 1];
}

StableState::StableState(const Market& market, const KnownContracts& known, const Room& room)
    : market_(market),
      known_(known),
      open_(room.places.size(), 1),
      seats_(SeatsOf(room)),
      held_(seats_.size(), kBehindAll),
      vacancies_(room.openings),
      starts_(room.places),
      frozen_in_(room.participants),
      short_at_(room.places.size(), kNone),
      events_(Later{&known}) {}

void StableState::TakeAllThatFit(std::span<const Id> new_ids) {
  const std::vector<uint8_t> before = std::exchange(flags_, {});
  flags_.resize(known_.size(), 0);
  for (size_t old = 0; old < before.size(); ++old) flags_[new_ids[old]] = before[old] & kRefused;
  std::ranges::fill(held_, kBehindAll);
  // Room for what can be taken, so that no list grows on the way.
  const auto empty = [](Side& side, auto list_of) {
    std::vector<uint32_t> counts;
    counts.reserve(side.room.size());
    for (size_t i = 0; i < side.room.size(); ++i) {
      const size_t known = list_of(static_cast<int32_t>(i)).size();
      const auto seats = static_cast<size_t>(std::max(side.room[i], 0));
      counts.push_back(static_cast<uint32_t>(std::min(known, seats)));
    }
    side.taken.Reset(counts);
  };
  empty(vacancies_, [this](int32_t v) { return known_.OfVacancy(v); });
  empty(starts_, [this](int32_t p) { return known_.OfStart(p); });
  for (const int32_t p : short_) short_at_[static_cast<size_t>(p)] = kNone;
  short_.clear();
  total_score_ = 0;
  matched_ = 0;
  const auto count = static_cast<Id>(known_.size());
  for (Id id = 0; id < count; ++id) {
    if (Fits(id)) Toggle(id);
  }
  ForgetFlips();
}

void StableState::Learn(std::span<const Id> added) {
  flags_.resize(known_.size(), 0);
  for (const Id id : added) Look(id);
  Settle();
}

bool StableState::Fits(Id id) const {
  if (nobody_moves_ && !IsTaken(id)) {
    const KnownContract& contract = known_.at(id);
    if (HeldBy(contract.switcher) != kBehindAll ||
        vacancies_.Limit(contract.vacancy) != kBehindAll ||
        (contract.start != kNone && LimitOfStart(contract.start) != kBehindAll)) {
      return false;
    }
  }
  return FitsTheOrder(id);
}

bool StableState::Blocks(Id id) const { return !IsTaken(id) && FitsTheOrder(id); }

// Whether it is to be taken, given what is taken before it. A limit counts a taken contract
// itself and others not: the same comparison serves both.
bool StableState::FitsTheOrder(Id id) const {
  if ((flags_[id] & kRefused) != 0) return false;
  const KnownContract& contract = known_.at(id);
  if (seats_[static_cast<size_t>(contract.switcher)] == 0) return false;
  if (known_.Before(held_[static_cast<size_t>(contract.switcher)], id)) return false;
  if (contract.start != kNone && known_.Before(LimitOfStart(contract.start), id)) return false;
  return !known_.Before(vacancies_.Limit(contract.vacancy), id);
}

int32_t StableState::SeatsFor(Id id) const {
  const int32_t v = known_.at(id).vacancy;
  const auto before =
      std::ranges::count_if(vacancies_.taken[v], [&](Id held) { return known_.Before(held, id); });
  return vacancies_.room[static_cast<size_t>(v)] - static_cast<int32_t>(before);
}

void StableState::Open(int32_t start) {
  if (std::exchange(open_[static_cast<size_t>(start)], 1) != 0) return;
  switches_.push_back(start);
  Scan(Scope::kStart, start, kBeforeAll);
  Settle();
}

void StableState::Close(int32_t start) {
  if (std::exchange(open_[static_cast<size_t>(start)], 0) == 0) return;
  switches_.push_back(start);
  for (const Id id : starts_.taken[start]) Look(id);
  Settle();
}

void StableState::Refuse(Id id) {
  flags_.resize(known_.size(), 0);
  flags_[id] |= kRefused;
  Look(id);
  Settle();
}

void StableState::SetOpenings(int32_t vacancy, int32_t room) {
  SetRoom(vacancies_, Scope::kVacancy, vacancy, room);
}

void StableState::SetPlaces(int32_t start, int32_t room) {
  SetRoom(starts_, Scope::kStart, start, room);
}

void StableState::SetRoom(Side& side, Scope scope, int32_t party, int32_t room) {
  const Id before = LimitOf(scope, party);
  side.room[static_cast<size_t>(party)] = room;
  for (const Id id : side.taken[party]) {
    if (known_.Before(side.Limit(party), id)) Look(id);
  }
  if (before != kBehindAll) Scan(scope, party, before);
  Settle();
}

void StableState::SetSeat(int32_t switcher, int32_t room) {
  const auto s = static_cast<size_t>(switcher);
  const bool had = std::exchange(seats_[s], room > 0 ? 1 : 0) != 0;
  if (had && seats_[s] == 0 && held_[s] != kBehindAll) Look(held_[s]);
  if (!had && seats_[s] != 0) Scan(Scope::kSwitcher, switcher, kBeforeAll);
  Settle();
}

void StableState::Freeze(Id id) {
  CHECK(IsTaken(id));
  const KnownContract& contract = known_.at(id);
  Toggle(id);
  flips_.pop_back();
  seats_[static_cast<size_t>(contract.switcher)] = 0;
  --vacancies_.room[static_cast<size_t>(contract.vacancy)];
  if (contract.start == kNone) return;
  --starts_.room[static_cast<size_t>(contract.start)];
  ++frozen_in_[static_cast<size_t>(contract.start)];
  NoteLoad(contract.start);
}

// Whatever an event changes lies behind it, so events come out in order and none comes too late.
void StableState::Settle() {
  while (!events_.empty()) {
    const Event event = events_.top();
    events_.pop();
    Run(event);
  }
}

void StableState::Run(Event event) {
  for (;;) {
    if (Fits(event.id) != IsTaken(event.id)) Flip(event.id);
    if (event.scope == Scope::kAlone) return;
    const std::span<const Id> list = ListOf(event.scope, event.party);
    if (event.next >= list.size()) return;
    event.id = list[event.next++];
    if (known_.Before(LimitOf(event.scope, event.party), event.id)) return;
    if (!events_.empty() && known_.Before(events_.top().id, event.id)) {
      events_.push(event);
      return;
    }
  }
}

// The last seat of a party may go to a better contract; its holder is looked at when its turn
// comes. By then it may have lost its place at another party and have freed both seats at once,
// which is why nobody is evicted here.
void StableState::Flip(Id id) {
  const KnownContract contract = known_.at(id);
  const Id s_limit = LimitOf(Scope::kSwitcher, contract.switcher);
  const Id v_limit = LimitOf(Scope::kVacancy, contract.vacancy);
  const Id p_limit = contract.start == kNone ? kBehindAll : LimitOf(Scope::kStart, contract.start);
  Toggle(id);
  const bool taken = IsTaken(id);
  const auto follow = [&](Scope scope, int32_t party, Id limit) {
    if (limit == kBehindAll) return;
    if (taken) {
      if (limit != kBeforeAll) Look(limit);
    } else if (!known_.Before(limit, id)) {
      Scan(scope, party, limit);
    }
  };
  follow(Scope::kSwitcher, contract.switcher, s_limit);
  follow(Scope::kVacancy, contract.vacancy, v_limit);
  if (contract.start != kNone) follow(Scope::kStart, contract.start, p_limit);
}

void StableState::Toggle(Id id) {
  const KnownContract& contract = known_.at(id);
  flags_[id] ^= kTaken;
  flips_.push_back(id);
  const bool taken = IsTaken(id);
  Id& held = held_[static_cast<size_t>(contract.switcher)];
  if (taken) {
    if (known_.Before(id, held)) held = id;
    Add(vacancies_, contract.vacancy, id);
    if (contract.start != kNone) Add(starts_, contract.start, id);
    total_score_ += contract.score;
    ++matched_;
  } else {
    if (held == id) {
      const auto list = known_.OfSwitcher(contract.switcher);
      const auto next = std::ranges::find_if(list, [this](Id other) { return IsTaken(other); });
      held = next == list.end() ? kBehindAll : *next;
    }
    Remove(vacancies_, contract.vacancy, id);
    if (contract.start != kNone) Remove(starts_, contract.start, id);
    total_score_ -= contract.score;
    --matched_;
  }
  if (contract.start != kNone) NoteLoad(contract.start);
}

void StableState::Add(Side& side, int32_t party, Id id) {
  const std::span<const Id> ids = side.taken[party];
  size_t at = ids.size();
  while (at > 0 && known_.Before(id, ids[at - 1])) --at;
  side.taken.InsertAt(party, at, id);
}

void StableState::Remove(Side& side, int32_t party, Id id) {
  const std::span<const Id> ids = side.taken[party];
  side.taken.EraseAt(party, static_cast<size_t>(std::ranges::find(ids, id) - ids.begin()));
}

// Only a party that turned contracts away looks for another one, and only behind its old limit.
void StableState::Scan(Scope scope, int32_t party, Id behind) {
  const std::span<const Id> list = ListOf(scope, party);
  // What was passed over because somebody would have had to move may be free now.
  if (nobody_moves_) behind = kBeforeAll;
  const auto first = std::ranges::partition_point(
      list, [&](Id id) { return id == behind || known_.Before(id, behind); });
  if (first == list.end() || known_.Before(LimitOf(scope, party), *first)) return;
  const auto next = static_cast<uint32_t>(first - list.begin()) + 1;
  events_.push({*first, scope, party, next});
}

std::span<const KnownContracts::Id> StableState::ListOf(Scope scope, int32_t party) const {
  switch (scope) {
    case Scope::kSwitcher:
      return known_.OfSwitcher(party);
    case Scope::kVacancy:
      return known_.OfVacancy(party);
    default:
      return known_.OfStart(party);
  }
}

KnownContracts::Id StableState::LimitOf(Scope scope, int32_t party) const {
  switch (scope) {
    case Scope::kSwitcher:
      return HasSeat(party) ? HeldBy(party) : kBeforeAll;
    case Scope::kVacancy:
      return vacancies_.Limit(party);
    default:
      return LimitOfStart(party);
  }
}

void StableState::NoteLoad(int32_t start) {
  const auto p = static_cast<size_t>(start);
  const int32_t load = starts_.Taken(start);
  const bool is_short = load > 0 && FrozenIn(start) == 0 && load < market_.start(start).min;
  int32_t& at = short_at_[p];
  if (is_short == (at != kNone)) return;
  if (is_short) {
    at = static_cast<int32_t>(short_.size());
    short_.push_back(start);
    return;
  }
  const int32_t last = short_.back();
  short_[static_cast<size_t>(at)] = last;
  short_at_[static_cast<size_t>(last)] = at;
  at = kNone;
  short_.pop_back();
}

void StableState::GoBackTo(const Mark& mark) {
  CHECK(mark.flips <= flips_.size() && mark.switches <= switches_.size());
  while (flips_.size() > mark.flips) {
    const Id id = flips_.back();
    flips_.pop_back();
    Toggle(id);
    flips_.pop_back();
  }
  while (switches_.size() > mark.switches) {
    open_[static_cast<size_t>(switches_.back())] ^= 1U;
    switches_.pop_back();
  }
}

void StableState::ForgetFlips() {
  flips_.clear();
  switches_.clear();
}

}  // namespace matchgo::scheduler::engine
