// The lazy half of PersonSearch: vacancies that were bounded elsewhere, so that only the groups and
// syllabi of a few are looked at.
#include <algorithm>
#include <array>

#include "services/scheduler/engine/candidate_search.h"
#include "services/scheduler/engine/person_search.h"

namespace matchgo::scheduler::engine {
namespace {

constexpr auto kLaneCount = static_cast<int32_t>(kLanes);

}  // namespace

Found PersonSearch::BestOf(const Query& query, std::span<const Survivor> lanes) {
  Begin(query);
  VisitBestFirst(lanes);
  for (const int32_t g : projected_) {
    const VacancyGroup& group = groups_.groups[static_cast<size_t>(g)];
    std::fill_n(has_.begin() + group.first_word, group.words, 0);
  }
  projected_.clear();
  End();
  return Take();
}

// Has memory bring what VisitLane will look at.
void PersonSearch::Fetch(int32_t slot) const {
  const auto at = static_cast<size_t>(slot);
  const VacancyGroup& group = groups_.groups[static_cast<size_t>(groups_.GroupOf(slot))];
  const size_t masks = group.first_mask +
                       (at / kLanes - static_cast<size_t>(group.first_block)) *
                           static_cast<size_t>(group.words) * kLanes +
                       at % kLanes;
  __builtin_prefetch(&groups_.details[at]);
  __builtin_prefetch(&groups_.required[masks]);
  __builtin_prefetch(&groups_.nice[masks]);
  const auto* const block = reinterpret_cast<const char*>(&groups_.blocks[at / kLanes]);
  __builtin_prefetch(block);
  __builtin_prefetch(block + 64);
}

// In portions, as few of many are visited.
void PersonSearch::VisitBestFirst(std::span<const Survivor> lanes) {
  constexpr uint32_t kStep = 10;
  constexpr size_t kPortion = 64;
  constexpr size_t kAhead = 4;
  const auto step = [](const Survivor& lane) { return static_cast<size_t>(lane.bound) >> kStep; };
  std::array<uint32_t, (1 << 20 >> kStep) + 1> counts{};
  for (const Survivor& lane : lanes) ++counts[step(lane)];
  size_t lower = counts.size();
  for (size_t wanted = kPortion; lower > 0; wanted *= 4) {
    const size_t upper = lower;
    for (size_t found = 0; lower > 0 && found < wanted;) found += counts[--lower];
    survivors_.clear();
    for (const Survivor& lane : lanes) {
      if (step(lane) >= lower && step(lane) < upper) survivors_.push_back(lane);
    }
    std::ranges::sort(survivors_, BestBoundFirst());
    for (size_t i = 0; i < survivors_.size(); ++i) {
      if (i + kAhead < survivors_.size()) Fetch(survivors_[i + kAhead].slot);
      const Survivor lane = survivors_[i];
      if (lane.bound < list_.threshold()) {
        list_.LeaveOut();
        return;
      }
      VisitLane(LazyViewOf(groups_.GroupOf(lane.slot)), lane);
    }
  }
}

// Without what only scans of its lanes ask.
PersonSearch::GroupView PersonSearch::LazyViewOf(int32_t g) {
  const VacancyGroup& group = groups_.groups[static_cast<size_t>(g)];
  uint64_t& known = known_groups_[static_cast<size_t>(g)];
  if (known != search_) {
    known = search_;
    projected_.push_back(g);
    const std::span<const int32_t> skills = groups_.SkillsOf(g);
    uint64_t* const has = has_.data() + group.first_word;
    for (size_t bit = 0; bit < skills.size(); ++bit) {
      has[bit / 64] |= uint64_t{skills_.Has(skills[bit])} << (bit % 64);
    }
  }
  return ViewOf({.group = g, .lacks_qualification = LacksQualification(group)});
}

int32_t PersonSearch::SoonestOf(int32_t syllabus) {
  const auto i = static_cast<size_t>(syllabus);
  if (known_starts_[i] != search_) FindUsableStarts(syllabus);
  return soonest_[i];
}

// The same for one syllabus, of which a focus on a start leaves only that.
void PersonSearch::FindUsableStarts(int32_t syllabus) {
  const auto i = static_cast<size_t>(syllabus);
  known_starts_[i] = search_;
  const int32_t first = groups_.syllabi.first[i];
  const int32_t end = groups_.syllabi.first[i + 1];
  first_slot_[i] = kNone;
  soonest_[i] = kNever;
  if (focus_.start_slot != kNone) {
    const auto only = static_cast<size_t>(focus_.start_slot);
    if (focus_.start_slot < first || focus_.start_slot >= end || !TakesHer(only)) return;
    std::fill(usable_.begin() + first / kLaneCount, usable_.begin() + (end - 1) / kLaneCount + 1,
              uint16_t{0});
    usable_[only / kLanes] = static_cast<uint16_t>(1U << (only % kLanes));
    first_slot_[i] = focus_.start_slot;
  } else if (first < end) {
    const auto from = static_cast<size_t>(first) / kLanes;
    scan_.usable_starts(person_, &groups_.start_blocks[from],
                        static_cast<size_t>(end - 1) / kLanes - from + 1, &usable_[from]);
    first_slot_[i] = NextUsable(syllabus, first);
  }
  if (first_slot_[i] == kNone) return;
  const auto at = static_cast<size_t>(first_slot_[i]);
  soonest_[i] = groups_.start_blocks[at / kLanes].begins[at % kLanes];
}

}  // namespace matchgo::scheduler::engine
