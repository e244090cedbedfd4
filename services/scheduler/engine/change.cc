#include "services/scheduler/engine/change.h"

#include <algorithm>

#include "common/base/check.h"

namespace matchgo::scheduler::engine {
namespace {

constexpr std::array<std::string_view, kDimensions> kFields = {
    "max_dist",  "hours_min",    "hours_max", "study_hours",
    "available", "salary_floor", "prefs",     "skills"};
constexpr std::array<int32_t Switcher::*, kDimensions - 2> kNumbers = {
    &Switcher::max_dist,    &Switcher::hours_min, &Switcher::hours_max,
    &Switcher::study_hours, &Switcher::available, &Switcher::salary_floor};

}  // namespace

std::string_view FieldOf(Dimension dimension) { return kFields[static_cast<size_t>(dimension)]; }

int32_t NumberOf(const Switcher& facts, Dimension dimension) {
  CHECK(IsNumber(dimension));
  return facts.*kNumbers[static_cast<size_t>(dimension)];
}

Profile Changed(const Person& person, const Change& change) {
  Profile changed(person);
  for (size_t d = 0; d < kNumbers.size(); ++d) {
    if (change.Has(static_cast<Dimension>(d))) changed.facts.*kNumbers[d] = change.to[d];
  }
  if (change.Has(Dimension::kSector)) changed.prefs.push_back(change.To(Dimension::kSector));
  if (change.Has(Dimension::kSkill)) {
    const int32_t skill = change.To(Dimension::kSkill);
    changed.skills.insert(std::ranges::lower_bound(changed.skills, skill), skill);
  }
  return changed;
}

bool IsSmaller(const Person& person, const Change& a, const Change& b) {
  if (SizeOf(a.set) != SizeOf(b.set)) return SizeOf(a.set) < SizeOf(b.set);
  if (a.set != b.set) return a.set < b.set;
  for (size_t d = 0; d < kNumbers.size(); ++d) {
    if (!a.Has(static_cast<Dimension>(d))) continue;
    const int32_t from = person.facts.*kNumbers[d];
    const auto far = [from](int32_t to) { return to > from ? to - from : from - to; };
    if (a.to[d] != b.to[d]) return far(a.to[d]) < far(b.to[d]);
  }
  if (PlacedBefore(a.contract, b.contract)) return true;
  if (PlacedBefore(b.contract, a.contract)) return false;
  return a.To(Dimension::kSkill) < b.To(Dimension::kSkill);
}

}  // namespace matchgo::scheduler::engine
