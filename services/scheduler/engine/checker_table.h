// What the checker's search reads: vacancies by occupation and place, with what they need as bits.
//
// A bit is the number of a skill within the group modulo 128, so a set of bits may only ever say
// that something is missing; what passes is worked out with the real skills. Immutable, so safe to
// share between threads. Test: tests/property/engine_checker_property_test.cc
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "services/scheduler/engine/checker_rules.h"
#include "services/scheduler/engine/market.h"

namespace matchgo::scheduler::engine {

struct CheckedBits {
  uint64_t low = 0;
  uint64_t high = 0;

  void Add(uint32_t bit) { (bit < 64 ? low : high) |= uint64_t{1} << (bit % 64); }
  void Add(const CheckedBits& other) {
    low |= other.low;
    high |= other.high;
  }
  // What is here but not there.
  CheckedBits Without(const CheckedBits& other) const {
    return {low & ~other.low, high & ~other.high};
  }
  bool Empty() const { return (low | high) == 0; }
};

// Inclusive.
struct CheckedBox {
  int32_t x_min = INT32_MAX;
  int32_t x_max = INT32_MIN;
  int32_t y_min = INT32_MAX;
  int32_t y_max = INT32_MIN;

  void Add(int32_t x, int32_t y);
  // The square of the distance to the nearest point of the box.
  int64_t SquareTo(int32_t x, int32_t y) const;
  int64_t SquareTo(const CheckedBox& other) const;
};

// Up to 16 neighbouring vacancies of one group.
struct CheckedBlock {
  CheckedBox box = {};
  CheckedBits common = {};  // what each of them needs
  int32_t salary_max = 0;
  int32_t begin = 0;  // rows
  int32_t end = 0;
};

// What a vacancy offers, beside what it needs.
struct CheckedOffer {
  int32_t x = 0;
  int32_t y = 0;
  int32_t salary_max = 0;
  int32_t hours = 0;
  int32_t latest_ready = 0;
};

// Vacancies of one occupation and sector.
struct CheckedGroup {
  int32_t sector = 0;
  int32_t fewest_required = 0;
  int32_t block_begin = 0;
  int32_t block_end = 0;
  int32_t course_begin = 0;
  int32_t course_end = 0;
};

// What a start teaches of what a group needs.
struct CheckedCourse {
  CheckedBits taught = {};
  int32_t start = 0;
};

// That a skill is a group's bit.
struct CheckedMention {
  int32_t group = 0;
  uint32_t bit = 0;
};

struct CheckedTable {
  explicit CheckedTable(const Market& market);

  const Market& market;
  CheckedTeaching teaching;
  std::vector<CheckedGroup> groups;
  std::vector<CheckedBlock> blocks;
  std::vector<CheckedBits> needs;         // per row
  std::vector<CheckedOffer> offers;       // per row
  std::vector<int32_t> vacancies;         // per row
  std::vector<int32_t> group_of;          // per vacancy
  std::vector<CheckedCourse> courses;     // by group, then start
  Lists<CheckedMention> groups_of_skill;  // per skill
  std::vector<int32_t> tour;              // switchers, neighbours together

 private:
  void AddGroup(std::span<const int32_t> of_group, std::vector<std::vector<CheckedMention>>& said);
  void AddBlocks(std::span<const int32_t> of_group);
};

}  // namespace matchgo::scheduler::engine
