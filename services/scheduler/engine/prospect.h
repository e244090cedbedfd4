// Prospect: one contract that somebody may come to have by changing something, and the smallest
// change of given dimensions that does it.
//
// Arithmetic on one contract: which changes it demands whatever else happens, and how far the
// others must go until vacancy and start would take her. Finding the contracts is change_search.h's
// business. Immutable, safe to share. Test:
// tests/property/engine_counterfactual_property_test.cc
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "services/scheduler/engine/admission.h"
#include "services/scheduler/engine/candidate_index.h"
#include "services/scheduler/engine/change.h"
#include "services/scheduler/engine/market.h"
#include "services/scheduler/engine/person.h"
#include "services/scheduler/engine/place.h"

namespace matchgo::scheduler::engine {

// What no change of a number or a sector alters.
struct Prospect {
  int32_t vacancy = 0;
  int32_t start = kNone;
  int64_t distance = 0;        // squared, to the vacancy
  int64_t start_distance = 0;  // squared; 0 for a direct contract or online
  int64_t hours = 0;           // of the plan
  uint64_t modules = 0;
  int32_t base = 0;       // weighted fit, nice, salary and aptitude
  int32_t skill = kNone;  // the skill she would add
};

class ProspectRules {
 public:
  // All must outlive this. `declined`: sorted.
  ProspectRules(const CandidateIndex& index, const Admission& doors,
                std::span<const Contract> declined, const ChangeLimits& limits,
                const Person& person);

  const Person& person() const { return person_; }
  const ChangeLimits& limits() const { return limits_; }
  int64_t reach() const { return reach_; }  // squared
  int32_t most_study() const { return most_study_; }
  // The most that the wish for this sector counts, weighted: now, and as her last wish.
  int32_t WishFor(int32_t sector) const;
  int32_t WiderWishFor(int32_t sector) const;

  // The dimensions that she must change for a vacancy like this, for a start like this, and to
  // begin a job directly in time. Nothing when no change within the limits is enough. Distances are
  // squared.
  ChangeSet NeededForJob(int32_t hours, int32_t salary_max, int64_t distance) const {
    const Switcher& facts = person_.facts;
    ChangeSet needed = 0;
    if (distance > reach_) needed |= SetOf(Dimension::kMaxDist);
    if (hours < facts.hours_min) needed |= SetOf(Dimension::kHoursMin);
    if (hours > facts.hours_max) needed |= SetOf(Dimension::kHoursMax);
    if (salary_max < facts.salary_floor) needed |= SetOf(Dimension::kSalaryFloor);
    return needed;
  }
  std::optional<ChangeSet> NeededForStart(int32_t begins, int64_t distance) const {
    ChangeSet needed = distance > reach_ ? SetOf(Dimension::kMaxDist) : 0;
    if (begins < person_.facts.available) {
      if (begins < limits_.available) return std::nullopt;
      needed |= SetOf(Dimension::kAvailable);
    }
    return needed;
  }
  std::optional<ChangeSet> NeededForDay(int32_t vacancy) const;

  // The smallest change of exactly these dimensions after which the contract is feasible and its
  // vacancy and start would take her. REQUIRES: `set` holds what the contract needs, no smaller set
  // does it. `known`: a change of the same set; what is larger need not be found.
  std::optional<Change> Smallest(const Prospect& prospect, ChangeSet set,
                                 const std::optional<Change>& known) const;

 private:
  struct Terms {
    int32_t max_dist = 0;
    int32_t study_hours = 0;
    int32_t available = 0;
    int32_t wish = 0;
  };
  std::optional<Terms> WidestTerms(const Prospect& prospect, ChangeSet set,
                                   const std::optional<Change>& known) const;
  std::optional<FeasibleContract> Taken(const Prospect& prospect, const Terms& terms) const;

  const CandidateIndex& index_;
  const Market& market_;
  const Admission& doors_;
  const std::span<const Contract> declined_;
  const ChangeLimits limits_;
  const Person person_;
  const int64_t reach_;
  const int32_t most_study_;
  int32_t last_wish_ = 0;  // what a sector counts as her last wish, weighted
};

}  // namespace matchgo::scheduler::engine
