#include "services/scheduler/engine/vacancy_groups.h"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <tuple>

#include "services/scheduler/engine/space_order.h"

namespace matchgo::scheduler::engine {
namespace {

// A group with more skills is split: its masks would grow for everybody.
constexpr size_t kGroupSkillsMax = 256;
constexpr int32_t kBlockSpanMax = std::numeric_limits<uint16_t>::max();
constexpr uint8_t kNoHours = 255;

struct Placed {
  int32_t occupation = 0;
  int32_t sector = 0;
  int32_t qualification = 0;
  uint64_t curve = 0;
  int32_t vacancy = 0;

  auto kind() const { return std::tuple(occupation, sector, qualification); }
  auto order() const { return std::tuple(occupation, sector, qualification, curve, vacancy); }
};

std::vector<Placed> InOrder(const Market& market) {
  std::vector<Placed> placed;
  placed.reserve(market.vacancies.size());
  for (int32_t v = 0; v < market.vacancy_count(); ++v) {
    const Vacancy& vacancy = market.vacancy(v);
    placed.push_back({vacancy.occupation, vacancy.sector, vacancy.qualification,
                      SpaceOrder(vacancy.x, vacancy.y), v});
  }
  std::ranges::sort(placed, {}, &Placed::order);
  return placed;
}

template <class T>
size_t BytesOf(const std::vector<T>& values) {
  return values.capacity() * sizeof(T);
}

class GroupBuilder {
 public:
  explicit GroupBuilder(const Market& market)
      : market_(market),
        bit_of_(static_cast<size_t>(market.skill_names.size()), kNone),
        syllabi_of_(static_cast<size_t>(market.occupation_names.size())) {}

  VacancyGroups Run() {
    PlaceStarts();
    PlacePlane();
    int32_t salary_max = 0;
    for (const Vacancy& v : market_.vacancies) salary_max = std::max(salary_max, v.salary_max);
    made_.salary_step = salary_max / std::numeric_limits<uint16_t>::max() + 1;
    made_.slot_of.resize(market_.vacancies.size(), kNone);
    const std::vector<Placed> placed = InOrder(market_);
    for (size_t begin = 0; begin < placed.size();) begin = AddGroup(placed, begin);
    MakeSkillBits();
    // Scans read whole vectors.
    for (auto* side : Sides()) side->resize(side->size() + kLanes * 4, 0);
    return std::move(made_);
  }

 private:
  // Adds a group of the vacancies from `begin` on; returns where the next one begins.
  size_t AddGroup(const std::vector<Placed>& placed, size_t begin) {
    std::vector<int32_t> pool;
    size_t end = begin;
    for (; end < placed.size() && placed[end].kind() == placed[begin].kind(); ++end) {
      const size_t before = pool.size();
      AddSkills(market_.vacancy_required[placed[end].vacancy], pool);
      AddSkills(market_.vacancy_nice[placed[end].vacancy], pool);
      if (pool.size() <= kGroupSkillsMax || end == begin) continue;
      for (size_t i = before; i < pool.size(); ++i) bit_of_[static_cast<size_t>(pool[i])] = kNone;
      pool.resize(before);
      break;
    }
    std::ranges::sort(pool);
    for (size_t i = 0; i < pool.size(); ++i) {
      bit_of_[static_cast<size_t>(pool[i])] = static_cast<int32_t>(i);
    }
    VacancyGroup group{.occupation = placed[begin].occupation,
                       .sector = placed[begin].sector,
                       .qualification = placed[begin].qualification,
                       .first_block = static_cast<int32_t>(made_.blocks.size()),
                       .words = static_cast<int32_t>(std::max<size_t>(1, (pool.size() + 63) / 64)),
                       .first_word = made_.word_count,
                       .first_mask = made_.required.size(),
                       .first_skill = static_cast<int32_t>(made_.skills.size()),
                       .skill_count = static_cast<int32_t>(pool.size()),
                       .required_min = std::numeric_limits<int32_t>::max()};
    made_.word_count += group.words;
    made_.skills.insert(made_.skills.end(), pool.begin(), pool.end());
    for (size_t next = begin; next < end;) next = AddBlock(placed, next, end, group);
    group.block_count = static_cast<int32_t>(made_.blocks.size()) - group.first_block;
    made_.group_of_block.resize(made_.blocks.size(), static_cast<int32_t>(made_.groups.size()));
    AddCourses(group);
    made_.groups.push_back(group);
    for (const int32_t skill : pool) bit_of_[static_cast<size_t>(skill)] = kNone;
    return end;
  }

  void AddSkills(std::span<const int32_t> skills, std::vector<int32_t>& pool) {
    for (const int32_t skill : skills) {
      int32_t& bit = bit_of_[static_cast<size_t>(skill)];
      if (bit != kNone) continue;
      bit = 0;
      pool.push_back(skill);
    }
  }

