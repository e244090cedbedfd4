// SwitcherRows: the switchers of a market by neighbourhood, for searches that come from the other
// side.
//
// A row repeats the facts that decide quickly that somebody cannot take a vacancy. Sixty-four
// neighbours share a box, which has a digest of their skills: every skill is one of 256 columns,
// and a column has a bit for each row, so one question to a box answers for all of them. Built
// once, immutable, safe to share. Test: tests/property/engine_search_property_test.cc
#pragma once

#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "services/scheduler/engine/market.h"

namespace matchgo::scheduler::engine {

// The column of a skill; others may share it.
constexpr size_t SkillColumn(int32_t skill) {
  return static_cast<size_t>((static_cast<uint64_t>(skill) + 1) * 0x9e3779b97f4a7c15U >> 56U);
}

struct SwitcherRow {
  int32_t switcher = 0;
  int32_t x = 0;
  int32_t y = 0;
  int32_t max_dist = 0;
  int32_t salary_now = 0;
  int32_t salary_floor = 0;
  int32_t available = 0;
  uint8_t hours_min = 0;
  uint8_t hours_max = 0;
  uint8_t level = 0;
};

class SwitcherRows {
 public:
  SwitcherRows() = default;
  explicit SwitcherRows(const Market& market);

  // So many neighbours share a box.
  static constexpr size_t kRows = 64;
  static constexpr size_t kColumns = 256;

  // Calls visit(row number) for everybody whose reach may include the point (all, if `everywhere`)
  // and whose bit is set in asked(box).
  template <class Asked, class Visit>
  void ForEachNear(int32_t x, int32_t y, bool everywhere, const Asked& asked,
                   const Visit& visit) const {
    for (size_t b = 0; b < boxes_.size(); ++b) {
      if (!everywhere && !MayReach(boxes_[b], x, y)) continue;
      uint64_t left = asked(b);
      if (left == 0) continue;
      const size_t first = b * kRows;
      if (rows_.size() - first < kRows) left &= (uint64_t{1} << (rows_.size() - first)) - 1;
      for (; left != 0; left &= left - 1) {
        visit(first + static_cast<size_t>(std::countr_zero(left)));
      }
    }
  }
  // Which rows of a box may have a skill of the column; those who have one, always do.
  uint64_t Having(size_t box, size_t column) const { return having_[box * kColumns + column]; }
  // Everybody once, neighbours together.
  std::span<const SwitcherRow> rows() const { return rows_; }
  size_t RowOf(int32_t switcher) const {
    return static_cast<size_t>(row_of_[static_cast<size_t>(switcher)]);
  }
  size_t bytes() const {
    return rows_.capacity() * sizeof(SwitcherRow) + row_of_.capacity() * sizeof(int32_t) +
           having_.capacity() * sizeof(uint64_t);
  }

 private:
  struct Box {
    int32_t x_min, x_max, y_min, y_max, max_dist;
  };
  static bool MayReach(const Box& box, int32_t x, int32_t y);

  std::vector<SwitcherRow> rows_;
  std::vector<int32_t> row_of_;  // by switcher
  std::vector<Box> boxes_;
  std::vector<uint64_t> having_;  // by box and column: a bit for each row
};

}  // namespace matchgo::scheduler::engine
