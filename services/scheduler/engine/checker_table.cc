#include "services/scheduler/engine/checker_table.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace matchgo::scheduler::engine {
namespace {

constexpr size_t kBlockRows = 16;
constexpr uint32_t kBits = 128;

int64_t Square(int64_t value) { return value * value; }

// How far outside of a range a value lies.
int64_t Outside(int64_t value, int64_t low, int64_t high) {
  return std::max<int64_t>({low - value, value - high, 0});
}

// Interleaves coordinates, so that what is near in order is near in space.
uint64_t Interleaved(int32_t x, int32_t y) {
  uint64_t result = 0;
  const auto across = static_cast<uint64_t>(int64_t{x} + 100'000);
  const auto up = static_cast<uint64_t>(int64_t{y} + 100'000);
  for (unsigned bit = 0; bit < 18; ++bit) {
    result |= (across >> bit & 1U) << (2 * bit) | (up >> bit & 1U) << (2 * bit + 1);
  }
  return result;
}

}  // namespace

void CheckedBox::Add(int32_t x, int32_t y) {
  x_min = std::min(x_min, x);
  x_max = std::max(x_max, x);
  y_min = std::min(y_min, y);
  y_max = std::max(y_max, y);
}

int64_t CheckedBox::SquareTo(int32_t x, int32_t y) const {
  return Square(Outside(x, x_min, x_max)) + Square(Outside(y, y_min, y_max));
}

int64_t CheckedBox::SquareTo(const CheckedBox& other) const {
  const int64_t across =
      std::max<int64_t>({int64_t{other.x_min} - x_max, int64_t{x_min} - other.x_max, 0});
  const int64_t up =
      std::max<int64_t>({int64_t{other.y_min} - y_max, int64_t{y_min} - other.y_max, 0});
  return Square(across) + Square(up);
}

CheckedTable::CheckedTable(const Market& whole) : market(whole), teaching(whole) {
  using Order = std::tuple<int32_t, int32_t, uint64_t, int32_t>;
  std::vector<Order> order;
  order.reserve(market.vacancies.size());
  for (int32_t v = 0; v < market.vacancy_count(); ++v) {
    const Vacancy& job = market.vacancy(v);
    order.emplace_back(job.occupation, job.sector, Interleaved(job.x, job.y), v);
  }
  std::ranges::sort(order);
  for (const Order& entry : order) {
    const int32_t v = std::get<3>(entry);
    const Vacancy& job = market.vacancy(v);
    vacancies.push_back(v);
    offers.push_back({job.x, job.y, job.salary_max, job.hours, job.latest_ready});
  }
  needs.resize(vacancies.size());
  group_of.resize(vacancies.size());
  std::vector<std::vector<CheckedMention>> said(static_cast<size_t>(market.skill_names.size()));
  for (size_t begin = 0, end = 0; begin < order.size(); begin = end) {
    const auto group = [&](size_t i) {
      return std::pair(std::get<0>(order[i]), std::get<1>(order[i]));
    };
    while (end < order.size() && group(end) == group(begin)) ++end;
    groups.push_back({.sector = std::get<1>(order[begin]),
                      .block_begin = static_cast<int32_t>(begin)});  // a row, until AddBlocks
    AddGroup(std::span(vacancies).subspan(begin, end - begin), said);
  }
  for (const auto& mentions : said) groups_of_skill.Append(mentions);

  std::vector<std::pair<uint64_t, int32_t>> places;
  places.reserve(market.switchers.size());
  for (int32_t s = 0; s < market.switcher_count(); ++s) {
    places.emplace_back(Interleaved(market.switcher(s).x, market.switcher(s).y), s);
  }
  std::ranges::sort(places);
  for (const auto& [place, s] : places) tour.push_back(s);
}

void CheckedTable::AddGroup(std::span<const int32_t> of_group,
                            std::vector<std::vector<CheckedMention>>& said) {
  CheckedGroup& group = groups.back();
  const auto number = static_cast<int32_t>(groups.size() - 1);
  std::vector<int32_t> pool;
  group.fewest_required = INT32_MAX;
  for (const int32_t v : of_group) {
    const std::span<const int32_t> required = market.vacancy_required[v];
    pool.insert(pool.end(), required.begin(), required.end());
    group.fewest_required = std::min(group.fewest_required, static_cast<int32_t>(required.size()));
  }
  std::ranges::sort(pool);
  pool.erase(std::unique(pool.begin(), pool.end()), pool.end());
  const auto bit_of = [&pool](int32_t skill) {
    const auto at = std::ranges::lower_bound(pool, skill) - pool.begin();
    return static_cast<uint32_t>(at) % kBits;
  };
  for (const int32_t skill : pool) {
    said[static_cast<size_t>(skill)].push_back({number, bit_of(skill)});
  }
  const auto row = static_cast<size_t>(group.block_begin);
  for (size_t i = 0; i < of_group.size(); ++i) {
    group_of[static_cast<size_t>(of_group[i])] = number;
    for (const int32_t skill : market.vacancy_required[of_group[i]]) {
      needs[row + i].Add(bit_of(skill));
    }
  }
  group.course_begin = static_cast<int32_t>(courses.size());
  for (const int32_t p : teaching.Serving(market.vacancy(of_group.front()).occupation)) {
    CheckedCourse course{.start = p};
    for (const auto& [skill, modules] : teaching.Taught(p)) {
      if (std::ranges::binary_search(pool, skill)) course.taught.Add(bit_of(skill));
    }
    courses.push_back(course);
  }
  group.course_end = static_cast<int32_t>(courses.size());
  AddBlocks(of_group);
}

void CheckedTable::AddBlocks(std::span<const int32_t> of_group) {
  CheckedGroup& group = groups.back();
  const auto row = static_cast<size_t>(group.block_begin);
  group.block_begin = static_cast<int32_t>(blocks.size());
  for (size_t begin = 0; begin < of_group.size(); begin += kBlockRows) {
    const size_t end = std::min(begin + kBlockRows, of_group.size());
    CheckedBlock block{.common = {~uint64_t{0}, ~uint64_t{0}},
                       .begin = static_cast<int32_t>(row + begin),
                       .end = static_cast<int32_t>(row + end)};
    for (size_t i = begin; i < end; ++i) {
      const Vacancy& job = market.vacancy(of_group[i]);
      block.box.Add(job.x, job.y);
      block.salary_max = std::max(block.salary_max, job.salary_max);
      block.common.low &= needs[row + i].low;
      block.common.high &= needs[row + i].high;
    }
    blocks.push_back(block);
  }
  group.block_end = static_cast<int32_t>(blocks.size());
}

}  // namespace matchgo::scheduler::engine
