// The one stable outcome for a set of open starts, kept exact while starts are opened and closed.
//
// Opening or closing repairs locally instead of clearing again: changes only travel from better to
// worse positions, so they are worked off in that order and every decision is final. The result
// equals a fresh clearing of the new set, always. Not thread-safe. Test:
// tests/property/engine_cohort_property_test.cc
#pragma once

#include <cstdint>
#include <queue>
#include <span>
#include <vector>

#include "services/scheduler/engine/cohorts.h"
#include "services/scheduler/engine/live_contracts.h"
#include "services/scheduler/engine/market.h"

namespace matchgo::scheduler::engine {

class StableState final : public CohortState {
 public:
  // Clears with these starts open (1 per start). `live` must outlive this.
  StableState(const LiveContracts& live, std::vector<uint8_t> open);

  void Open(int32_t start) override;
  void Close(int32_t start) override;
  bool IsOpen(int32_t start) const override { return open_[static_cast<size_t>(start)] != 0; }
  int32_t LoadOf(int32_t start) const override;
  int64_t total_score() const override { return total_score_; }
  int64_t matched() const override { return matched_; }
  int32_t HeldBy(int32_t switcher) const override;

 private:
  // A party takes at most `room` contracts; `taken` ascends and may for a while hold more.
  struct Party {
    int32_t room = 0;
    std::vector<int32_t> taken;

    // Where it turns contracts away: behind its last seat. Nothing is behind kNever.
    int32_t Limit() const;
  };
  // Look at this position; if it belongs to a scan, go on along the list afterwards.
  struct Event {
    int32_t position = 0;
    const Party* party = nullptr;  // null: this position only
    std::span<const int32_t> rest;

    bool operator>(const Event& other) const { return position > other.position; }
  };

  void TakeAllThatFit();
  bool Fits(int32_t position) const;
  void Settle();
  void Run(Event event);
  void Flip(int32_t position);
  void Add(Party& party, int32_t position);
  void Remove(Party& party, int32_t position, std::span<const int32_t> list);
  void Look(int32_t position) { events_.push({position, nullptr, {}}); }
  void Scan(const Party& party, std::span<const int32_t> list, int32_t behind);

  const LiveContracts& live_;
  std::vector<uint8_t> open_;
  std::vector<Party> switchers_;
  std::vector<Party> vacancies_;
  std::vector<Party> starts_;
  std::vector<uint8_t> taken_;
  int64_t total_score_ = 0;
  int64_t matched_ = 0;
  std::priority_queue<Event, std::vector<Event>, std::greater<>> events_;
};

}  // namespace matchgo::scheduler::engine
