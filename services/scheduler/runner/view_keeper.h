// ViewKeeper: keeps the market of suggestions in step with what is known, beside everything else.
//
// It looks twice a second; after a renewal it rests nine times as long as that took, at most a
// minute, so a large market costs a tenth of a core. What is due is decided by refresh_view.h.
// Rounds and answers do not wait for it. Test: tests/unit/services/scheduler/suggest_test.cc
#pragma once

#include <optional>

#include "common/exec/periodic.h"
#include "services/scheduler/actions/refresh_view.h"
#include "services/scheduler/deps.h"

namespace matchgo::scheduler {

class ViewKeeper {
 public:
  explicit ViewKeeper(const Deps& deps) : deps_(deps), refresher_(deps) {}

  void Start();
  // A renewal under way is awaited.
  void Stop() { looking_.reset(); }

 private:
  void Look();

  const Deps& deps_;
  ViewRefresher refresher_;
  std::optional<metrics::Stopwatch> resting_;
  double rest_seconds_ = 0;
  std::optional<exec::Periodic> looking_;  // last, so that it ends first
};

}  // namespace matchgo::scheduler
