// TrajectoryFeed: who left the way early, as the feed of trajectories tells it; the port, without
// gRPC.
//
// Never asks the neighbour: answers from memory. Thread-safe. Test:
// tests/unit/services/scheduler/departures_test.cc
#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "services/scheduler/clients/feed_progress.h"
#include "services/scheduler/domain/market_records.h"

namespace matchgo::scheduler {

class TrajectoryFeed {
 public:
  virtual ~TrajectoryFeed() = default;
  virtual FeedProgress progress() const = 0;
  virtual bool WaitFor(int64_t sequence, std::chrono::milliseconds longest) = 0;
  // In order of sequence; after a restart all of them again.
  virtual std::vector<domain::DepartureRecord> Departures() const = 0;
  // Those up to this sequence had their effect.
  virtual void Forget(int64_t sequence) = 0;
};

}  // namespace matchgo::scheduler
