// Names of skills, qualifications, occupations and sectors while a market is read: numbers in the
// order of first sight, and how they become places in sorted columns.
//
// Each lane of a parallel read has its own tables; MergeNames makes one column of them, the same
// for any number of lanes. Names are views that must outlive the tables. Not thread-safe. Test:
// tests/unit/services/scheduler/engine/market_reading_test.cc
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "services/scheduler/engine/market.h"

namespace matchgo::scheduler::engine {

class NameTable {
 public:
  int32_t Add(std::string_view name);
  std::span<const std::string_view> names() const { return names_; }

 private:
  // A name of up to eight bytes is its word and size; longer ones are compared in full.
  struct Slot {
    uint64_t word = 0;
    int32_t name = kNone;
    uint32_t size = 0;
  };
  bool Is(const Slot& slot, uint64_t word, std::string_view name) const;
  void Grow();

  std::vector<Slot> slots_;  // a power of two, less than half full
  std::vector<std::string_view> names_;
};

struct LaneNames {
  NameTable skills;
  NameTable qualifications;
  NameTable occupations;
  NameTable sectors;
};

// Fills the column with the names of one kind; the answer gives for each lane the place in the
// column of each of its numbers.
std::vector<std::vector<int32_t>> MergeNames(std::span<const LaneNames> lanes,
                                             NameTable LaneNames::*kind, IdColumn& column);

}  // namespace matchgo::scheduler::engine
