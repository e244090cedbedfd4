// What the checker's search reads: vacancies by occupation and place, with what they need as
// columns of bits.
//
// A need is a skill, or a qualification numbered after the skills. A group numbers the needs of its
// vacancies; a column says which rows of a block have one, so the rows that are closed to somebody
// are the OR of the columns of what she lacks. Immutable, so safe to share between threads. Test:
// tests/property/engine_checker_search_property_test.cc
#pragma once

#include <array>
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
};

// One bit for each row of a block.
using CheckedColumn = std::array<uint64_t, 2>;
inline constexpr int32_t kCheckedRows = 128;

// A block's rows in runs of 16.
inline constexpr int32_t kCheckedRunRows = 16;
inline constexpr size_t kCheckedRuns = kCheckedRows / kCheckedRunRows;
using CheckedRunValues = std::array<int32_t, kCheckedRuns>;

// Neighbouring vacancies of one group.
struct CheckedBlock {
  CheckedBlock();

  // The rows of its runs that hold nothing so near to an area, or pay too little. Rows there are
  // none of are among them.
  CheckedColumn Outside(const CheckedBox& area, int32_t reach, int32_t salary_floor) const;

  CheckedBox box = {};
  int32_t salary_max = 0;
  CheckedRunValues x_min;  // of a run
  CheckedRunValues x_max;
  CheckedRunValues y_min;
  CheckedRunValues y_max;
  CheckedRunValues salaries;  // highest
  int32_t begin = 0;          // rows
  int32_t end = 0;
  size_t columns = 0;  // of the group's first need
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

// Vacancies of one occupation and sector. Its set of needs is words [set_begin, set_begin + words)
// of a set for all groups; what most vacancies need has the lowest bits.
struct CheckedGroup {
  int32_t sector = 0;
  int32_t fewest_required = INT32_MAX;  // skills
  int32_t fit_step = 0;                 // where that many are required
  int32_t needs = 0;
  size_t words = 0;
  size_t set_begin = 0;
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

  const Market& market;
  CheckedTeaching teaching;
  std::vector<CheckedGroup> groups;
  size_t set_words = 0;  // of a set for all groups
  std::vector<CheckedBlock> blocks;
  std::vector<CheckedColumn> columns;    // by block, then need
  std::vector<uint64_t> row_needs;       // by row
  std::vector<CheckedOffer> offers;      // per row
  std::vector<CheckedSyllabus> syllabi;  // by group
  std::vector<int32_t> courses;          // starts, by syllabus, soonest first
  std::vector<uint64_t> taught;          // by syllabus
  Lists<uint32_t> bits_of_need;          // of the set for all; per skill, then per qualification
  std::vector<int32_t> tour;             // switchers, neighbours together

 private:
  // What is collected while groups are added.
  struct Draft {
    std::vector<int32_t> times;  // per need: vacancies of the group that have it
    std::vector<int32_t> bit;    // per need of the group
    std::vector<std::vector<uint32_t>> mentions;
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
