// What the checker's search reads: vacancies by occupation and place, with what they need as bits.
//
// A need is a skill, or a qualification numbered after the skills. A group numbers the needs of its
// vacancies, what few of them need first. Immutable, so safe to share between threads. Test:
// tests/property/engine_checker_search_property_test.cc
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "services/scheduler/engine/checker_rules.h"
#include "services/scheduler/engine/market.h"

namespace matchgo::scheduler::engine {

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
  // The square of the distance to its farthest point.
  int64_t MostSquareTo(int32_t x, int32_t y) const;
};

// Neighbouring vacancies of one group.
inline constexpr int32_t kCheckedRows = 32;

struct CheckedBlock {
  CheckedBox box = {};
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
  int32_t vacancy = 0;
  int32_t fit_step = 0;  // as CheckedFitStep
};

// The fit of each skill that she has, in 65536ths, rounded up, so that no fit is more than so many
// steps; 0 where nothing is required.
int32_t CheckedFitStep(int32_t required);

// Vacancies of one occupation and sector. A set of its needs has so many words.
struct CheckedGroup {
  int32_t sector = 0;
  int32_t needs = 0;
  size_t words = 0;
  size_t names_begin = 0;  // of its needs
  int32_t row_begin = 0;
  size_t row_needs = 0;  // of its first row
  int32_t block_begin = 0;
  int32_t block_end = 0;
  int32_t syllabus_begin = 0;
  int32_t syllabus_end = 0;
};

// Starts that lead to a group, and teach and award the same of what is needed there.
struct CheckedSyllabus {
  size_t taught = 0;  // first word
  int32_t course_begin = 0;
  int32_t course_end = 0;
};

struct CheckedTable {
  explicit CheckedTable(const Market& market);

  // The needs of a row. REQUIRES: it is the group's.
  const uint64_t* NeedsOf(const CheckedGroup& group, int32_t row) const {
    return row_needs.data() + group.row_needs +
           static_cast<size_t>(row - group.row_begin) * group.words;
  }

  // The group's needs by bit.
  std::span<const int32_t> NamesOf(const CheckedGroup& group) const {
    return std::span(need_names).subspan(group.names_begin, static_cast<size_t>(group.needs));
  }

  const Market& market;
  CheckedTeaching teaching;
  std::vector<CheckedGroup> groups;
  std::vector<CheckedBlock> blocks;
  std::vector<int32_t> need_names;       // by group, then bit
  std::vector<uint64_t> row_needs;       // by row
  std::vector<CheckedOffer> offers;      // per row
  std::vector<CheckedSyllabus> syllabi;  // by group
  std::vector<int32_t> courses;          // starts, by syllabus, soonest first
  std::vector<uint64_t> taught;          // by syllabus
  std::vector<int32_t> tour;             // switchers, by how far they travel, then by place

 private:
  // What is collected while groups are added.
  struct Draft {
    std::vector<int32_t> times;  // per need: vacancies of the group that have it
    std::vector<int32_t> bit;    // per need of the group
  };

  void SortRows();
  void SortSwitchers();
  void AddGroup(std::span<const CheckedOffer> of_group, Draft& draft);
  void AddSyllabi(int32_t occupation, const Draft& draft);
  void AddBlocks(std::span<const CheckedOffer> of_group);
  template <class Use>
  void ForNeeds(int32_t v, const Use& use) const;
};

}  // namespace matchgo::scheduler::engine
