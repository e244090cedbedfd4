#include "services/scheduler/engine/change_search.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <utility>

#include "services/scheduler/engine/feasibility.h"

namespace matchgo::scheduler::engine {
namespace {

constexpr uint8_t kNoHours = 255;

}  // namespace

ChangeSearch::ChangeSearch(const CandidateIndex& index, const Admission& doors,
                           const ProspectRules& rules)
    : index_(index),
      market_(index.market()),
      groups_(index.groups()),
      doors_(doors),
      rules_(rules),
      person_(rules.person()),
      skills_(market_.skill_names.size()),
      has_(static_cast<size_t>(groups_.word_count), 0),
      hours_(groups_.syllabi.all.size()),
      lacking_(groups_.syllabi.all.size()),
      lacking_known_(groups_.syllabi.all.size(), 0) {
  for (const int32_t skill : person_.skills) {
    skills_.Add(skill);
    for (const SkillBit bit : groups_.bits_of[skill]) has_[bit / 64] |= uint64_t{1} << (bit % 64);
  }
}

std::vector<Change> ChangeSearch::Run(std::optional<int32_t> vacancy) {
  FindOpenStarts();
  for (dimensions_ = 1; dimensions_ <= static_cast<int>(kDimensions); ++dimensions_) {
    more_may_do_ = false;
    SweepPlain(vacancy);
    // Of several dimensions, sets without a skill come first.
    if (dimensions_ == 1 || !Found()) SweepWithSkill(vacancy);
    if (Found() || !more_may_do_) break;
  }
  std::vector<Change> changes;
  for (const std::optional<Change>& change : single_) {
    if (change) changes.push_back(*change);
  }
  if (joint_) changes.push_back(*joint_);
  return changes;
}

bool ChangeSearch::Found() const {
  return joint_ || std::ranges::any_of(single_, [](const auto& one) { return one.has_value(); });
}

// Starts that run and are not full of people who stay, and may take her after some change.
void ChangeSearch::FindOpenStarts() {
  const Syllabi& syllabi = groups_.syllabi;
  for (size_t i = 0; i < syllabi.all.size(); ++i) {
    first_start_.push_back(static_cast<uint32_t>(starts_.size()));
    for (int32_t slot = syllabi.first[i]; slot < syllabi.first[i + 1]; ++slot) {
      const int32_t p = syllabi.starts[static_cast<size_t>(slot)];
      if (doors_.start_floor(p) == Door::kShutFloor) continue;
      const Start& start = market_.start(p);
      const int64_t distance =
          start.online ? 0 : DistanceSquared(person_.facts.x, person_.facts.y, start.x, start.y);
      if (const auto needed = rules_.NeededForStart(p, distance)) {
        starts_.push_back({p, distance, *needed});
      }
    }
  }
  first_start_.push_back(static_cast<uint32_t>(starts_.size()));
}

std::span<const ChangeSearch::OpenStart> ChangeSearch::StartsOf(const Course& course) const {
  const auto at = static_cast<size_t>(course.syllabus);
  return std::span(starts_).subspan(first_start_[at], first_start_[at + 1] - first_start_[at]);
}

bool ChangeSearch::LacksQualification(const VacancyGroup& group) const {
  return group.qualification != kNone &&
         !std::ranges::binary_search(person_.qualifications, group.qualification);
}

// Rings, each twice as wide as the last, until nothing lies farther or nothing farther could be a
// smaller change.
template <class Visit>
void ChangeSearch::ForEachRing(std::optional<int32_t> vacancy, bool with_skill,
                               const Visit& visit) {
  if (vacancy) {
    GatherOne(*vacancy, with_skill);
    for (const Lane& lane : lanes_) visit(lane);
    return;
  }
  const int spare = dimensions_ - (with_skill ? 1 : 0);
  int64_t radius = person_.facts.max_dist;
  int64_t width = radius / 8 + 10;
  Ring ring{.beyond = -1, .within = radius * radius};
  for (;;) {
    Gather(ring, with_skill);
    for (const Lane& lane : lanes_) visit(lane);
    const std::optional<Change>& nearest = single_[static_cast<size_t>(Dimension::kMaxDist)];
    const bool near_enough = nearest && nearest->To(Dimension::kMaxDist) <= radius;
    if (!farther_ || spare == 0 || near_enough || radius >= rules_.limits().max_dist) break;
    radius = std::min<int64_t>(radius + width, rules_.limits().max_dist);
    width *= 2;
    ring = {.beyond = ring.within, .within = radius * radius};
  }
  // Nobody may have looked at what lies farther.
  more_may_do_ = more_may_do_ || (farther_ && spare == 0);
}

void ChangeSearch::SweepPlain(std::optional<int32_t> vacancy) {
  ForEachRing(vacancy, false, [this](const Lane& lane) { VisitPlain(lane); });
}

void ChangeSearch::SweepWithSkill(std::optional<int32_t> vacancy) {
  ForEachRing(vacancy, true, [this](const Lane& lane) { VisitWithSkill(lane); });
}

void ChangeSearch::Gather(const Ring& ring, bool with_skill) {
  lanes_.clear();
  farther_ = false;
  for (size_t g = 0; g < groups_.groups.size(); ++g) {
    GatherGroup(static_cast<int32_t>(g), ring, with_skill);
  }
  // The nearest first: what is found there spares work farther off.
  if (ring.beyond < 0) return;
  std::ranges::sort(lanes_, [](const Lane& a, const Lane& b) {
    return a.distance != b.distance ? a.distance < b.distance : a.slot < b.slot;
  });
}

// The block of the vacancy, wherever it is, and of that only the vacancy.
void ChangeSearch::GatherOne(int32_t vacancy, bool with_skill) {
  constexpr Ring kEverywhere{.beyond = -1, .within = std::numeric_limits<int64_t>::max()};
  lanes_.clear();
  const int32_t slot = groups_.slot_of[static_cast<size_t>(vacancy)];
  const int32_t g = groups_.GroupOf(slot);
  const VacancyGroup& group = groups_.groups[static_cast<size_t>(g)];
  Reachable(group, LacksQualification(group));
  GatherBlock(g, slot / static_cast<int32_t>(kLanes), kEverywhere, with_skill);
  std::erase_if(lanes_, [slot](const Lane& lane) { return lane.slot != slot; });
}

// What she has and could learn, in the group's bits; false when too little for all of its vacancies
// even with one skill more.
bool ChangeSearch::Reachable(const VacancyGroup& group, bool lacks_qualification) {
  const auto words = static_cast<size_t>(group.words);
  reachable_.assign(has_.begin() + group.first_word, has_.begin() + group.first_word + group.words);
  for (size_t c = 0; c < static_cast<size_t>(group.course_count); ++c) {
    const Course& course = groups_.courses[static_cast<size_t>(group.first_course) + c];
    if ((!course.awards && lacks_qualification) || StartsOf(course).empty()) continue;
    const uint64_t* all = &groups_.course_reach[static_cast<size_t>(group.first_reach) + c * words];
    for (size_t w = 0; w < words; ++w) reachable_[w] |= all[w];
  }
  int32_t bits = 0;
  for (const uint64_t word : reachable_) bits += std::popcount(word);
  return bits + 1 >= group.required_min;
}

void ChangeSearch::GatherGroup(int32_t g, const Ring& ring, bool with_skill) {
  const VacancyGroup& group = groups_.groups[static_cast<size_t>(g)];
  if (!Reachable(group, LacksQualification(group))) return;
  const BlockBoxes& boxes = groups_.boxes;
  const auto side = [&](int64_t at, int64_t origin, uint8_t low, uint8_t high) {
    const int64_t from = origin + (int64_t{low} << boxes.shift);
    const int64_t to = origin + ((int64_t{high} + 1) << boxes.shift) - 1;
    return std::pair(std::max<int64_t>({from - at, at - to, 0}), std::max(to - at, at - from));
  };
  for (int32_t b = group.first_block; b < group.first_block + group.block_count; ++b) {
    const auto at = static_cast<size_t>(b);
    const auto [near_x, far_x] =
        side(person_.facts.x, boxes.origin_x, boxes.x_min[at], boxes.x_max[at]);
    const auto [near_y, far_y] =
        side(person_.facts.y, boxes.origin_y, boxes.y_min[at], boxes.y_max[at]);
    farther_ = farther_ || far_x * far_x + far_y * far_y > ring.within;
    if (near_x * near_x + near_y * near_y > ring.within) continue;
    if (far_x * far_x + far_y * far_y <= ring.beyond) continue;
    GatherBlock(g, b, ring, with_skill);
  }
}

// Most lanes ask two skills or more that she neither has nor could be taught. Counting bits costs
// more than telling none, one and many apart.
void ChangeSearch::GatherBlock(int32_t g, int32_t b, const Ring& ring, bool with_skill) {
  const VacancyGroup& group = groups_.groups[static_cast<size_t>(g)];
  const auto words = static_cast<size_t>(group.words);
  const uint64_t* required =
      &groups_.required[group.first_mask +
                        static_cast<size_t>(b - group.first_block) * words * kLanes];
  std::array<uint64_t, kLanes> some{};
  std::array<uint64_t, kLanes> many{};
  for (size_t w = 0; w < words; ++w) {
    const uint64_t beyond_her = ~reachable_[w];
    for (size_t lane = 0; lane < kLanes; ++lane) {
      const uint64_t bits = required[w * kLanes + lane] & beyond_her;
      const uint64_t again = some[lane] != 0 ? bits : 0;
      many[lane] |= (bits & (bits - 1)) | again;
      some[lane] |= bits;
    }
  }
  const LaneBlock& block = groups_.blocks[static_cast<size_t>(b)];
  for (size_t lane = 0; lane < kLanes; ++lane) {
    if (many[lane] != 0 || block.hours[lane] == kNoHours) continue;
    const bool lacks_one = some[lane] != 0;
    const auto slot = static_cast<int32_t>(static_cast<size_t>(b) * kLanes + lane);
    GatherLane({.group = g, .slot = slot}, ring, lacks_one, with_skill);
  }
}

// `lacks_one`: of the required skills she neither has nor could be taught one.
void ChangeSearch::GatherLane(Lane lane, const Ring& ring, bool lacks_one, bool with_skill) {
  const LaneBlock& block = groups_.blocks[static_cast<size_t>(lane.slot) / kLanes];
  const size_t at = static_cast<size_t>(lane.slot) % kLanes;
  lane.distance = DistanceSquared(person_.facts.x, person_.facts.y, block.origin_x + block.x[at],
                                  block.origin_y + block.y[at]);
  if (lane.distance <= ring.beyond || lane.distance > ring.within) return;
  const SlotDetail& detail = groups_.details[static_cast<size_t>(lane.slot)];
  lane.needed = rules_.NeededForJob(block.hours[at], detail.salary_max, lane.distance);
  if (SizeOf(lane.needed) + (with_skill || lacks_one ? 1 : 0) > dimensions_) {
    more_may_do_ = true;
    return;
  }
  if (!with_skill && lacks_one) return;
  lanes_.push_back(lane);
}

}  // namespace matchgo::scheduler::engine
