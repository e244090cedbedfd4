#include "services/scheduler/engine/checker_reach.h"

#include <algorithm>

namespace matchgo::scheduler::engine {
namespace {

struct Neighbourhood {
  CheckedBox area = {};
  int64_t reach = 0;  // square of the longest way
  int32_t earliest = std::numeric_limits<int32_t>::max();
  int32_t level = 0;  // highest
  int32_t salary_floor = std::numeric_limits<int32_t>::max();
};

Neighbourhood Around(const Market& market, std::span<const int32_t> switchers) {
  Neighbourhood around;
  int64_t far = 0;
  for (const int32_t s : switchers) {
    const Switcher& she = market.switcher(s);
    around.area.Add(she.x, she.y);
    far = std::max<int64_t>(far, she.max_dist);
    around.earliest = std::min(around.earliest, she.available);
    around.level = std::max(around.level, she.level);
    around.salary_floor = std::min(around.salary_floor, she.salary_floor);
  }
  around.reach = far * far;
  return around;
}

bool Reaches(const Neighbourhood& around, const Start& start) {
  if (start.begins < around.earliest || start.entry_level > around.level) return false;
  CheckedBox place;
  place.Add(start.x, start.y);
  return start.online || place.SquareTo(around.area) <= around.reach;
}

// Rounded up, so that no fit is ever more than so many steps.
int64_t FitStep(int32_t required) {
  return required == 0 ? 0 : (int64_t{1000} * 65536 + required - 1) / required;
}

}  // namespace

void CheckedReach::Enter(const CheckedTable& table, std::span<const int32_t> switchers,
                         const CheckedBars& bars, bool direct) {
  const Market& market = table.market;
  const Neighbourhood around = Around(market, switchers);
  groups.clear();
  blocks.clear();
  courses.clear();
  near_.assign(market.starts.size(), 0);
  for (size_t p = 0; p < near_.size(); ++p) {
    near_[p] = bars.starts[p] != kCheckedShut && Reaches(around, market.starts[p]) ? 1 : 0;
  }
  for (size_t g = 0; g < table.groups.size(); ++g) {
    const CheckedGroup& group = table.groups[g];
    CheckedReachGroup mine{.group = static_cast<int32_t>(g),
                           .sector = group.sector,
                           .fewest_required = group.fewest_required,
                           .fit_step = FitStep(group.fewest_required),
                           .block_begin = blocks.size(),
                           .course_begin = courses.size()};
    for (int32_t b = group.block_begin; b < group.block_end; ++b) {
      const CheckedBlock& block = table.blocks[static_cast<size_t>(b)];
      if (bars.blocks[static_cast<size_t>(b)] == kCheckedShut) continue;
      if (block.salary_max < around.salary_floor) continue;
      if (block.box.SquareTo(around.area) <= around.reach) blocks.push_back(b);
    }
    mine.block_end = blocks.size();
    if (mine.block_begin == mine.block_end) continue;
    AddCourses(table, group, bars);
    mine.course_end = courses.size();
    if (direct || mine.course_begin < mine.course_end) {
      groups.push_back(mine);
    } else {
      blocks.resize(mine.block_begin);
    }
  }
}

void CheckedReach::AddCourses(const CheckedTable& table, const CheckedGroup& group,
                              const CheckedBars& bars) {
  for (int32_t c = group.course_begin; c < group.course_end; ++c) {
    const CheckedCourse& course = table.courses[static_cast<size_t>(c)];
    const auto p = static_cast<size_t>(course.start);
    if (near_[p] == 0) continue;
    const Start& start = table.market.starts[p];
    courses.push_back({.taught = course.taught,
                       .start = course.start,
                       .bar = bars.starts[p],
                       .begins = start.begins,
                       .entry_level = start.entry_level,
                       .x = start.x,
                       .y = start.y,
                       .online = start.online});
  }
}

}  // namespace matchgo::scheduler::engine
