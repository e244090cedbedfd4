// CacheProbe: how well a cache in this process does.
//
// One per cache; told the cache's own totals now and then, so that a lookup costs nothing extra.
// Called from one thread. Test: tests/unit/common/metrics/metrics_test.cc
#pragma once

#include <cstdint>
#include <string>

#include "common/metrics/metrics.h"

namespace matchgo::metrics {

class CacheProbe {
 public:
  CacheProbe(Metrics& metrics, const std::string& cache)
      : hits_(Lookups(metrics, cache, "hit")),
        misses_(Lookups(metrics, cache, "miss")),
        entries_(metrics.AddGauge("matchgo_cache_entries", "Records a cache holds now.",
                                  {{"cache", cache}})),
        bytes_(metrics.AddGauge("matchgo_cache_bytes", "Memory a cache holds, roughly.",
                                {{"cache", cache}})) {}

  // Totals since the process began, and what it holds now.
  void Show(uint64_t hits, uint64_t misses, uint64_t entries, uint64_t bytes) {
    hits_.Add(static_cast<double>(hits) - hits_.value());
    misses_.Add(static_cast<double>(misses) - misses_.value());
    entries_.Set(static_cast<double>(entries));
    bytes_.Set(static_cast<double>(bytes));
  }

 private:
  static Counter Lookups(Metrics& metrics, const std::string& cache, const char* result) {
    return metrics.AddCounter("matchgo_cache_lookups_total",
                              "Questions to a cache, by whether it knew the answer.",
                              {{"cache", cache}, {"result", result}});
  }
  Counter hits_;
  Counter misses_;
  Gauge entries_;
  Gauge bytes_;
};

}  // namespace matchgo::metrics
