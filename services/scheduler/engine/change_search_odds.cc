// The bounds of ChangeSearch: what a lane could score and how small a change it could be, at best.
#include <algorithm>
#include <bit>
#include <limits>

#include "services/scheduler/engine/change_search.h"
#include "services/scheduler/engine/score.h"

namespace matchgo::scheduler::engine {
namespace {

constexpr ChangeSet kFarther = SetOf(Dimension::kMaxDist);
constexpr ChangeSet kMoreStudy = SetOf(Dimension::kStudyHours);
constexpr ChangeSet kEarlier = SetOf(Dimension::kAvailable);
constexpr ChangeSet kWider = SetOf(Dimension::kSector);
constexpr ChangeSet kLearned = SetOf(Dimension::kSkill);
// What may be part of a change though the vacancy does not ask it.
constexpr ChangeSet kAnyExtra = kFarther | kMoreStudy | kEarlier | kWider;
constexpr int32_t kWhole = static_cast<int32_t>(kPartMax);
constexpr int32_t kOutOfQuestion = std::numeric_limits<int32_t>::min();

// Whether test(set) holds for one of the sets of `size` dimensions with what is needed and some of
// kAnyExtra.
template <class Test>
bool AnySet(ChangeSet needed, int size, const Test& test) {
  const ChangeSet free = kAnyExtra & ~needed;
  for (ChangeSet extra = free;; extra = (extra - 1) & free) {
    if (SizeOf(needed | extra) == size && test(needed | extra)) return true;
    if (extra == 0) return false;
  }
}

// -1, 0 or 1: whether a is smaller.
int Compare(int64_t a, int64_t b) { return a < b ? -1 : a > b ? 1 : 0; }

}  // namespace

ChangeSet ChangeSearch::NeededFor(const Lane& lane, bool with_skill) {
  return lane.needed | (with_skill ? kLearned : 0);
}

ChangeSearch::View ChangeSearch::ViewOf(const Lane& lane) {
  const VacancyGroup& group = groups_.groups[static_cast<size_t>(lane.group)];
  const auto words = static_cast<size_t>(group.words);
  const auto slot = static_cast<size_t>(lane.slot);
  const SlotDetail& detail = groups_.details[slot];
  View view{.lane = lane,
            .group = &group,
            .vacancy = detail.vacancy,
            .latest_ready = detail.latest_ready,
            .lacks_qualification = reach_.LacksQualification(group)};
  view.masks = group.first_mask +
               (slot / kLanes - static_cast<size_t>(group.first_block)) * words * kLanes +
               slot % kLanes;
  const uint64_t* has = reach_.HasIn(group);
  const uint64_t* ever = reach_.EverIn(group);
  missing_.resize(words);
  for (size_t w = 0; w < words; ++w) {
    const uint64_t required = groups_.required[view.masks + w * kLanes];
    const uint64_t nice = groups_.nice[view.masks + w * kLanes];
    missing_[w] = required & ~has[w];
    view.asked += std::popcount(required);
    view.missing += std::popcount(missing_[w]);
    view.nice += std::popcount(nice);
    view.nice_most += std::popcount(nice & ever[w]);
  }
  const auto& weights = index_.weights().of;
  view.plain = weights[kSalary] * SalaryPart(detail.salary_max, person_.facts.salary_now) +
               weights[kAptitude] * AptitudePart(person_.aptitude, group.sector);
  return view;
}

ChangeSearch::Odds ChangeSearch::OddsOf(const View& view, bool with_skill) const {
  const int skills = with_skill ? 1 : 0;
  return {.floor = floors_[static_cast<size_t>(view.lane.slot)],
          .timely = reach_.OfGroup(view.lane.group).timely,
          .starts = reach_.OfGroup(view.lane.group).any,
          .nice = view.nice_most + skills,
          .direct = view.missing <= skills && !view.lacks_qualification,
          .asked = with_skill};
}

ChangeSearch::Odds ChangeSearch::OddsOf(const View& view, const Course& course,
                                        bool with_skill) const {
  const Offered& offered = reach_.OfSyllabus(course.syllabus);
  const auto words = static_cast<size_t>(view.group->words);
  const uint64_t* has = reach_.HasIn(*view.group);
  const uint64_t* all = ReachOf(view, course);
  int32_t nice = with_skill ? 1 : 0;
  for (size_t w = 0; w < words; ++w) {
    nice += std::popcount(groups_.nice[view.masks + w * kLanes] & (has[w] | all[w]));
  }
  // Without a change of travel or day only the starts that take her now are of use.
  const ChangeSet needed = NeededFor(view.lane, with_skill);
  const bool only_now = SizeOf(needed) == dimensions_ && (needed & kFarther) == 0;
  return {.floor = std::max(floors_[static_cast<size_t>(view.lane.slot)], offered.floor),
          .timely = offered.timely,
          .starts = only_now ? offered.now : offered.any,
          .nice = nice,
          .direct = false,
          .asked = with_skill};
}

// The most that a contract scores when exactly this is changed.
int32_t ChangeSearch::MostOf(const View& view, ChangeSet set, const Odds& odds) const {
  const auto& weights = index_.weights().of;
  int32_t time = kWhole;
  if (!odds.direct) {
    if (!odds.starts) return kOutOfQuestion;
    if ((set & kEarlier) == 0) {
      if (odds.timely == Offered::kNever) return kOutOfQuestion;
      time = TimePart(int64_t{odds.timely} - person_.facts.available);
    }
  }
  const int32_t learned = odds.asked && view.missing > 0 ? 1 : 0;
  // Farther than in the change that is known would not be a smaller one.
  const std::optional<Change>& best = single_[static_cast<size_t>(Dimension::kMaxDist)];
  const int64_t widest =
      set == kFarther && best ? best->To(Dimension::kMaxDist) : rules_.limits().max_dist;
  const int32_t travel =
      TravelPart((set & kFarther) != 0 ? widest * widest : rules_.reach(), view.lane.distance);
  const int32_t sector = view.group->sector;
  return view.plain + weights[kFit] * SharePart(view.asked - view.missing + learned, view.asked) +
         weights[kNice] * SharePart(std::min(odds.nice, view.nice), view.nice) +
         weights[kTime] * time + weights[kTravel] * travel +
         ((set & kWider) != 0 ? rules_.WiderWishFor(sector) : rules_.WishFor(sector));
}

// The most that a contract of the lane scores, whatever is changed that it does not need.
int32_t ChangeSearch::MostOf(const View& view, bool with_skill) const {
  const ChangeSet needed = NeededFor(view.lane, with_skill);
  const bool more = SizeOf(needed) < dimensions_;
  return MostOf(view, more ? needed | kAnyExtra : needed, OddsOf(view, with_skill));
}

// How the least that the lane needs of a dimension compares with changing it to `to`: -1 smaller.
int ChangeSearch::CompareLeast(const Lane& lane, Dimension dimension, int32_t to) const {
  const Switcher& facts = person_.facts;
  const auto slot = static_cast<size_t>(lane.slot);
  const int64_t hours = groups_.blocks[slot / kLanes].hours[slot % kLanes];
  switch (dimension) {
    case Dimension::kMaxDist:
      if (lane.distance > int64_t{to} * to) return 1;
      if ((lane.needed & kFarther) == 0) return Compare(facts.max_dist + 1, to);
      return lane.distance > int64_t{to - 1} * (to - 1) ? 0 : -1;
    case Dimension::kHoursMin:
      return Compare(to, hours);
    case Dimension::kHoursMax:
      return Compare(hours, to);
    case Dimension::kStudyHours:
      return Compare(facts.study_hours + 1, to);
    case Dimension::kAvailable:
      return Compare(to, facts.available - 1);
    default:
      return Compare(to, groups_.details[slot].salary_max);
  }
}

// Whether the lane may have a smaller change of these dimensions than the one that is known, or one
// as small with a better contract, when it scores at most `most`.
bool ChangeSearch::MayBeat(const Lane& lane, ChangeSet set, int32_t most) const {
  const std::optional<Change>& best =
      dimensions_ == 1 ? single_[static_cast<size_t>(std::countr_zero(set))] : joint_;
  if (!best) return true;
  if (best->set != set) return set < best->set;
  for (ChangeSet left = set & (kWider - 1); left != 0; left &= left - 1) {
    const auto dimension = static_cast<Dimension>(std::countr_zero(left));
    const int least = CompareLeast(lane, dimension, best->To(dimension));
    if (least != 0) return least < 0;
  }
  return most >= best->contract.score;
}

bool ChangeSearch::MayBeat(const Lane& lane, bool with_skill, int32_t most) const {
  return AnySet(NeededFor(lane, with_skill), dimensions_,
                [&](ChangeSet set) { return MayBeat(lane, set, most); });
}

// The same with bounds of its own for each set, which must reach the floor.
bool ChangeSearch::MayHelp(const View& view, bool with_skill, const Odds& odds) {
  return AnySet(NeededFor(view.lane, with_skill), dimensions_, [&](ChangeSet set) {
    const int32_t most = MostOf(view, set, odds);
    if (most < std::max(0, odds.floor)) {
      more_may_do_ = true;  // something else may score more
      return false;
    }
    return MayBeat(view.lane, set, most);
  });
}

// In the order of which lanes with the same needs are visited: the smallest changes first; where
// none is needed, the highest bound.
int64_t ChangeSearch::AmountOf(const Lane& lane, bool with_skill) {
  const Switcher& facts = person_.facts;
  const auto slot = static_cast<size_t>(lane.slot);
  const int64_t hours = groups_.blocks[slot / kLanes].hours[slot % kLanes];
  if (lane.needed == 0) return -int64_t{MostOf(ViewOf(lane), with_skill)};
  switch (static_cast<Dimension>(std::countr_zero(lane.needed))) {
    case Dimension::kMaxDist:
      return lane.distance;
    case Dimension::kHoursMin:
      return facts.hours_min - hours;
    case Dimension::kHoursMax:
      return hours - facts.hours_max;
    default:
      return int64_t{facts.salary_floor} - groups_.details[slot].salary_max;
  }
}

}  // namespace matchgo::scheduler::engine
