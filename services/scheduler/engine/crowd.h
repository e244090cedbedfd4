// Crowd: up to 512 people, arranged so that a vacancy is asked about all of them at once.
//
// Each skill has the set of those who have it, and each group of vacancies adds those whom a usable
// start teaches it; the sets that a vacancy asks, met, leave whoever may take it (crowd_scan.h).
// Works best for neighbours who travel about as far. One per lane, not thread-safe. Test:
// tests/property/engine_search_property_test.cc
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "services/scheduler/engine/candidate_index.h"
#include "services/scheduler/engine/crowd_scan.h"
#include "services/scheduler/engine/people_set.h"
#include "services/scheduler/engine/person.h"
#include "services/scheduler/engine/vacancy_groups.h"

namespace matchgo::scheduler::engine {

class Crowd {
 public:
  static constexpr size_t kMost = PeopleSet::kMost;

  // The index must outlive this. REQUIRES: !index.market().bare.
  Crowd(const CandidateIndex& index, const CrowdScan& scan);

  // `thresholds`: of each person, what scores less does not count. REQUIRES: 1 to kMost people, as
  // many thresholds.
  void Enter(std::vector<Person> people, std::span<const int32_t> thresholds);

  const CrowdFacts& facts() const { return facts_; }
  // Whether somebody may reach somewhere in the box.
  bool MayReach(const CrowdBox& box) const;
  // One group for everybody, until the next call.
  CrowdGroup& ViewOf(const VacancyGroup& group);

 private:
  static constexpr int32_t kNever = std::numeric_limits<int32_t>::max();

  // Who can begin with a start of a syllabus, and when first.
  struct Leads {
    bool known = false;
    PeopleSet who = {};
    ByPerson soonest = {};  // kNever for all others
  };
  struct Wishes {
    bool known = false;
    ByPerson weighted = {};  // preference and aptitude
  };
  struct Lacking {
    bool known = false;
    PeopleSet who = {};
  };

  void Leave();
  void EnterPerson(size_t who, int32_t threshold);
  const Leads& LeadsOf(size_t syllabus);
  const PeopleSet& LackingOf(int32_t qualification);
  const ByPerson& WishesFor(int32_t sector);
  void GatherSkills(const VacancyGroup& group);
  void GatherCourses(const VacancyGroup& group);
  void GatherRest(const VacancyGroup& group);

  const CandidateIndex& index_;
  const VacancyGroups& groups_;
  const CrowdScan& scan_;
  std::vector<Person> people_;
  CrowdFacts facts_;
  CrowdBox area_;
  int64_t reach_most_ = 0;              // squared
  PeopleLadder levels_;                 // negated
  std::vector<int32_t> salary_floors_;  // in salary steps
  std::vector<PeopleSet> having_;       // by skill
  std::vector<int32_t> touched_;        // skills that anybody has
  std::vector<Leads> leads_;            // by syllabus
  std::vector<Lacking> lacking_;        // by qualification
  std::vector<Wishes> wishes_;          // by sector
  CrowdGroup group_;
};

}  // namespace matchgo::scheduler::engine
