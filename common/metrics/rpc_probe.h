// RpcProbe: rate, errors and duration of the methods of one gRPC service.
//
// Series for OK are made at start, the other codes when they first occur. Codes are the numbers of
// gRPC (0 OK .. 16 UNAUTHENTICATED); this file does not know gRPC itself. Thread-safe.
// Test: tests/unit/common/metrics/metrics_test.cc
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "common/metrics/metrics.h"

namespace matchgo::metrics {

// "OK", "NOT_FOUND", ...; "UNKNOWN" for a number that is no code.
const char* CodeName(int code);

class RpcProbe {
 public:
  RpcProbe(Metrics& metrics, std::string service, std::vector<std::string> methods);

  // REQUIRES: method is an index into the methods given at construction.
  void Record(size_t method, int code, std::chrono::nanoseconds duration);
  // Streams: how many are open now.
  void StreamOpened(size_t method);
  void StreamClosed(size_t method);
  double requests(size_t method, int code) const;

 private:
  static constexpr size_t kCodes = 17;
  struct Method {
    std::array<std::atomic<const Counter*>, kCodes> by_code{};
    std::array<std::optional<Counter>, kCodes> made;
    std::optional<Histogram> duration;
    std::optional<Gauge> streams;
  };
  const Counter& CounterOf(size_t method, size_t code);

  Metrics& metrics_;
  const std::string service_;
  const std::vector<std::string> names_;
  std::mutex mutex_;  // guards `made` and `streams` while a series is added
  std::vector<std::unique_ptr<Method>> methods_;
};

}  // namespace matchgo::metrics
