#include "services/scheduler/engine/vacancy_gate.h"

#include <algorithm>
#include <limits>

#include "services/scheduler/engine/feasibility.h"
#include "services/scheduler/engine/score.h"

namespace matchgo::scheduler::engine {

VacancyGate::VacancyGate(const CandidateIndex& index, int32_t vacancy)
    : vacancy_(index.market().vacancy(vacancy)),
      weights_(index.weights()),
      soonest_(std::numeric_limits<int32_t>::max()) {
  const VacancyGroups& groups = index.groups();
  const int32_t g = groups.GroupOf(groups.slot_of[static_cast<size_t>(vacancy)]);
  const std::span<const Course> courses = groups.CoursesOf(g);
  for (const int32_t skill : index.market().vacancy_required[vacancy]) {
    required_.emplace_back().Add(skill);
    all_.Add(skill);
    const bool taught = std::ranges::any_of(courses, [&](const Course& course) {
      const Syllabus& syllabus = groups.syllabi.all[static_cast<size_t>(course.syllabus)];
      return syllabus.plans().TeachersOf(skill) != 0;
    });
    if (!taught) untaught_.Add(skill);
  }
  for (const Course& course : courses) {
    const auto slot =
        static_cast<size_t>(groups.syllabi.first[static_cast<size_t>(course.syllabus)]);
    const int32_t begins = groups.start_blocks[slot / kLanes].begins[slot % kLanes];
    soonest_ = std::min<int64_t>(soonest_, begins);
  }
}

bool VacancyGate::MayTake(const SwitcherRow& row) const {
  return row.salary_floor <= vacancy_.salary_max && row.hours_min <= vacancy_.hours &&
         row.hours_max >= vacancy_.hours && row.available <= vacancy_.latest_ready &&
         row.skills.Covers(untaught_) &&
         DistanceSquared(row.x, row.y, vacancy_.x, vacancy_.y) <=
             int64_t{row.max_dist} * row.max_dist;
}

int32_t VacancyGate::BoundOf(const SwitcherRow& row) const {
  constexpr auto kWhole = static_cast<int32_t>(kPartMax);
  const auto held = std::ranges::count_if(
      required_, [&row](const SkillDigest& skill) { return row.skills.Covers(skill); });
  const int64_t waiting = std::max<int64_t>(0, soonest_ - row.available);
  const bool complete = held == static_cast<int64_t>(required_.size());
  const auto& weights = weights_.of;
  return weights[kFit] * SharePart(held, static_cast<int64_t>(required_.size())) +
         weights[kTime] * (complete ? kWhole : TimePart(waiting)) +
         weights[kTravel] * TravelPart(int64_t{row.max_dist} * row.max_dist,
                                       DistanceSquared(row.x, row.y, vacancy_.x, vacancy_.y)) +
         (weights[kNice] + weights[kSalary] + weights[kPreference] + weights[kAptitude]) * kWhole;
}

}  // namespace matchgo::scheduler::engine
