// ProfileFeed: the switchers as the feed of profiles tells them; the port, without gRPC.
//
// Never asks the neighbour: answers from memory. Thread-safe. Test:
// tests/unit/services/scheduler/service_test.cc
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/scheduler/clients/feed_progress.h"
#include "services/scheduler/domain/market_records.h"

namespace matchgo::scheduler {

class ProfileFeed {
 public:
  virtual ~ProfileFeed() = default;
  virtual FeedProgress progress() const = 0;
  // False when the feed did not get that far in time.
  virtual bool WaitFor(int64_t sequence, std::chrono::milliseconds longest) = 0;
  // In order of id.
  virtual std::vector<domain::SwitcherRecord> Switchers() const = 0;
  virtual std::optional<domain::SwitcherRecord> Find(const std::string& id) const = 0;
  // Grows whenever somebody may have been erased: then whoever is absent is gone for good.
  virtual int64_t erasures() const = 0;
};

}  // namespace matchgo::scheduler
