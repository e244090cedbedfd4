// ViewRefresher: keeps the view of the market in step with the feeds and the seats.
//
// Refresh compares positions and does nothing when nothing changed; when only seats changed the
// market stays as it is. A failure leaves the old view, which grows old. Not for gRPC threads or
// transactions; one thread at a time. Test: tests/unit/services/scheduler/suggest_test.cc
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "common/base/status.h"
#include "common/service/call.h"
#include "services/scheduler/actions/market_sources.h"
#include "services/scheduler/deps.h"

namespace matchgo::scheduler {

// What a refresh had to do.
enum class Refreshed : uint8_t { kNothing, kSeats, kMarket };

class ViewRefresher {
 public:
  explicit ViewRefresher(const Deps& deps) : deps_(deps) {}

  // Before the feeds were read once there is no view, and nothing is done.
  StatusOr<Refreshed> Refresh(const Call& call);

 private:
  const Deps& deps_;
  OwnLimits limits_;
  std::map<std::string, int32_t> taken_;
  int64_t own_sequence_ = -1;
};

}  // namespace matchgo::scheduler
