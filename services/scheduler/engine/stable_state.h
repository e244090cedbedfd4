// The one stable outcome of the known contracts, kept while starts open and close, seats come and
// go and contracts become known.
//
// A change repairs locally instead of clearing again: it only travels from better to worse
// contracts, so events are worked off in that order and every decision is final. The result equals
// a fresh clearing, always. Knows nothing of contracts that nobody has found (exact_state.h does).
// Not thread-safe. Test: tests/property/engine_state_property_test.cc
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <queue>
#include <span>
#include <utility>
#include <vector>

#include "services/scheduler/engine/known_contracts.h"
#include "services/scheduler/engine/market.h"
#include "services/scheduler/engine/room.h"

namespace matchgo::scheduler::engine {

class StableState {
 public:
  using Id = KnownContracts::Id;

  // All starts open, nothing taken yet. `market` and `known` must outlive this.
  StableState(const Market& market, const KnownContracts& known, const Room& room);

  // Clears the known contracts again from nothing, after they were arranged. `new_ids`: what
  // Arrange returned.
  void TakeAllThatFit(std::span<const Id> new_ids);
  // After these ids were inserted into the known contracts.
  void Learn(std::span<const Id> added);

  void Open(int32_t start);
  void Close(int32_t start);
  // The contract may not be taken any more.
  void Refuse(Id id);
  // Free seats from now on: what frozen contracts leave.
  void SetOpenings(int32_t vacancy, int32_t room);
  void SetPlaces(int32_t start, int32_t room);
  void SetSeat(int32_t switcher, int32_t room);
  // Takes a held contract out of the market with its seats; nobody else is touched.
  void Freeze(Id id);
  // From now on whoever holds something keeps it, and only free seats are given. What is taken is
  // then the best that people without a contract can have, and no longer stable.
  void LetNobodyMove() { nobody_moves_ = true; }
  // Whether a contract that is not taken would be better for its switcher, and its vacancy and
  // start would take it.
  bool Blocks(Id id) const;

  bool IsOpen(int32_t start) const { return open_[static_cast<size_t>(start)] != 0; }
  bool IsTaken(Id id) const { return (flags_[id] & kTaken) != 0; }
  // kBehindAll when she holds nothing.
  Id HeldBy(int32_t switcher) const { return held_[static_cast<size_t>(switcher)]; }
  bool HasSeat(int32_t switcher) const { return seats_[static_cast<size_t>(switcher)] != 0; }
  // The last contract that fits behind which nothing would be taken: kBehindAll with free room,
  // kBeforeAll without any (a closed start, all seats frozen).
  Id LimitOfVacancy(int32_t vacancy) const { return vacancies_.Limit(vacancy); }
  Id LimitOfStart(int32_t start) const {
    return IsOpen(start) ? starts_.Limit(start) : KnownContracts::kBeforeAll;
  }
  // Seats of its vacancy that nobody before this contract holds.
  int32_t SeatsFor(Id id) const;
  int32_t FreePlaces(int32_t start) const { return starts_.room[static_cast<size_t>(start)]; }
  bool IsRefused(Id id) const { return (flags_[id] & kRefused) != 0; }
  int32_t FrozenIn(int32_t start) const { return frozen_in_[static_cast<size_t>(start)]; }
  // Frozen participants included.
  int32_t LoadOf(int32_t start) const { return starts_.Taken(start) + FrozenIn(start); }
  // Starts with somebody in them, but fewer than their minimum, and nobody frozen. Any order.
  std::span<const int32_t> ShortStarts() const { return short_; }
  // Over what is taken here: frozen contracts not counted.
  int64_t total_score() const { return total_score_; }
  int64_t matched() const { return matched_; }

  // What was taken or given up since the last ForgetFlips or TakeAllThatFit.
  std::span<const Id> flips() const { return flips_; }
  // Going back to a mark undoes openings, closings and all that followed, nothing else.
  struct Mark {
    size_t flips = 0;
    size_t switches = 0;
  };
  Mark Here() const { return {flips_.size(), switches_.size()}; }
  void GoBackTo(const Mark& mark);
  // Invalidates marks.
  void ForgetFlips();

 private:
  static constexpr uint8_t kTaken = 1;
  static constexpr uint8_t kRefused = 2;

  // One side with several seats a party; what is taken is in the order, best first, and may for a
  // while be more than there is room for.
  struct Side {
    explicit Side(std::vector<int32_t> free) : room(std::move(free)), taken(room.size()) {}
    Id Limit(int32_t party) const;
    int32_t Taken(int32_t party) const { return static_cast<int32_t>(taken[party].size()); }

    std::vector<int32_t> room;
    PartyLists taken;
  };
  enum class Scope : uint8_t { kAlone, kSwitcher, kVacancy, kStart };
  // Look at this contract; if it belongs to the scan of a party, go on along its list afterwards.
  struct Event {
    Id id = 0;
    Scope scope = Scope::kAlone;
    int32_t party = 0;
    uint32_t next = 0;
  };
  struct Later {
    const KnownContracts* known;
    bool operator()(const Event& a, const Event& b) const { return known->Before(b.id, a.id); }
  };

  bool Fits(Id id) const;
  // By the order alone, whether or not people may move.
  bool FitsTheOrder(Id id) const;
  void Settle();
  void Run(Event event);
  void Flip(Id id);
  // The bookkeeping of a flip, without looking at what follows from it.
  void Toggle(Id id);
  void Add(Side& side, int32_t party, Id id);
  void Remove(Side& side, int32_t party, Id id);
  void SetRoom(Side& side, Scope scope, int32_t party, int32_t room);
  void Look(Id id) { events_.push({id, Scope::kAlone, 0, 0}); }
  void Scan(Scope scope, int32_t party, Id behind);
  std::span<const Id> ListOf(Scope scope, int32_t party) const;
  Id LimitOf(Scope scope, int32_t party) const;
  void NoteLoad(int32_t start);

  const Market& market_;
  const KnownContracts& known_;
  std::vector<uint8_t> flags_;  // per contract
  std::vector<uint8_t> open_;
  std::vector<uint8_t> seats_;  // per switcher: 0 or 1
  std::vector<Id> held_;
  Side vacancies_;
  Side starts_;
  std::vector<int32_t> frozen_in_;
  std::vector<int32_t> short_;
  std::vector<int32_t> short_at_;  // per start: where in short_, or kNone
  bool nobody_moves_ = false;
  int64_t total_score_ = 0;
  int64_t matched_ = 0;
  std::vector<Id> flips_;
  std::vector<int32_t> switches_;  // starts that were opened or closed
  std::priority_queue<Event, std::vector<Event>, Later> events_;
};

}  // namespace matchgo::scheduler::engine
