// What the switchers of one neighbourhood may reach: blocks of vacancies by group, and starts.
//
// Everything that is too far for each of them, or begins too early for each, is left out once for
// all. For one lane. Test: tests/property/engine_checker_search_property_test.cc
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "services/scheduler/engine/checker_table.h"

namespace matchgo::scheduler::engine {

// A bar is a score below which a party takes nobody. This one: it takes nobody at all.
inline constexpr int32_t kCheckedShut = std::numeric_limits<int32_t>::max();

struct CheckedBars {
  std::vector<int32_t> rows = {};
  std::vector<int32_t> blocks = {};  // the lowest of their rows
  std::vector<int32_t> starts = {};
};

struct CheckedReachGroup {
  int32_t group = 0;
  int32_t sector = 0;
  size_t block_begin = 0;
  size_t block_end = 0;
  size_t syllabus_begin = 0;
  size_t syllabus_end = 0;
};

struct CheckedReachSyllabus {
  size_t taught = 0;  // first word, in the table
  size_t course_begin = 0;
  size_t course_end = 0;
};

struct CheckedReachCourse {
  int32_t start = 0;
  int32_t bar = 0;
  int32_t begins = 0;
  int32_t entry_level = 0;
  int32_t x = 0;
  int32_t y = 0;
  bool online = false;
};

struct CheckedReach {
  std::vector<CheckedReachGroup> groups;      // those with blocks
  std::vector<int32_t> blocks;                // by group
  std::vector<CheckedReachSyllabus> syllabi;  // by group; those with courses
  std::vector<CheckedReachCourse> courses;    // by syllabus, soonest first

  // Blocks and starts that take nobody are left out; without `direct` also groups that no start
  // leads to. Of the groups only each `every`-th.
  void Enter(const CheckedTable& table, std::span<const int32_t> switchers, const CheckedBars& bars,
             bool direct, size_t every);

 private:
  struct Neighbourhood {
    Neighbourhood(const Market& market, std::span<const int32_t> switchers);
    bool Reaches(const Start& start) const;
    bool Reaches(const CheckedBlock& block) const;

    CheckedBox area = {};
    int64_t reach = 0;  // the square of the longest way
    int32_t earliest = std::numeric_limits<int32_t>::max();
    int32_t level = 0;  // highest
    int32_t salary_floor = std::numeric_limits<int32_t>::max();
  };

  void AddBlocks(const CheckedTable& table, const CheckedGroup& group, const CheckedBars& bars,
                 const Neighbourhood& around);
  void AddCourses(const CheckedTable& table, const CheckedGroup& group, const CheckedBars& bars);

  std::vector<uint8_t> near_;  // per start
};

}  // namespace matchgo::scheduler::engine
