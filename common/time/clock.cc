#include "common/time/clock.h"

#include <chrono>

namespace matchgo {

Instant SystemClock::Now() const {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return Instant::FromMicros(
      std::chrono::duration_cast<std::chrono::microseconds>(since_epoch).count());
}

void ManualClock::AdvanceTo(Instant now) {
  int64_t seen = now_.load();
  while (seen < now.micros() && !now_.compare_exchange_weak(seen, now.micros())) {
  }
}

}  // namespace matchgo
