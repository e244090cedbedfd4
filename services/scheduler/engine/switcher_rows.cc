#include "services/scheduler/engine/switcher_rows.h"

#include <algorithm>
#include <utility>

#include "services/scheduler/engine/feasibility.h"
#include "services/scheduler/engine/space_order.h"

namespace matchgo::scheduler::engine {

SwitcherRows::SwitcherRows(const Market& market) {
  std::vector<std::pair<uint64_t, int32_t>> order;
  order.reserve(market.switchers.size());
  for (int32_t s = 0; s < market.switcher_count(); ++s) {
    order.emplace_back(SpaceOrder(market.switcher(s).x, market.switcher(s).y), s);
  }
  std::ranges::sort(order);
  rows_.reserve(order.size());
  having_.reserve((order.size() / kRows + 1) * kColumns);
  row_of_.resize(order.size());
  for (const auto& [place, s] : order) {
    const Switcher& facts = market.switcher(s);
    row_of_[static_cast<size_t>(s)] = static_cast<int32_t>(rows_.size());
    SwitcherRow& row = rows_.emplace_back();
    row.switcher = s;
    row.x = facts.x;
    row.y = facts.y;
    row.max_dist = facts.max_dist;
    row.salary_now = facts.salary_now;
    row.salary_floor = facts.salary_floor;
    row.available = facts.available;
    row.hours_min = static_cast<uint8_t>(facts.hours_min);
    row.hours_max = static_cast<uint8_t>(facts.hours_max);
    row.level = static_cast<uint8_t>(facts.level);
    if ((rows_.size() - 1) % kRows == 0) {
      boxes_.push_back({row.x, row.x, row.y, row.y, 0});
      having_.resize(having_.size() + kColumns, 0);
    }
    uint64_t* columns = &having_[(boxes_.size() - 1) * kColumns];
    const uint64_t bit = uint64_t{1} << ((rows_.size() - 1) % kRows);
    for (const int32_t skill : market.switcher_skills[s]) columns[SkillColumn(skill)] |= bit;
    Box& box = boxes_.back();
    box.x_min = std::min(box.x_min, row.x);
    box.x_max = std::max(box.x_max, row.x);
    box.y_min = std::min(box.y_min, row.y);
    box.y_max = std::max(box.y_max, row.y);
    box.max_dist = std::max(box.max_dist, row.max_dist);
  }
}

bool SwitcherRows::MayReach(const Box& box, int32_t x, int32_t y) {
  const int32_t nearest_x = std::clamp(x, box.x_min, box.x_max);
  const int32_t nearest_y = std::clamp(y, box.y_min, box.y_max);
  return DistanceSquared(x, y, nearest_x, nearest_y) <= int64_t{box.max_dist} * box.max_dist;
}

}  // namespace matchgo::scheduler::engine
