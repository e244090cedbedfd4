#include "services/scheduler/engine/prospect.h"

#include <algorithm>

#include "services/scheduler/engine/plan.h"
#include "services/scheduler/engine/score.h"

namespace matchgo::scheduler::engine {
namespace {

constexpr ChangeSet kFarther = SetOf(Dimension::kMaxDist);
constexpr ChangeSet kMoreStudy = SetOf(Dimension::kStudyHours);

// The smallest value of [first, last] that holds. REQUIRES: `last` holds, and whatever follows a
// value that holds.
template <class Holds>
int32_t FirstOf(int32_t first, int32_t last, const Holds& holds) {
  while (first < last) {
    const int32_t middle = first + (last - first) / 2;
    if (holds(middle)) {
      last = middle;
    } else {
      first = middle + 1;
    }
  }
  return last;
}

}  // namespace

ProspectRules::ProspectRules(const CandidateIndex& index, const Admission& doors,
                             std::span<const Contract> declined, const ChangeLimits& limits,
                             const Person& person)
    : index_(index),
      market_(index.market()),
      doors_(doors),
      declined_(declined),
      limits_(limits),
      person_(person),
      reach_(int64_t{person.facts.max_dist} * person.facts.max_dist),
      most_study_(std::max(person.facts.study_hours, limits.study_hours)) {
  // No sector of a vacancy: its rank is that of whatever she wishes next.
  constexpr int32_t kNewSector = -2;
  std::vector<int32_t> wider(person.prefs.begin(), person.prefs.end());
  wider.push_back(kNewSector);
  last_wish_ = index.weights().of[kPreference] * PreferencePart(wider, kNewSector);
}

int32_t ProspectRules::WishFor(int32_t sector) const {
  return index_.weights().of[kPreference] * PreferencePart(person_.prefs, sector);
}

int32_t ProspectRules::WiderWishFor(int32_t sector) const {
  const bool wished = std::ranges::find(person_.prefs, sector) != person_.prefs.end();
  return wished ? WishFor(sector) : last_wish_;
}

std::optional<ChangeSet> ProspectRules::NeededForDay(int32_t vacancy) const {
  const int32_t latest = market_.vacancy(vacancy).latest_ready;
  if (latest >= person_.facts.available) return ChangeSet{0};
  if (latest < limits_.available) return std::nullopt;
  return SetOf(Dimension::kAvailable);
}

// Her terms with every dimension of the set as wide as it may become. An earlier day than needed
// only makes her wait longer, so of the days that do the latest is best in every respect.
std::optional<ProspectRules::Terms> ProspectRules::WidestTerms(
    const Prospect& prospect, ChangeSet set, const std::optional<Change>& known) const {
  const Switcher& facts = person_.facts;
  const Vacancy& v = market_.vacancy(prospect.vacancy);
  Terms terms{.max_dist = facts.max_dist,
              .study_hours = facts.study_hours,
              .available = facts.available,
              .wish = WishFor(v.sector)};
  if ((set & kFarther) != 0) {
    terms.max_dist = known ? known->To(Dimension::kMaxDist) : limits_.max_dist;
    if (terms.max_dist <= facts.max_dist) return std::nullopt;
  }
  if ((set & kMoreStudy) != 0) {
    terms.study_hours =
        known && set == kMoreStudy ? known->To(Dimension::kStudyHours) : limits_.study_hours;
    if (terms.study_hours <= facts.study_hours) return std::nullopt;
  }
  if ((set & SetOf(Dimension::kAvailable)) != 0) {
    terms.available =
        prospect.start == kNone ? v.latest_ready : market_.start(prospect.start).begins;
  }
  if ((set & SetOf(Dimension::kSector)) != 0) {
    const int32_t wider = WiderWishFor(v.sector);
    if (wider <= terms.wish) return std::nullopt;
    terms.wish = wider;
  }
  return terms;
}

std::optional<FeasibleContract> ProspectRules::Taken(const Prospect& prospect,
                                                     const Terms& terms) const {
  const int64_t reach = int64_t{terms.max_dist} * terms.max_dist;
  if (prospect.distance > reach || prospect.start_distance > reach) return std::nullopt;
  int64_t ready = terms.available;
  if (prospect.start != kNone) {
    if (prospect.hours > 0 && terms.study_hours == 0) return std::nullopt;
    ready = ReadyDay(market_.start(prospect.start).begins, prospect.hours, terms.study_hours);
  }
  if (ready > market_.vacancy(prospect.vacancy).latest_ready) return std::nullopt;
  const auto& weights = index_.weights().of;
  const int32_t score = prospect.base + terms.wish +
                        weights[kTime] * TimePart(ready - terms.available) +
                        weights[kTravel] * TravelPart(reach, prospect.distance);
  if (score < doors_.vacancy_floor(prospect.vacancy)) return std::nullopt;  // saves the key
  const FeasibleContract contract{
      .contract = {person_.switcher, prospect.vacancy, prospect.start},
      .score = score,
      .ready = static_cast<int32_t>(ready),
      .key = index_.KeyOf(person_.lottery, prospect.vacancy, prospect.start),
      .modules = prospect.modules};
  if (!doors_.Admits(PlaceOf(contract))) return std::nullopt;
  return contract;
}

// Farther travel and more study only ever help, so the widest terms tell whether there is a change
// at all, and halving finds the smallest.
std::optional<Change> ProspectRules::Smallest(const Prospect& prospect, ChangeSet set,
                                              const std::optional<Change>& known) const {
  std::optional<Terms> terms = WidestTerms(prospect, set, known);
  if (!terms || !Taken(prospect, *terms)) return std::nullopt;
  const Contract contract{person_.switcher, prospect.vacancy, prospect.start};
  if (std::ranges::binary_search(declined_, contract)) return std::nullopt;
  const auto narrow = [&](int32_t Terms::*value, int32_t now) {
    Terms trial = *terms;
    (*terms).*value = FirstOf(now + 1, (*terms).*value, [&](int32_t wider) {
      trial.*value = wider;
      return Taken(prospect, trial).has_value();
    });
  };
  if ((set & kFarther) != 0) narrow(&Terms::max_dist, person_.facts.max_dist);
  if ((set & kMoreStudy) != 0) narrow(&Terms::study_hours, person_.facts.study_hours);
  const Vacancy& v = market_.vacancy(prospect.vacancy);
  const std::array<int32_t, kDimensions> to = {terms->max_dist,    v.hours,          v.hours,
                                               terms->study_hours, terms->available, v.salary_max,
                                               v.sector,           prospect.skill};
  Change change{.set = set};
  for (size_t d = 0; d < kDimensions; ++d) {
    if (change.Has(static_cast<Dimension>(d))) change.to[d] = to[d];
  }
  change.contract = *Taken(prospect, *terms);
  return change;
}

}  // namespace matchgo::scheduler::engine
