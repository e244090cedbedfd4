// BestList: keeps the best contracts of all that are offered and says what would still count.
//
// Exact whatever the order of the offers: the best `limit`, ties by the contract's strict place; or
// the best of each kind, of the best `limit` kinds. Scratch of one search, not thread-safe. Test:
// tests/property/engine_search_property_test.cc
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
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
    kinds_.clear();
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

  // Of each kind only the best counts. A kind that was pushed out comes back with something better
  // than the worst of the list, or not at all. Not to be mixed with Offer in one search.
  void OfferOfKind(const FeasibleContract& contract, int32_t kind) {
    const auto same = std::ranges::find(kinds_, kind);
    if (same != kinds_.end()) {
      FeasibleContract& held = heap_[static_cast<size_t>(same - kinds_.begin())];
      if (!PlacedBefore(contract, held)) return;
      held = contract;
    } else if (full()) {
      left_out_ = true;
      const auto worst = std::ranges::max_element(heap_, PlacedBefore);
      if (!PlacedBefore(contract, *worst)) return;
      kinds_[static_cast<size_t>(worst - heap_.begin())] = kind;
      *worst = contract;
    } else {
      heap_.push_back(contract);
      kinds_.push_back(kind);
    }
    if (full()) {
      threshold_ = std::max(threshold_, std::ranges::max_element(heap_, PlacedBefore)->score);
    }
  }

  bool full() const { return heap_.size() == limit_; }
  bool left_out() const { return left_out_; }
  // Best first. The list is used up.
  std::span<const FeasibleContract> Sorted() {
    std::ranges::sort(heap_, PlacedBefore);
    return heap_;
  }

 private:
  size_t limit_ = 1;
  int32_t margin_ = 0;
  std::vector<FeasibleContract> heap_;  // the worst in front; in no order when there are kinds
  std::vector<int32_t> kinds_;          // of heap_, when only the best of each counts
  bool left_out_ = false;
  int32_t threshold_ = -1;
};

}  // namespace matchgo::scheduler::engine
