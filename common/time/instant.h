// Instant: a point in time as whole microseconds since 1970-01-01T00:00:00Z, and Duration.
//
// A value; reading the clock is common/time/clock.h. Formats as RFC 3339 in UTC. Pure.
// Test: tests/unit/common/kernel/instant_test.cc
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "common/base/status.h"

namespace matchgo {

using Duration = std::chrono::microseconds;

class Instant {
 public:
  constexpr Instant() = default;
  static constexpr Instant FromMicros(int64_t micros) { return Instant(micros); }
  constexpr int64_t micros() const { return micros_; }

  friend constexpr bool operator==(Instant, Instant) = default;
  friend constexpr auto operator<=>(Instant, Instant) = default;
  friend constexpr Instant operator+(Instant t, Duration d) {
    return Instant(t.micros_ + d.count());
  }
  friend constexpr Instant operator-(Instant t, Duration d) {
    return Instant(t.micros_ - d.count());
  }
  friend constexpr Duration operator-(Instant a, Instant b) {
    return Duration(a.micros_ - b.micros_);
  }

 private:
  constexpr explicit Instant(int64_t micros) : micros_(micros) {}
  int64_t micros_ = 0;
};

// "2026-11-21T09:30:00.000000Z"; parsing accepts any RFC 3339 offset and up to six decimals.
std::string FormatInstant(Instant instant);
StatusOr<Instant> ParseInstant(std::string_view text);

}  // namespace matchgo