  // Fills a block with up to sixteen vacancies that are not too far apart.
  size_t AddBlock(const std::vector<Placed>& placed, size_t begin, size_t end,
                  VacancyGroup& group) {
    int32_t x_min = std::numeric_limits<int32_t>::max();
    int32_t y_min = x_min;
    int32_t x_max = std::numeric_limits<int32_t>::min();
    int32_t y_max = x_max;
    size_t next = begin;
    for (; next < end && next < begin + kLanes; ++next) {
      const Vacancy& v = market_.vacancy(placed[next].vacancy);
      if (std::max(x_max, v.x) - std::min(x_min, v.x) > kBlockSpanMax ||
          std::max(y_max, v.y) - std::min(y_min, v.y) > kBlockSpanMax) {
        break;
      }
      x_min = std::min(x_min, v.x);
      x_max = std::max(x_max, v.x);
      y_min = std::min(y_min, v.y);
      y_max = std::max(y_max, v.y);
    }
    BlockBoxes& boxes = made_.boxes;
    boxes.x_min.push_back(static_cast<uint8_t>((x_min - boxes.origin_x) >> boxes.shift));
    boxes.x_max.push_back(static_cast<uint8_t>((x_max - boxes.origin_x) >> boxes.shift));
    boxes.y_min.push_back(static_cast<uint8_t>((y_min - boxes.origin_y) >> boxes.shift));
    boxes.y_max.push_back(static_cast<uint8_t>((y_max - boxes.origin_y) >> boxes.shift));
    LaneBlock& block = made_.blocks.emplace_back();
    block.origin_x = x_min;
    block.origin_y = y_min;
    block.hours.fill(kNoHours);
    const size_t masks = made_.required.size();
    made_.required.resize(masks + static_cast<size_t>(group.words) * kLanes, 0);
    made_.nice.resize(made_.required.size(), 0);
    made_.details.resize(made_.blocks.size() * kLanes);
    for (size_t lane = 0; begin + lane < next; ++lane) {
      FillLane(placed[begin + lane].vacancy, lane, masks, group);
    }
    return next;
  }

  void FillLane(int32_t v, size_t lane, size_t masks, VacancyGroup& group) {
    const Vacancy& vacancy = market_.vacancy(v);
    const std::span<const int32_t> required = market_.vacancy_required[v];
    const auto count = static_cast<int32_t>(required.size());
    LaneBlock& block = made_.blocks.back();
    block.x[lane] = static_cast<uint16_t>(vacancy.x - block.origin_x);
    block.y[lane] = static_cast<uint16_t>(vacancy.y - block.origin_y);
    block.hours[lane] = static_cast<uint8_t>(vacancy.hours);
    block.required[lane] = static_cast<uint8_t>(std::min(count, 255));
    block.salary[lane] =
        static_cast<uint16_t>((vacancy.salary_max + made_.salary_step - 1) / made_.salary_step);
    block.latest_ready[lane] = Days16(vacancy.latest_ready);
    SetBits(required, made_.required, masks + lane);
    SetBits(market_.vacancy_nice[v], made_.nice, masks + lane);
    const size_t slot = (made_.blocks.size() - 1) * kLanes + lane;
    made_.details[slot] = {
        .vacancy = v, .salary_max = vacancy.salary_max, .latest_ready = vacancy.latest_ready};
    made_.slot_of[static_cast<size_t>(v)] = static_cast<int32_t>(slot);
    group.required_min = std::min(group.required_min, count);
    group.required_max = std::max(group.required_max, count);
    group.salary_max = std::max(group.salary_max, vacancy.salary_max);
  }

  void SetBits(std::span<const int32_t> skills, std::vector<uint64_t>& masks, size_t first) const {
    for (const int32_t skill : skills) {
      const auto bit = static_cast<size_t>(bit_of_[static_cast<size_t>(skill)]);
      masks[first + bit / 64 * kLanes] |= uint64_t{1} << (bit % 64);
    }
  }

  void PlaceStarts() {
    made_.syllabi = ShareSyllabi(market_);
    const Syllabi& syllabi = made_.syllabi;
    made_.start_blocks.resize((syllabi.starts.size() + kLanes - 1) / kLanes);
    for (StartBlock& block : made_.start_blocks) {
      block.entry_level.fill(std::numeric_limits<int32_t>::max());
    }
    made_.slot_of_start.resize(syllabi.starts.size());
    for (size_t slot = 0; slot < syllabi.starts.size(); ++slot) {
      made_.slot_of_start[static_cast<size_t>(syllabi.starts[slot])] = static_cast<int32_t>(slot);
      const Start& start = market_.start(syllabi.starts[slot]);
      StartBlock& block = made_.start_blocks[slot / kLanes];
      const size_t lane = slot % kLanes;
      block.begins[lane] = start.begins;
      block.entry_level[lane] = start.entry_level;
      block.x[lane] = start.x;
      block.y[lane] = start.y;
      if (start.online) block.online = static_cast<uint16_t>(block.online | 1U << lane);
    }
    for (size_t i = 0; i < syllabi.all.size(); ++i) {
      const int32_t any = syllabi.starts[static_cast<size_t>(syllabi.first[i])];
      for (const int32_t o : market_.start_occupations[any]) {
        syllabi_of_[static_cast<size_t>(o)].push_back(static_cast<int32_t>(i));
      }
    }
  }

