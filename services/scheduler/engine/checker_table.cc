#include "services/scheduler/engine/checker_table.h"

#include <algorithm>
#include <bit>
#include <tuple>
#include <utility>

namespace matchgo::scheduler::engine {
namespace {

constexpr size_t kWordBits = 64;

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

// Grows with a distance by a quarter to an eighth a step.
int32_t StepOf(int32_t distance) {
  const auto value = static_cast<uint32_t>(distance);
  const auto width = static_cast<int32_t>(std::bit_width(value));
  return width < 3 ? distance : width * 4 + static_cast<int32_t>(value >> (width - 3) & 3U);
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

int64_t CheckedBox::MostSquareTo(int32_t x, int32_t y) const {
  const int64_t across = std::max(int64_t{x} - x_min, int64_t{x_max} - x);
  const int64_t up = std::max(int64_t{y} - y_min, int64_t{y_max} - y);
  return Square(across) + Square(up);
}

int32_t CheckedFitStep(int32_t required) {
  constexpr int32_t kFull = 1000 * 65536;
  return required == 0 ? 0 : (kFull + required - 1) / required;
}

CheckedTable::CheckedTable(const Market& whole) : market(whole), teaching(whole) {
  SortRows();
  Draft draft;
  const int32_t names = market.skill_names.size() + market.qualification_names.size();
  const auto needs = static_cast<size_t>(names);
  draft.times.assign(needs, 0);
  draft.bit.assign(needs, 0);
  for (size_t begin = 0, end = 0; begin < offers.size(); begin = end) {
    const auto group = [&](size_t row) {
      const Vacancy& job = market.vacancy(offers[row].vacancy);
      return std::pair(job.occupation, job.sector);
    };
    while (end < offers.size() && group(end) == group(begin)) ++end;
    groups.push_back({.sector = group(begin).second, .row_begin = static_cast<int32_t>(begin)});
    AddGroup(std::span(offers).subspan(begin, end - begin), draft);
  }
  SortSwitchers();
}

void CheckedTable::SortRows() {
  using Order = std::tuple<int32_t, int32_t, uint64_t, int32_t>;
  std::vector<Order> order;
  order.reserve(market.vacancies.size());
  for (int32_t v = 0; v < market.vacancy_count(); ++v) {
    const Vacancy& job = market.vacancy(v);
    order.emplace_back(job.occupation, job.sector, Interleaved(job.x, job.y), v);
  }
  std::ranges::sort(order);
  offers.reserve(order.size());
  for (const Order& entry : order) {
    const int32_t v = std::get<3>(entry);
    const Vacancy& job = market.vacancy(v);
    const auto required = static_cast<int32_t>(market.vacancy_required[v].size());
    offers.push_back(
        {job.x, job.y, job.salary_max, job.hours, job.latest_ready, v, CheckedFitStep(required)});
  }
}

void CheckedTable::SortSwitchers() {
  using Order = std::tuple<int32_t, uint64_t, int32_t>;
  std::vector<Order> order;
  order.reserve(market.switchers.size());
  for (int32_t s = 0; s < market.switcher_count(); ++s) {
    const Switcher& she = market.switcher(s);
    order.emplace_back(StepOf(she.max_dist), Interleaved(she.x, she.y), s);
  }
  std::ranges::sort(order);
  tour.reserve(order.size());
  for (const Order& entry : order) tour.push_back(std::get<2>(entry));
}

template <class Use>
void CheckedTable::ForNeeds(int32_t v, const Use& use) const {
  for (const int32_t skill : market.vacancy_required[v]) use(skill);
  const int32_t qualification = market.vacancy(v).qualification;
  if (qualification != kNone) use(market.skill_names.size() + qualification);
}

void CheckedTable::AddGroup(std::span<const CheckedOffer> of_group, Draft& draft) {
  CheckedGroup& group = groups.back();
  std::vector<int32_t> needed;
  for (const CheckedOffer& offer : of_group) {
    ForNeeds(offer.vacancy, [&](int32_t need) {
      if (draft.times[static_cast<size_t>(need)]++ == 0) needed.push_back(need);
    });
  }
  std::ranges::sort(needed, {}, [&draft](int32_t need) {
    return std::pair(draft.times[static_cast<size_t>(need)], need);
  });
  group.needs = static_cast<int32_t>(needed.size());
  group.words = (needed.size() + kWordBits - 1) / kWordBits;
  group.names_begin = need_names.size();
  need_names.insert(need_names.end(), needed.begin(), needed.end());
  for (size_t bit = 0; bit < needed.size(); ++bit) {
    draft.bit[static_cast<size_t>(needed[bit])] = static_cast<int32_t>(bit);
  }
  group.row_needs = row_needs.size();
  row_needs.resize(row_needs.size() + of_group.size() * group.words, 0);
  for (size_t i = 0; i < of_group.size(); ++i) {
    uint64_t* const row = row_needs.data() + group.row_needs + i * group.words;
    ForNeeds(of_group[i].vacancy, [&](int32_t need) {
      const auto bit = static_cast<size_t>(draft.bit[static_cast<size_t>(need)]);
      row[bit / kWordBits] |= uint64_t{1} << (bit % kWordBits);
    });
  }
  AddSyllabi(market.vacancy(of_group.front().vacancy).occupation, draft);
  AddBlocks(of_group);
  for (const int32_t need : needed) draft.times[static_cast<size_t>(need)] = 0;
}

void CheckedTable::AddSyllabi(int32_t occupation, const Draft& draft) {
  CheckedGroup& group = groups.back();
  group.syllabus_begin = static_cast<int32_t>(syllabi.size());
  using Course = std::tuple<std::vector<uint64_t>, int32_t, int32_t>;  // taught, begins, start
  std::vector<Course> serving;
  for (const int32_t p : teaching.Serving(occupation)) {
    Course& course =
        serving.emplace_back(std::vector<uint64_t>(group.words, 0), market.start(p).begins, p);
    std::vector<uint64_t>& set = std::get<0>(course);
    const auto add = [&](int32_t need) {
      if (draft.times[static_cast<size_t>(need)] == 0) return;
      const auto bit = static_cast<size_t>(draft.bit[static_cast<size_t>(need)]);
      set[bit / kWordBits] |= uint64_t{1} << (bit % kWordBits);
    };
    for (const auto& [skill, modules] : teaching.Taught(p)) add(skill);
    for (const int32_t award : market.start_awards[p]) add(market.skill_names.size() + award);
  }
  std::ranges::sort(serving);
  for (size_t i = 0; i < serving.size(); ++i) {
    const auto& [set, begins, start] = serving[i];
    const auto course = static_cast<int32_t>(courses.size());
    if (i == 0 || set != std::get<0>(serving[i - 1])) {
      syllabi.push_back({.taught = taught.size(), .course_begin = course});
      taught.insert(taught.end(), set.begin(), set.end());
    }
    courses.push_back(start);
    syllabi.back().course_end = course + 1;
  }
  group.syllabus_end = static_cast<int32_t>(syllabi.size());
}

void CheckedTable::AddBlocks(std::span<const CheckedOffer> of_group) {
  CheckedGroup& group = groups.back();
  group.block_begin = static_cast<int32_t>(blocks.size());
  const auto count = static_cast<int32_t>(of_group.size());
  for (int32_t begin = 0; begin < count; begin += kCheckedRows) {
    CheckedBlock block;
    block.begin = group.row_begin + begin;
    block.end = group.row_begin + std::min(begin + kCheckedRows, count);
    for (int32_t row = block.begin; row < block.end; ++row) {
      const CheckedOffer& offer = offers[static_cast<size_t>(row)];
      block.box.Add(offer.x, offer.y);
      block.salary_max = std::max(block.salary_max, offer.salary_max);
    }
    blocks.push_back(block);
  }
  group.block_end = static_cast<int32_t>(blocks.size());
}

}  // namespace matchgo::scheduler::engine
