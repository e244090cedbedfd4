// SwitcherRows: the switchers of a market by neighbourhood, for searches that come from the other
// side.
//
// A row repeats what decides quickly that somebody cannot take a vacancy: facts, and a digest of
// her skills in which every skill is one of 256 bits. Built once, immutable, safe to share. Test:
// tests/property/engine_search_property_test.cc
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "services/scheduler/engine/market.h"

namespace matchgo::scheduler::engine {

// No bit of it is missing from the digest of a set that holds the skills.
struct SkillDigest {
  std::array<uint64_t, 4> words = {};

  void Add(int32_t skill) {
    const uint64_t mixed = (static_cast<uint64_t>(skill) + 1) * 0x9e3779b97f4a7c15U;
    words[mixed >> 62U] |= uint64_t{1} << (mixed >> 56U & 63U);
  }
  bool Covers(const SkillDigest& other) const {
    uint64_t beyond = 0;
    for (size_t i = 0; i < words.size(); ++i) beyond |= other.words[i] & ~words[i];
    return beyond == 0;
  }
};

struct SwitcherRow {
  int32_t switcher = 0;
  int32_t x = 0;
  int32_t y = 0;
  int32_t max_dist = 0;
  int32_t salary_floor = 0;
  int32_t available = 0;
  uint8_t hours_min = 0;
  uint8_t hours_max = 0;
  uint8_t level = 0;
  SkillDigest skills = {};
};

class SwitcherRows {
 public:
  SwitcherRows() = default;
  explicit SwitcherRows(const Market& market);

  // Calls visit(row) for everybody whose reach may include the point; all, if `everywhere`.
  template <class Visit>
  void ForEachNear(int32_t x, int32_t y, bool everywhere, const Visit& visit) const {
    for (size_t b = 0; b < boxes_.size(); ++b) {
      if (!everywhere && !MayReach(boxes_[b], x, y)) continue;
      for (const SwitcherRow& row : RowsOf(b)) visit(row);
    }
  }
  // Everybody once, neighbours together.
  std::span<const SwitcherRow> rows() const { return rows_; }
  size_t bytes() const { return rows_.capacity() * sizeof(SwitcherRow); }

 private:
  static constexpr size_t kRows = 64;
  struct Box {
    int32_t x_min, x_max, y_min, y_max, max_dist;
  };
  static bool MayReach(const Box& box, int32_t x, int32_t y);
  std::span<const SwitcherRow> RowsOf(size_t box) const;

  std::vector<SwitcherRow> rows_;
  std::vector<Box> boxes_;
};

}  // namespace matchgo::scheduler::engine