  std::array<std::vector<uint8_t>*, 4> Sides() {
    BlockBoxes& boxes = made_.boxes;
    return {&boxes.x_min, &boxes.x_max, &boxes.y_min, &boxes.y_max};
  }

  // Coarse squares that cover all vacancies with 8 bits a side.
  void PlacePlane() {
    if (market_.vacancies.empty()) return;
    const auto [west, east] = std::ranges::minmax_element(market_.vacancies, {}, &Vacancy::x);
    const auto [south, north] = std::ranges::minmax_element(market_.vacancies, {}, &Vacancy::y);
    made_.boxes.origin_x = west->x;
    made_.boxes.origin_y = south->y;
    const int32_t side = std::max(east->x - west->x, north->y - south->y);
    while (side >> made_.boxes.shift > 255) ++made_.boxes.shift;
  }

  void AddCourses(VacancyGroup& group) {
    group.first_course = static_cast<int32_t>(made_.courses.size());
    group.first_reach = static_cast<int32_t>(made_.course_reach.size());
    if (group.occupation == kNone) return;
    const auto words = static_cast<size_t>(group.words);
    for (const int32_t syllabus : syllabi_of_[static_cast<size_t>(group.occupation)]) {
      AddCourse(group, syllabus);
      const uint64_t* all = &made_.taught[made_.taught.size() - words];
      made_.course_reach.insert(made_.course_reach.end(), all, all + words);
    }
    group.course_count = static_cast<int32_t>(made_.courses.size()) - group.first_course;
  }

  void AddCourse(const VacancyGroup& group, int32_t syllabus) {
    Course& course = made_.courses.emplace_back();
    course.syllabus = syllabus;
    course.first_teacher = made_.teachers.size();
    course.first_taught = made_.taught.size();
    const auto at = static_cast<size_t>(syllabus);
    const int32_t any = made_.syllabi.starts[static_cast<size_t>(made_.syllabi.first[at])];
    course.awards = group.qualification != kNone &&
                    std::ranges::binary_search(market_.start_awards[any], group.qualification);
    const PlanIndex& plans = made_.syllabi.all[at].plans();
    const auto words = static_cast<size_t>(group.words);
    made_.taught.resize(made_.taught.size() + (plans.module_count() + 1) * words, 0);
    for (size_t bit = 0; bit < static_cast<size_t>(group.skill_count); ++bit) {
      uint64_t teachers =
          plans.TeachersOf(made_.skills[static_cast<size_t>(group.first_skill) + bit]);
      made_.teachers.push_back(teachers);
      const auto teach = [&](size_t row) {
        made_.taught[course.first_taught + row * words + bit / 64] |= uint64_t{1} << (bit % 64);
      };
      if (teachers != 0) teach(plans.module_count());
      for (; teachers != 0; teachers &= teachers - 1) {
        teach(static_cast<size_t>(std::countr_zero(teachers)));
      }
    }
  }

  void MakeSkillBits() {
    std::vector<std::vector<SkillBit>> bits(bit_of_.size());
    for (const VacancyGroup& group : made_.groups) {
      for (int32_t bit = 0; bit < group.skill_count; ++bit) {
        const int32_t skill =
            made_.skills[static_cast<size_t>(group.first_skill) + static_cast<size_t>(bit)];
        bits[static_cast<size_t>(skill)].push_back(static_cast<SkillBit>(group.first_word) * 64 +
                                                   static_cast<SkillBit>(bit));
      }
    }
    for (const std::vector<SkillBit>& list : bits) made_.bits_of.Append(list);
  }

  const Market& market_;
  VacancyGroups made_;
  std::vector<int32_t> bit_of_;                   // by skill, in the group being built
  std::vector<std::vector<int32_t>> syllabi_of_;  // by occupation
};

}  // namespace

VacancyGroups MakeVacancyGroups(const Market& market) { return GroupBuilder(market).Run(); }

size_t VacancyGroups::bytes() const {
  size_t sum = BytesOf(groups) + BytesOf(blocks) + BytesOf(group_of_block) +
               BytesOf(boxes.x_min) * 4 + BytesOf(required) + BytesOf(nice) + BytesOf(details) +
               BytesOf(slot_of) + BytesOf(skills) + bits_of.bytes() + BytesOf(syllabi.starts) +
               BytesOf(syllabi.first) + BytesOf(courses) + BytesOf(start_blocks) +
               BytesOf(slot_of_start) + BytesOf(course_reach) + BytesOf(teachers) + BytesOf(taught);
  for (const Syllabus& syllabus : syllabi.all) sum += syllabus.bytes();
  return sum;
}

}  // namespace matchgo::scheduler::engine
