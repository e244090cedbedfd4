// MarketWindow: the newest view of the market, and the moment at which it was still all that is
// known. Readers take it with them; a newer one does not disturb them.
//
// Thread-safe. Test: tests/unit/services/scheduler/suggest_test.cc
#pragma once

#include <memory>
#include <mutex>
#include <utility>

#include "common/time/instant.h"
#include "services/scheduler/market_view.h"

namespace matchgo::scheduler {

class MarketWindow {
 public:
  struct Seen {
    std::shared_ptr<const MarketView> view;  // null before the first
    Instant as_of;
  };

  Seen Look() const {
    const std::lock_guard lock(mutex_);
    return seen_;
  }
  void Show(std::shared_ptr<const MarketView> view, Instant as_of) {
    const std::lock_guard lock(mutex_);
    seen_.view.swap(view);  // the old one may take long to go: after the lock
    seen_.as_of = as_of;
  }
  // The view shown holds all that is known at that moment, too.
  void Confirm(Instant as_of) {
    const std::lock_guard lock(mutex_);
    seen_.as_of = as_of;
  }

 private:
  mutable std::mutex mutex_;
  Seen seen_;
};

}  // namespace matchgo::scheduler
