// RoundRunner: drives what is due at a moment; every rule is in actions and domain.
//
// Tick is called about once a second by the process, or by hand by whoever moves the clock: it
// returns when everything due then was done. A failure is logged and tried again at the next tick.
// One thread. Test: tests/unit/services/scheduler/rounds_test.cc
#pragma once

#include <cstdint>

#include "common/time/instant.h"
#include "services/scheduler/deps.h"

namespace matchgo::scheduler {

class RoundRunner {
 public:
  explicit RoundRunner(Deps& deps) : deps_(deps) {}

  void Tick(Instant now);

 private:
  void FollowPeople(const Call& call);
  void AdvanceRounds(const Call& call);
  void TakeIn(const Call& call);
  void ShowSeats(const Call& call);

  Deps& deps_;
  int64_t people_seen_ = -1;  // feed sequence at which offers were last compared
  int64_t erasures_seen_ = -1;
  Instant next_taking_in_;
  int64_t seats_shown_at_ = -1;  // our own sequence
};

}  // namespace matchgo::scheduler
