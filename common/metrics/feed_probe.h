// FeedProbe: how far a consumer has read the feed of a neighbour.
//
// One per pair of consumer and feed. Thread-safe. Test:
// tests/unit/common/metrics/metrics_test.cc
#pragma once

#include <cstdint>
#include <string>

#include "common/metrics/metrics.h"

namespace matchgo::metrics {

class FeedProbe {
 public:
  FeedProbe(Metrics& metrics, const std::string& consumer, const std::string& feed)
      : sequence_(metrics.AddGauge("matchgo_feed_sequence",
                                   "The last event of a neighbour's feed that was applied here.",
                                   {{"consumer", consumer}, {"feed", feed}})),
        lag_(metrics.AddGauge("matchgo_feed_lag",
                              "Events known to exist at the neighbour and not yet applied here.",
                              {{"consumer", consumer}, {"feed", feed}})) {}

  void Applied(int64_t sequence, int64_t known_at_source) {
    sequence_.Set(static_cast<double>(sequence));
    lag_.Set(static_cast<double>(known_at_source > sequence ? known_at_source - sequence : 0));
  }

 private:
  Gauge sequence_;
  Gauge lag_;
};

}  // namespace matchgo::metrics
