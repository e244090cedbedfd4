// An Instant as seconds and nanos, the way messages carry it, and back.
//
// A template over the message, so that this room needs no generated code. Nanos are 0 or more, also
// before 1970; what is finer than a microsecond is dropped. Pure.
// Test: tests/unit/common/kernel/instant_test.cc
#pragma once

#include <cstdint>

#include "common/time/instant.h"

namespace matchgo {

template <class Timestamp>
void FillTime(Instant instant, Timestamp* message) {
  constexpr int64_t kMicrosPerSecond = 1'000'000;
  int64_t seconds = instant.micros() / kMicrosPerSecond;
  int64_t micros = instant.micros() % kMicrosPerSecond;
  if (micros < 0) {
    micros += kMicrosPerSecond;
    --seconds;
  }
  message->set_seconds(seconds);
  message->set_nanos(static_cast<int32_t>(micros * 1000));
}

template <class Timestamp>
Instant DecodeTime(const Timestamp& message) {
  return Instant::FromMicros(message.seconds() * 1'000'000 + message.nanos() / 1000);
}

}  // namespace matchgo
