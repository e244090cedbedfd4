// Clock: where wall time comes from. Read once per call (common/rpc) or tick, then passed down.
//
// SystemClock reads the machine; ManualClock is set by tests, the simulation and `matchgo demo`.
// Both are thread-safe. Test: tests/unit/common/kernel/instant_test.cc
#pragma once

#include <atomic>

#include "common/time/instant.h"

namespace matchgo {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant Now() const = 0;
};

class SystemClock final : public Clock {
 public:
  Instant Now() const override;
};

class ManualClock final : public Clock {
 public:
  explicit ManualClock(Instant now) : now_(now.micros()) {}
  Instant Now() const override { return Instant::FromMicros(now_.load()); }
  // Time never runs backwards: an earlier instant is ignored.
  void AdvanceTo(Instant now);
  void AdvanceBy(Duration duration) { AdvanceTo(Now() + duration); }

 private:
  std::atomic<int64_t> now_;
};

}  // namespace matchgo
