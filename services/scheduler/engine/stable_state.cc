#include "services/scheduler/engine/stable_state.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace matchgo::scheduler::engine {
namespace {

constexpr int32_t kNever = std::numeric_limits<int32_t>::max();

}  // namespace

int32_t StableState::Party::Limit() const {
  if (taken.size() < static_cast<size_t>(room)) return kNever;
  return room == 0 ? kNone : taken[static_cast<size_t>(room) - 1];
}

StableState::StableState(const LiveContracts& live, std::vector<uint8_t> open)
    : live_(live),
      open_(std::move(open)),
      switchers_(live.room().settled.size()),
      vacancies_(live.room().openings.size()),
      starts_(live.room().places.size()),
      taken_(live.all().size(), 0) {
  for (size_t i = 0; i < switchers_.size(); ++i) {
    switchers_[i].room = live.room().settled[i] != 0 ? 0 : 1;
  }
  for (size_t i = 0; i < vacancies_.size(); ++i) vacancies_[i].room = live.room().openings[i];
  for (size_t i = 0; i < starts_.size(); ++i) starts_[i].room = live.room().places[i];
  TakeAllThatFit();
}

void StableState::TakeAllThatFit() {
  const auto count = static_cast<int32_t>(taken_.size());
  for (int32_t position = 0; position < count; ++position) {
    if (!Fits(position)) continue;
    const LiveContract& contract = live_.at(position);
    taken_[static_cast<size_t>(position)] = 1;
    switchers_[static_cast<size_t>(contract.switcher)].taken.push_back(position);
    vacancies_[static_cast<size_t>(contract.vacancy)].taken.push_back(position);
    if (contract.start != kNone) {
      starts_[static_cast<size_t>(contract.start)].taken.push_back(position);
    }
    total_score_ += contract.score;
    ++matched_;
  }
}

// Whether the position is to be taken, given what is taken before it. For a taken position Limit
// counts the position itself, for others it does not: the same comparison serves both.
bool StableState::Fits(int32_t position) const {
  const LiveContract& contract = live_.at(position);
  if (contract.start != kNone) {
    const auto p = static_cast<size_t>(contract.start);
    if (open_[p] == 0 || starts_[p].Limit() < position) return false;
  }
  return switchers_[static_cast<size_t>(contract.switcher)].Limit() >= position &&
         vacancies_[static_cast<size_t>(contract.vacancy)].Limit() >= position;
}

void StableState::Open(int32_t start) {
  if (std::exchange(open_[static_cast<size_t>(start)], 1) != 0) return;
  Scan(starts_[static_cast<size_t>(start)], live_.of_start()[start], kNone);
  Settle();
}

void StableState::Close(int32_t start) {
  if (std::exchange(open_[static_cast<size_t>(start)], 0) == 0) return;
  for (const int32_t position : starts_[static_cast<size_t>(start)].taken) Look(position);
  Settle();
}

int32_t StableState::LoadOf(int32_t start) const {
  const auto p = static_cast<size_t>(start);
  return static_cast<int32_t>(starts_[p].taken.size()) + live_.room().participants[p];
}

int32_t StableState::HeldBy(int32_t switcher) const {
  const std::vector<int32_t>& taken = switchers_[static_cast<size_t>(switcher)].taken;
  return taken.empty() ? kNone : taken.front();
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
    const bool taken = taken_[static_cast<size_t>(event.position)] != 0;
    if (Fits(event.position) != taken) Flip(event.position);
    if (event.rest.empty() || event.party->Limit() < event.rest.front()) return;
    event.position = event.rest.front();
    event.rest = event.rest.subspan(1);
    if (!events_.empty() && events_.top().position < event.position) {
      events_.push(event);
      return;
    }
  }
}

void StableState::Flip(int32_t position) {
  const LiveContract& contract = live_.at(position);
  uint8_t& taken = taken_[static_cast<size_t>(position)];
  taken ^= 1U;
  const int sign = taken != 0 ? 1 : -1;
  total_score_ += sign * contract.score;
  matched_ += sign;

  Party& switcher = switchers_[static_cast<size_t>(contract.switcher)];
  Party& vacancy = vacancies_[static_cast<size_t>(contract.vacancy)];
  Party* start = contract.start == kNone ? nullptr : &starts_[static_cast<size_t>(contract.start)];
  if (taken != 0) {
    Add(switcher, position);
    Add(vacancy, position);
    if (start != nullptr) Add(*start, position);
  } else {
    Remove(switcher, position, live_.of_switcher()[contract.switcher]);
    Remove(vacancy, position, live_.of_vacancy()[contract.vacancy]);
    if (start == nullptr) return;
    // A closed start looks for nobody else.
    const bool open = IsOpen(contract.start);
    Remove(*start, position, open ? live_.of_start()[contract.start] : std::span<const int32_t>());
  }
}

// The party's last seat goes to a better contract; its holder is looked at when its turn comes. By
// then it may have lost its place at another party and have freed both seats at once, which is why
// nobody is evicted here.
void StableState::Add(Party& party, int32_t position) {
  const int32_t limit = party.Limit();
  if (limit != kNever) Look(limit);
  party.taken.insert(std::ranges::lower_bound(party.taken, position), position);
}

// Only a party that turned contracts away looks for another one, and only behind its old limit.
void StableState::Remove(Party& party, int32_t position, std::span<const int32_t> list) {
  const int32_t limit = party.Limit();
  party.taken.erase(std::ranges::lower_bound(party.taken, position));
  if (limit != kNever && position <= limit) Scan(party, list, limit);
}

void StableState::Scan(const Party& party, std::span<const int32_t> list, int32_t behind) {
  const auto first = std::ranges::upper_bound(list, behind);
  const std::span<const int32_t> rest(first, list.end());
  if (rest.empty() || party.Limit() < rest.front()) return;
  events_.push({rest.front(), &party, rest.subspan(1)});
}

}  // namespace matchgo::scheduler::engine
