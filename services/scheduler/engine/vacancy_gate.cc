#include "services/scheduler/engine/vacancy_gate.h"

#include <algorithm>
#include <limits>

#include "services/scheduler/engine/feasibility.h"
#include "services/scheduler/engine/score.h"

namespace matchgo::scheduler::engine {

VacancyGate::VacancyGate(const CandidateIndex& index, int32_t vacancy)
    : market_(index.market()),
      rows_(index.switchers()),
      vacancy_(index.market().vacancy(vacancy)),
      weights_(index.weights()),
      soonest_(std::numeric_limits<int32_t>::max()) {
  const VacancyGroups& groups = index.groups();
  const int32_t g = groups.GroupOf(groups.slot_of[static_cast<size_t>(vacancy)]);
  const std::span<const Course> courses = groups.CoursesOf(g);
  for (const int32_t skill : index.market().vacancy_required[vacancy]) {
    required_.push_back(SkillColumn(skill));
    const bool taught = std::ranges::any_of(courses, [&](const Course& course) {
      const Syllabus& syllabus = groups.syllabi.all[static_cast<size_t>(course.syllabus)];
      return syllabus.plans().TeachersOf(skill) != 0;
    });
    if (!taught) untaught_.push_back(SkillColumn(skill));
  }
  for (const Course& course : courses) {
    const auto slot =
        static_cast<size_t>(groups.syllabi.first[static_cast<size_t>(course.syllabus)]);
    const int32_t begins = groups.start_blocks[slot / kLanes].begins[slot % kLanes];
    soonest_ = std::min<int64_t>(soonest_, begins);
  }
}

uint64_t VacancyGate::MayQualify(size_t box) const {
  uint64_t left = ~uint64_t{0};
  for (const size_t column : untaught_) left &= rows_.Having(box, column);
  return left;
}

bool VacancyGate::MayTake(const SwitcherRow& row) const {
  return row.salary_floor <= vacancy_.salary_max && row.hours_min <= vacancy_.hours &&
         row.hours_max >= vacancy_.hours && row.available <= vacancy_.latest_ready &&
         DistanceSquared(row.x, row.y, vacancy_.x, vacancy_.y) <=
             int64_t{row.max_dist} * row.max_dist;
}

int32_t VacancyGate::BoundOf(size_t r) const {
  constexpr auto kWhole = static_cast<int32_t>(kPartMax);
  const SwitcherRow& row = rows_.rows()[r];
  const auto held = std::ranges::count_if(required_, [&](size_t column) {
    return (rows_.Having(r / SwitcherRows::kRows, column) >> (r % SwitcherRows::kRows) & 1U) != 0;
  });
  const int64_t waiting = std::max<int64_t>(0, soonest_ - row.available);
  const bool complete = held == static_cast<int64_t>(required_.size());
  const auto& weights = weights_.of;
  return weights[kFit] * SharePart(held, static_cast<int64_t>(required_.size())) +
         weights[kTime] * (complete ? kWhole : TimePart(waiting)) +
         weights[kTravel] * TravelPart(int64_t{row.max_dist} * row.max_dist,
                                       DistanceSquared(row.x, row.y, vacancy_.x, vacancy_.y)) +
         weights[kSalary] * SalaryPart(vacancy_.salary_max, row.salary_now) +
         (weights[kNice] + weights[kPreference] + weights[kAptitude]) * kWhole;
}

int32_t VacancyGate::Unwished(int32_t s) const {
  constexpr auto kWhole = static_cast<int32_t>(kPartMax);
  const auto& weights = weights_.of;
  return weights[kPreference] *
             (kWhole - PreferencePart(market_.switcher_prefs[s], vacancy_.sector)) +
         weights[kAptitude] *
             (kWhole - AptitudePart(market_.switcher_aptitude[s], vacancy_.sector));
}

}  // namespace matchgo::scheduler::engine
