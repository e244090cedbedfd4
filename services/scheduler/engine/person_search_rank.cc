// The ranking half of PersonSearch: which groups can matter, and how much at most.
#include <algorithm>
#include <array>
#include <bit>
#include <numeric>

#include "services/scheduler/engine/person_search.h"

namespace matchgo::scheduler::engine {
namespace {

int32_t CountOf(const uint64_t* words, int32_t count) {
  int32_t bits = 0;
  for (int32_t w = 0; w < count; ++w) bits += std::popcount(words[w]);
  return bits;
}

}  // namespace

// The most that a contract in this group scores, from what its vacancies have in common. `held`
// and `within`: how many of its skills she has, and has or could learn.
int32_t PersonSearch::BoundOf(const VacancyGroup& group, const RankedGroup& ranked, int32_t held,
                              int32_t within) {
  if (within < group.required_min || group.salary_max < who_.facts.salary_floor) {
    return kImpossible;
  }
  const Switcher& facts = who_.facts;
  const auto& weights = index_.weights().of;
  constexpr auto kWhole = static_cast<int32_t>(kPartMax);
  const bool starts = ranked.soonest != kNever;
  const int32_t start_time =
      starts ? weights[kTime] * TimePart(int64_t{ranked.soonest} - facts.available) : 0;
  int32_t bound = kImpossible;
  if (held >= group.required_min && (starts || !ranked.lacks_qualification)) {
    bound = weights[kFit] * kWhole +
            (ranked.lacks_qualification ? start_time : weights[kTime] * kWhole);
  }
  if (starts && group.required_max > 0) {
    // Of n required skills she holds at most held and at most n - 1.
    const int32_t asked = std::clamp(held + 1, std::max(group.required_min, 1), group.required_max);
    const uint32_t unit = kFitUnit[std::min(static_cast<size_t>(asked), kFitUnits - 1)];
    const auto fit = static_cast<uint32_t>(std::min(held, asked - 1)) * unit >> 16U;
    bound =
        std::max(bound, weights[kFit] * std::min(static_cast<int32_t>(fit), kWhole) + start_time);
  }
  return bound + WishesFor(group.sector) + (weights[kNice] + weights[kTravel]) * kWhole +
         weights[kSalary] * SalaryPart(group.salary_max, facts.salary_now);
}

// What she could learn for a group, and when; all but the bound.
PersonSearch::RankedGroup PersonSearch::Explore(int32_t g) {
  const VacancyGroup& group = groups_.groups[static_cast<size_t>(g)];
  RankedGroup ranked{.group = g, .bound = kImpossible};
  ranked.lacks_qualification = LacksQualification(group);
  const auto words = static_cast<size_t>(group.words);
  uint64_t* reachable = reachable_.data() + group.first_word;
  std::copy_n(has_.data() + group.first_word, words, reachable);
  for (size_t c = 0; c < static_cast<size_t>(group.course_count); ++c) {
    const Course& course = groups_.courses[static_cast<size_t>(group.first_course) + c];
    if (!Leads(course, ranked.lacks_qualification)) continue;
    ranked.soonest = std::min(ranked.soonest, soonest_[static_cast<size_t>(course.syllabus)]);
    const uint64_t* all = &groups_.course_reach[static_cast<size_t>(group.first_reach) + c * words];
    for (size_t w = 0; w < words; ++w) reachable[w] |= all[w];
  }
  return ranked;
}

PersonSearch::RankedGroup PersonSearch::Rank(int32_t g) {
  const VacancyGroup& group = groups_.groups[static_cast<size_t>(g)];
  RankedGroup ranked = Explore(g);
  ranked.bound = BoundOf(group, ranked, CountOf(has_.data() + group.first_word, group.words),
                         CountOf(reachable_.data() + group.first_word, group.words));
  return ranked;
}

// Best bound first, in steps: the order of groups does not show in what is found.
void PersonSearch::RankGroups() {
  constexpr uint32_t kStep = 12;
  std::array<int32_t, (1 << 20 >> kStep) + 1> begins{};
  by_group_.clear();
  for (size_t g = 0; g < groups_.groups.size(); ++g) {
    by_group_.push_back(Explore(static_cast<int32_t>(g)));
  }
  scan_.count_bits(has_.data(), has_.size(), held_counts_.data());
  scan_.count_bits(reachable_.data(), reachable_.size(), within_counts_.data());
  const auto sum = [](const std::vector<uint8_t>& counts, const VacancyGroup& group) {
    const uint8_t* first = counts.data() + group.first_word;
    return std::accumulate(first, first + group.words, int32_t{0});
  };
  for (RankedGroup& ranked : by_group_) {
    const VacancyGroup& group = groups_.groups[static_cast<size_t>(ranked.group)];
    ranked.bound = BoundOf(group, ranked, sum(held_counts_, group), sum(within_counts_, group));
    if (ranked.bound < std::max(0, list_.threshold())) {
      ranked.bound = kImpossible;
    } else {
      ++begins[static_cast<size_t>(ranked.bound) >> kStep];
    }
  }
  int32_t next = 0;
  for (size_t i = begins.size(); i > 0; --i) {
    const int32_t count = begins[i - 1];
    begins[i - 1] = next;
    next += count;
  }
  order_.resize(static_cast<size_t>(next));
  for (const RankedGroup& ranked : by_group_) {
    if (ranked.bound < 0) continue;
    const auto step = static_cast<size_t>(ranked.bound) >> kStep;
    order_[static_cast<size_t>(begins[step]++)] = ranked.group;
  }
}

}  // namespace matchgo::scheduler::engine
