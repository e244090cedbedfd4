// BestList: keeps the best contracts of all that are offered and says what would still count.
//
// Exact whatever the order of the offers: the best `limit`, ties by the contract's strict place.
// Scratch of one search, not thread-safe. Test: tests/property/engine_search_property_test.cc
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "services/scheduler/engine/admission.h"
#include "services/scheduler/engine/place.h"

namespace matchgo::scheduler::engine {

class BestList {
 public:
  // Contracts that score less than this cannot qualify any more.
  int32_t threshold() const { return threshold_; }
  // Said when something was left out because of the threshold.
  void LeaveOut() { left_out_ = left_out_ || full(); }

  // `margin`: how much more than the worst of a full list counts; above 0, ties may be left out.
  // REQUIRES: limit > 0.
  void Begin(int limit, const std::optional<Place>& above, int32_t margin = 0) {
    limit_ = static_cast<size_t>(limit);
    margin_ = margin;
    heap_.clear();
    left_out_ = false;
    threshold_ = above ? above->score + margin : -1;
  }

  void Offer(const FeasibleContract& contract) {
    if (full()) {
      left_out_ = true;
      if (!PlacedBefore(contract, heap_.front())) return;
      std::ranges::pop_heap(heap_, PlacedBefore);
      heap_.back() = contract;
    } else {
      heap_.push_back(contract);
    }
    std::ranges::push_heap(heap_, PlacedBefore);
    if (full()) threshold_ = std::max(threshold_, heap_.front().score + margin_);
  }

  bool full() const { return heap_.size() == limit_; }
  bool left_out() const { return left_out_; }
  // Best first. The list is used up.
  std::span<const FeasibleContract> Sorted() {
    std::ranges::sort_heap(heap_, PlacedBefore);
    return heap_;
  }

 private:
  size_t limit_ = 1;
  int32_t margin_ = 0;
  std::vector<FeasibleContract> heap_;  // the worst in front
  bool left_out_ = false;
  int32_t threshold_ = -1;
};

}  // namespace matchgo::scheduler::engine
