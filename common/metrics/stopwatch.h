// Stopwatch: how long something took, for metrics.
//
// Real time, whatever the clock of the service says: that one may be simulated. Not thread-safe.
// Test: tests/unit/common/metrics/metrics_test.cc
#pragma once

#include <chrono>

namespace matchgo::metrics {

class Stopwatch {
 public:
  // Since it was made.
  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
  }

 private:
  const std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

}  // namespace matchgo::metrics
