// MarketShelf: the markets of rounds that run, in memory, and whose turn it is to advance a round.
//
// An accelerator: what is not on it is computed again from the store. One round is advanced at a
// time, by whoever holds the turn. Thread-safe. Test: tests/unit/services/scheduler/rounds_test.cc
#pragma once

#include <memory>
#include <mutex>
#include <utility>

#include "common/kernel/ids.h"
#include "services/scheduler/actions/running_market.h"

namespace matchgo::scheduler {

class MarketShelf {
 public:
  // Null when it is not there.
  std::shared_ptr<const RunningMarket> Find(const RoundId& round) const {
    const std::lock_guard lock(mutex_);
    if (newest_ == nullptr || newest_->round != round) return nullptr;
    return newest_;
  }
  // One market is kept: only one round at a time has offers out.
  void Put(std::shared_ptr<const RunningMarket> market) {
    const std::lock_guard lock(mutex_);
    newest_ = std::move(market);
  }
  void Clear() {
    const std::lock_guard lock(mutex_);
    newest_.reset();
  }
  [[nodiscard]] std::unique_lock<std::mutex> TakeTurn() { return std::unique_lock(turn_); }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const RunningMarket> newest_;
  std::mutex turn_;
};

}  // namespace matchgo::scheduler
