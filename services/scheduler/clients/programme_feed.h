// ProgrammeFeed: programmes and starts as the feed of programmes tells them; the port, without
// gRPC.
//
// Answers from memory; only BeginStart and CancelStart call the neighbour, and never inside a
// transaction. Thread-safe. Test: tests/unit/services/scheduler/service_test.cc
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/base/status.h"
#include "services/scheduler/clients/feed_progress.h"
#include "services/scheduler/domain/market_records.h"

namespace matchgo::scheduler {

class ProgrammeFeed {
 public:
  virtual ~ProgrammeFeed() = default;
  virtual FeedProgress progress() const = 0;
  virtual bool WaitFor(int64_t sequence, std::chrono::milliseconds longest) = 0;
  // In order of name.
  virtual std::vector<domain::ProgrammeRecord> Programmes() const = 0;
  virtual std::vector<domain::StartRecord> Starts() const = 0;
  virtual std::optional<domain::StartRecord> FindStart(const std::string& name) const = 0;
  // Tells the owner on which day a start at a minimum begins, or that a start does not run. The
  // same request_id again changes nothing.
  virtual Status BeginStart(const std::string& name, Day begins_on,
                            const std::string& request_id) = 0;
  virtual Status CancelStart(const std::string& name, const std::string& explanation,
                             const std::string& request_id) = 0;
};

}  // namespace matchgo::scheduler
