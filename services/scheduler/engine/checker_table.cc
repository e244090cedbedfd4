#include "services/scheduler/engine/checker_table.h"

#include <algorithm>
#include <bit>
#include <tuple>
#include <utility>

namespace matchgo::scheduler::engine {
namespace {

constexpr size_t kWordBits = 64;
constexpr size_t kNeighbours = 512;

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

CheckedBlock::CheckedBlock() {
  x_min.fill(INT32_MAX);
  x_max.fill(INT32_MIN);
  y_min.fill(INT32_MAX);
  y_max.fill(INT32_MIN);
  salaries.fill(INT32_MIN);
}

CheckedColumn CheckedBlock::Outside(const CheckedBox& area, int32_t reach,
                                    int32_t salary_floor) const {
  std::array<bool, kCheckedRuns> out = {};
  for (size_t i = 0; i < kCheckedRuns; ++i) {
    out[i] = (x_max[i] < area.x_min - reach) || (x_min[i] > area.x_max + reach) ||
             (y_max[i] < area.y_min - reach) || (y_min[i] > area.y_max + reach) ||
             (salaries[i] < salary_floor);
  }
  CheckedColumn rows = {};
  constexpr uint64_t kRun = (uint64_t{1} << kCheckedRunRows) - 1;
  for (size_t i = 0; i < kCheckedRuns; ++i) {
    const size_t bit = i * kCheckedRunRows;
    rows[bit / kWordBits] |= (out[i] ? kRun : 0) << (bit % kWordBits);
  }
  const auto count = static_cast<size_t>(end - begin);
  for (size_t word = 0; word < rows.size(); ++word) {
    const size_t first = word * kWordBits;
    if (count < first + kWordBits) {
      rows[word] |= ~uint64_t{0} << (count > first ? count - first : 0);
    }
  }
  return rows;
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
  draft.mentions.resize(needs);
  for (size_t begin = 0, end = 0; begin < offers.size(); begin = end) {
    const auto group = [&](size_t row) {
      const Vacancy& job = market.vacancy(offers[row].vacancy);
      return std::pair(job.occupation, job.sector);
    };
    while (end < offers.size() && group(end) == group(begin)) ++end;
    groups.push_back({.sector = group(begin).second, .row_begin = static_cast<int32_t>(begin)});
    AddGroup(std::span(offers).subspan(begin, end - begin), draft);
  }
  for (const auto& mentions : draft.mentions) bits_of_need.Append(mentions);
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
  std::vector<std::pair<uint64_t, int32_t>> places;
  places.reserve(market.switchers.size());
  for (int32_t s = 0; s < market.switcher_count(); ++s) {
    places.emplace_back(Interleaved(market.switcher(s).x, market.switcher(s).y), s);
  }
  std::ranges::sort(places);
  tour.reserve(places.size());
  for (const auto& [place, s] : places) tour.push_back(s);
  // Among neighbours those next to each other who travel as far.
  for (size_t begin = 0; begin < tour.size(); begin += kNeighbours) {
    const size_t count = std::min(kNeighbours, tour.size() - begin);
    std::ranges::sort(std::span(tour).subspan(begin, count), {},
                      [this](int32_t s) { return std::pair(market.switcher(s).max_dist, s); });
  }
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
    const auto required = static_cast<int32_t>(market.vacancy_required[offer.vacancy].size());
    group.fewest_required = std::min(group.fewest_required, required);
    ForNeeds(offer.vacancy, [&](int32_t need) {
      if (draft.times[static_cast<size_t>(need)]++ == 0) needed.push_back(need);
    });
  }
  group.fit_step = CheckedFitStep(group.fewest_required);
  std::ranges::sort(needed, {}, [&draft](int32_t need) {
    return std::pair(-draft.times[static_cast<size_t>(need)], need);
  });
  group.needs = static_cast<int32_t>(needed.size());
  group.words = (needed.size() + kWordBits - 1) / kWordBits;
  group.set_begin = set_words;
  set_words += group.words;
  for (size_t bit = 0; bit < needed.size(); ++bit) {
    const auto need = static_cast<size_t>(needed[bit]);
    draft.bit[need] = static_cast<int32_t>(bit);
    draft.mentions[need].push_back(static_cast<uint32_t>(group.set_begin * kWordBits + bit));
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
    block.columns = columns.size();
    columns.resize(columns.size() + static_cast<size_t>(group.needs));
    for (int32_t row = block.begin; row < block.end; ++row) {
      const CheckedOffer& offer = offers[static_cast<size_t>(row)];
      block.box.Add(offer.x, offer.y);
      block.salary_max = std::max(block.salary_max, offer.salary_max);
      const auto at = static_cast<size_t>(row - block.begin);
      const size_t run = at / kCheckedRunRows;
      block.x_min[run] = std::min(block.x_min[run], offer.x);
      block.x_max[run] = std::max(block.x_max[run], offer.x);
      block.y_min[run] = std::min(block.y_min[run], offer.y);
      block.y_max[run] = std::max(block.y_max[run], offer.y);
      block.salaries[run] = std::max(block.salaries[run], offer.salary_max);
      const uint64_t* const needs = NeedsOf(group, row);
      for (size_t word = 0; word < group.words; ++word) {
        for (uint64_t left = needs[word]; left != 0; left &= left - 1) {
          const size_t need = word * kWordBits + static_cast<size_t>(std::countr_zero(left));
          columns[block.columns + need][at / kWordBits] |= uint64_t{1} << (at % kWordBits);
        }
      }
    }
    blocks.push_back(block);
  }
  group.block_end = static_cast<int32_t>(blocks.size());
}

}  // namespace matchgo::scheduler::engine
