#include "services/scheduler/engine/checker_reach.h"

#include <algorithm>

namespace matchgo::scheduler::engine {

CheckedReach::Neighbourhood::Neighbourhood(const Market& market,
                                           std::span<const int32_t> switchers) {
  for (const int32_t s : switchers) {
    const Switcher& she = market.switcher(s);
    area.Add(she.x, she.y);
    reach = std::max(reach, int64_t{she.max_dist} * she.max_dist);
    earliest = std::min(earliest, she.available);
    level = std::max(level, she.level);
    salary_floor = std::min(salary_floor, she.salary_floor);
  }
}

bool CheckedReach::Neighbourhood::Reaches(const Start& start) const {
  return start.begins >= earliest && start.entry_level <= level &&
         (start.online || area.SquareTo(start.x, start.y) <= reach);
}

bool CheckedReach::Neighbourhood::Reaches(const CheckedBlock& block) const {
  return block.salary_max >= salary_floor && block.box.SquareTo(area) <= reach;
}

void CheckedReach::Enter(const CheckedTable& table, std::span<const int32_t> switchers,
                         const CheckedBars& bars, bool direct, size_t every) {
  const Market& market = table.market;
  const Neighbourhood around(market, switchers);
  groups.clear();
  blocks.clear();
  syllabi.clear();
  courses.clear();
  near_.assign(market.starts.size(), 0);
  for (size_t p = 0; p < near_.size(); ++p) {
    near_[p] = bars.starts[p] != kCheckedShut && around.Reaches(market.starts[p]) ? 1 : 0;
  }
  for (size_t g = 0; g < table.groups.size(); g += every) {
    const CheckedGroup& group = table.groups[g];
    CheckedReachGroup mine{.group = static_cast<int32_t>(g),
                           .sector = group.sector,
                           .block_begin = blocks.size(),
                           .syllabus_begin = syllabi.size()};
    AddBlocks(table, group, bars, around);
    mine.block_end = blocks.size();
    if (mine.block_begin == mine.block_end) continue;
    AddCourses(table, group, bars);
    mine.syllabus_end = syllabi.size();
    if (direct || mine.syllabus_begin < mine.syllabus_end) {
      groups.push_back(mine);
    } else {
      blocks.resize(mine.block_begin);
    }
  }
}

void CheckedReach::AddBlocks(const CheckedTable& table, const CheckedGroup& group,
                             const CheckedBars& bars, const Neighbourhood& around) {
  for (int32_t b = group.block_begin; b < group.block_end; ++b) {
    if (bars.blocks[static_cast<size_t>(b)] == kCheckedShut) continue;
    if (around.Reaches(table.blocks[static_cast<size_t>(b)])) blocks.push_back(b);
  }
}

void CheckedReach::AddCourses(const CheckedTable& table, const CheckedGroup& group,
                              const CheckedBars& bars) {
  for (int32_t y = group.syllabus_begin; y < group.syllabus_end; ++y) {
    const CheckedSyllabus& syllabus = table.syllabi[static_cast<size_t>(y)];
    const size_t first = courses.size();
    for (int32_t c = syllabus.course_begin; c < syllabus.course_end; ++c) {
      const int32_t start = table.courses[static_cast<size_t>(c)];
      const auto p = static_cast<size_t>(start);
      if (near_[p] == 0) continue;
      const Start& at = table.market.starts[p];
      courses.push_back({.start = start,
                         .bar = bars.starts[p],
                         .begins = at.begins,
                         .entry_level = at.entry_level,
                         .x = at.x,
                         .y = at.y,
                         .online = at.online});
    }
    if (courses.size() == first) continue;
    syllabi.push_back(
        {.taught = syllabus.taught, .course_begin = first, .course_end = courses.size()});
  }
}

}  // namespace matchgo::scheduler::engine
