#include "services/scheduler/engine/change_search.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <utility>

#include "services/scheduler/engine/feasibility.h"

namespace matchgo::scheduler::engine {
namespace {

constexpr ChangeSet kFarther = SetOf(Dimension::kMaxDist);
// Lanes are visited by the thousand: what is found spares work in those that come later.
constexpr size_t kLanesAtOnce = 1024;

}  // namespace

ChangeSearch::ChangeSearch(const CandidateIndex& index, const Admission& doors,
                           const ProspectRules& rules)
    : index_(index),
      market_(index.market()),
      groups_(index.groups()),
      floors_(doors.floors_by_slot()),
      rules_(rules),
      person_(rules.person()),
      reach_(index, doors, rules),
      scan_(ChangeScanOf(BestSimdLevel())),
      skills_(market_.skill_names.size()),
      hours_(groups_.syllabi.all.size()),
      lacking_(groups_.syllabi.all.size()),
      lacking_known_(groups_.syllabi.all.size(), 0) {
  for (const int32_t skill : person_.skills) skills_.Add(skill);
  const BlockBoxes& boxes = groups_.boxes;
  const auto near = [&boxes](int64_t at, int64_t origin) {
    const int64_t end = origin + (int64_t{UINT8_MAX + 1} << boxes.shift);
    return std::max(std::abs(origin - at), std::abs(end - at)) <= ChangeTerms::kNear;
  };
  near_ = near(person_.facts.x, boxes.origin_x) && near(person_.facts.y, boxes.origin_y);
}

std::vector<Change> ChangeSearch::Run(std::optional<int32_t> vacancy) {
  for (dimensions_ = 1; dimensions_ <= static_cast<int>(kDimensions); ++dimensions_) {
    more_may_do_ = false;
    // Of several dimensions, sets without a skill come first.
    const bool together = dimensions_ == 1;
    Sweep(vacancy, {.plain = true, .with_skill = together});
    if (!together && !Found()) Sweep(vacancy, {.plain = false, .with_skill = true});
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

// Rings, each twice as wide as the last, until nothing lies farther or nothing farther could be a
// smaller change.
void ChangeSearch::Sweep(std::optional<int32_t> vacancy, Sought sought) {
  sought_ = sought;
  if (vacancy) {
    GatherOne(*vacancy);
    VisitLanes();
    return;
  }
  const int spare = dimensions_ - (sought.plain ? 0 : 1);
  const int64_t most = rules_.limits().max_dist;
  int64_t radius = person_.facts.max_dist;
  int64_t width = radius / 8 + 10;
  ring_ = {.beyond = -1, .within = radius * radius};
  for (;;) {
    Gather();
    VisitLanes();
    const std::optional<Change>& nearest = single_[static_cast<size_t>(Dimension::kMaxDist)];
    const bool near_enough = nearest && nearest->To(Dimension::kMaxDist) <= radius;
    if (!ring_.farther || spare == 0 || near_enough || radius >= most) break;
    radius = std::min(radius + width, most);
    width *= 2;
    ring_ = {.beyond = ring_.within, .within = radius * radius};
  }
  // Nobody may have looked at what lies farther.
  more_may_do_ = more_may_do_ || (ring_.farther && spare == 0);
}

void ChangeSearch::Gather() {
  SetTerms();
  for (size_t g = 0; g < groups_.groups.size(); ++g) {
    if (reach_.Lives(static_cast<int32_t>(g))) GatherGroup(static_cast<int32_t>(g));
    if (lanes_.size() >= kLanesAtOnce) VisitLanes();
  }
}

// The block of the vacancy, wherever it is, and of that only the vacancy.
void ChangeSearch::GatherOne(int32_t vacancy) {
  ring_ = {.beyond = -1, .within = std::numeric_limits<int64_t>::max()};
  SetTerms();
  const int32_t slot = groups_.slot_of[static_cast<size_t>(vacancy)];
  GatherBlock(groups_.GroupOf(slot), slot / static_cast<int32_t>(kLanes));
  std::erase_if(lanes_, [slot](const Lane& lane) { return lane.slot != slot; });
}

void ChangeSearch::GatherGroup(int32_t g) {
  const VacancyGroup& group = groups_.groups[static_cast<size_t>(g)];
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
    ring_.farther = ring_.farther || far_x * far_x + far_y * far_y > ring_.within;
    if (near_x * near_x + near_y * near_y > ring_.within) continue;
    if (far_x * far_x + far_y * far_y <= ring_.beyond) continue;
    GatherBlock(g, b);
  }
}

// Most lanes ask two skills or more that she neither has nor could be taught, or more changes than
// are looked at; and later on larger ones than are known.
void ChangeSearch::GatherBlock(int32_t g, int32_t b) {
  const VacancyGroup& group = groups_.groups[static_cast<size_t>(g)];
  const auto words = static_cast<size_t>(group.words);
  const int most = dimensions_ - (sought_.plain ? 0 : 1);
  const ChangeLanes changes = scan_.changes(groups_.blocks[static_cast<size_t>(b)], terms_, most);
  more_may_do_ = more_may_do_ || changes.rest != 0;
  if (changes.few == 0) return;
  const LackingLanes lacking =
      scan_.lacking(&groups_.required[group.first_mask +
                                      static_cast<size_t>(b - group.first_block) * words * kLanes],
                    words, reach_.EverIn(group));
  const uint32_t with_skill = !sought_.with_skill ? 0 : sought_.plain ? changes.less : changes.few;
  more_may_do_ = more_may_do_ || (lacking.one & ~with_skill) != 0;
  for (uint32_t left = (lacking.none & changes.few) | (lacking.one & with_skill); left != 0;
       left &= left - 1) {
    const auto lane = static_cast<size_t>(std::countr_zero(left));
    const size_t slot = static_cast<size_t>(b) * kLanes + lane;
    if (floors_[slot] == Door::kShutFloor) continue;
    GatherLane({.group = g,
                .slot = static_cast<int32_t>(slot),
                .lacks = static_cast<uint8_t>(lacking.one >> lane & 1U)});
  }
}

// What to look for in the ring. Of one dimension, nothing that asks more than the change that is
// known.
void ChangeSearch::SetTerms() {
  const Switcher& facts = person_.facts;
  const int64_t step = groups_.salary_step;
  const auto steps = [step](int64_t salary) {
    return static_cast<int32_t>((salary + step - 1) / step);
  };
  terms_ = {.x = facts.x,
            .y = facts.y,
            .hours_min = facts.hours_min,
            .hours_max = facts.hours_max,
            .salary_floor = steps(facts.salary_floor),
            .reach = rules_.reach(),
            .beyond = ring_.beyond,
            .within = ring_.within,
            .near = near_};
  const auto known = [this](Dimension dimension, const auto& use) {
    const std::optional<Change>& change = single_[static_cast<size_t>(dimension)];
    if (change) use(change->To(dimension));
  };
  known(Dimension::kHoursMin, [&](int32_t to) { terms_.hours_from = to; });
  known(Dimension::kHoursMax, [&](int32_t to) { terms_.hours_to = to; });
  known(Dimension::kSalaryFloor, [&](int32_t to) { terms_.salary_from = steps(to); });
  known(Dimension::kMaxDist, [&](int64_t to) { terms_.within = std::min(to * to, ring_.within); });
}

void ChangeSearch::GatherLane(Lane lane) {
  const LaneBlock& block = groups_.blocks[static_cast<size_t>(lane.slot) / kLanes];
  const size_t at = static_cast<size_t>(lane.slot) % kLanes;
  lane.distance = DistanceSquared(person_.facts.x, person_.facts.y, block.origin_x + block.x[at],
                                  block.origin_y + block.y[at]);
  if (lane.distance <= ring_.beyond || lane.distance > ring_.within) return;
  const SlotDetail& detail = groups_.details[static_cast<size_t>(lane.slot)];
  lane.needed = rules_.NeededForJob(block.hours[at], detail.salary_max, lane.distance);
  lane.plain = sought_.plain && MayTake(lane, false);
  lane.with_skill = sought_.with_skill && MayTake(lane, true);
  if (lane.plain || lane.with_skill) lanes_.push_back(lane);
}

// Whether she neither has nor could be taught without a change more than so many required skills.
bool ChangeSearch::LacksNow(const Lane& lane, int spare) const {
  const VacancyGroup& group = groups_.groups[static_cast<size_t>(lane.group)];
  const auto words = static_cast<size_t>(group.words);
  const auto slot = static_cast<size_t>(lane.slot);
  const uint64_t* required =
      &groups_.required[group.first_mask +
                        (slot / kLanes - static_cast<size_t>(group.first_block)) * words * kLanes +
                        slot % kLanes];
  const uint64_t* now = reach_.NowIn(group);
  for (size_t w = 0; w < words; ++w) {
    for (uint64_t left = required[w * kLanes] & ~now[w]; left != 0; left &= left - 1) {
      if (--spare < 0) return true;
    }
  }
  return false;
}

// Whether as many dimensions as are looked at now could do for the lane, and better than what is
// known.
bool ChangeSearch::MayTake(const Lane& lane, bool with_skill) {
  const int skills = with_skill ? 1 : 0;
  const int needs = SizeOf(lane.needed) + std::max<int>(skills, lane.lacks);
  if (needs > dimensions_) {
    more_may_do_ = true;
    return false;
  }
  if (lane.lacks > skills) return false;
  if (needs < dimensions_) return true;
  if (!MayBeat(lane, NeededFor(lane, with_skill), std::numeric_limits<int32_t>::max())) {
    return false;
  }
  // Without a change of travel or day only the starts that take her now can teach her.
  if ((lane.needed & kFarther) != 0 || !LacksNow(lane, skills)) return true;
  more_may_do_ = true;
  return false;
}

void ChangeSearch::VisitLanes() {
  if (sought_.plain) VisitLanes(false);
  if (sought_.with_skill) VisitLanes(true);
  lanes_.clear();
  SetTerms();
}

// The smallest changes first; where none is needed, the highest bound.
void ChangeSearch::VisitLanes(bool with_skill) {
  for (size_t i = 0; i < lanes_.size(); ++i) {
    const Lane& lane = lanes_[i];
    if (!(with_skill ? lane.with_skill : lane.plain)) continue;
    turns_[lane.needed].push_back({AmountOf(lane, with_skill), static_cast<uint32_t>(i)});
  }
  for (std::vector<Turn>& turns : turns_) {
    std::make_heap(turns.begin(), turns.end());
    for (; !turns.empty(); turns.pop_back()) {
      std::pop_heap(turns.begin(), turns.end());
      const Lane& lane = lanes_[turns.back().lane];
      const bool none_needed = lane.needed == 0;
      const auto most = none_needed ? static_cast<int32_t>(-turns.back().amount)
                                    : std::numeric_limits<int32_t>::max();
      if (!MayBeat(lane, with_skill, most)) {
        if (none_needed || dimensions_ == 1) break;  // nor may what comes after it
        continue;
      }
      const View view = ViewOf(lane);
      if (!MayHelp(view, with_skill, OddsOf(view, with_skill))) continue;
      if (with_skill) {
        VisitWithSkill(view);
      } else {
        VisitPlain(view);
      }
    }
    turns.clear();
  }
}

}  // namespace matchgo::scheduler::engine
