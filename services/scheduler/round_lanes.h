// RoundLanes: the engine's Parallel on threads of the process, for what takes long in a round.
//
// Loops of different callers run one after the other; a body must not begin another. Thread-safe.
// Test: tests/unit/services/scheduler/round_lanes_test.cc
#pragma once

#include <cstddef>
#include <mutex>

#include "common/exec/lanes.h"
#include "services/scheduler/engine/parallel.h"

namespace matchgo::scheduler {

class RoundLanes final : public engine::Parallel {
 public:
  // REQUIRES: threads >= 1.
  explicit RoundLanes(int threads) : lanes_(threads) {}

  int lanes() const override { return lanes_.count(); }
  void For(size_t count, size_t grain, const Body& body) override {
    const std::lock_guard lock(mutex_);
    lanes_.For(count, grain, body);
  }

 private:
  std::mutex mutex_;
  exec::Lanes lanes_;
};

}  // namespace matchgo::scheduler
