// ChangeSearch: the smallest changes after which somebody would have been placed.
//
// Everything that some change within the limits could make feasible is a prospect. Sets of one
// dimension are tried first, then of two, and so on. Lanes whose skills, facts or doors cannot do
// are dropped sixteen at a time, once; what is left is visited smallest change and highest bound
// first, until nothing more can be a smaller change or a better contract. Bounds never fall below a
// score. Scratch memory of one question, not thread-safe. Test:
// tests/property/engine_counterfactual_property_test.cc
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "services/scheduler/engine/admission.h"
#include "services/scheduler/engine/candidate_index.h"
#include "services/scheduler/engine/change.h"
#include "services/scheduler/engine/change_reach.h"
#include "services/scheduler/engine/change_scan.h"
#include "services/scheduler/engine/prospect.h"
#include "services/scheduler/engine/syllabus.h"
#include "services/scheduler/engine/vacancy_groups.h"

namespace matchgo::scheduler::engine {

class ChangeSearch {
 public:
  // REQUIRES: !index.market().bare. All must outlive this, and so must what `rules` views.
  ChangeSearch(const CandidateIndex& index, const Admission& doors, const ProspectRules& rules);

  // The smallest change of each single dimension that does it, in the order of the dimensions; if
  // none does, the smallest change of several; nothing when that does not either. `vacancy`: only
  // contracts with it count.
  std::vector<Change> Run(std::optional<int32_t> vacancy);

 private:
  // A vacancy that may come to be hers.
  struct Lane {
    int32_t group = 0;
    int32_t slot = 0;
    int64_t distance = 0;  // squared
    ChangeSet needed = 0;
    uint8_t lacks = 0;   // 0 or 1 required skill that she neither has nor could be taught
    bool plain = false;  // whether it is to be visited so
    bool with_skill = false;
  };
  // Lanes at a distance squared of more than `beyond` and at most `within`.
  struct Ring {
    int64_t beyond = -1;
    int64_t within = 0;
    bool farther = false;  // something lies beyond it
  };
  // Changes with a skill, and without.
  struct Sought {
    bool plain = false;
    bool with_skill = false;
  };
  // A lane to visit; smaller amounts first.
  struct Turn {
    int64_t amount = 0;
    uint32_t lane = 0;

    // A heap has its last element in front.
    friend bool operator<(const Turn& a, const Turn& b) {
      return a.amount != b.amount ? a.amount > b.amount : a.lane > b.lane;
    }
  };
  // What she brings along to one.
  struct View {
    Lane lane;
    const VacancyGroup* group = nullptr;
    int32_t vacancy = 0;
    int32_t latest_ready = 0;
    bool lacks_qualification = false;
    int32_t asked = 0;
    int32_t missing = 0;
    int32_t nice = 0;
    int32_t nice_most = 0;  // that she could come to have, without a skill more
    size_t masks = 0;       // of its required and nice bits
    int32_t plain = 0;      // weighted salary and aptitude
  };
  // What a contract is up against.
  struct Odds {
    int32_t floor = 0;                 // it must score as much
    int32_t timely = Offered::kNever;  // no start that is not too early begins before
    bool starts = false;               // there are any
    int32_t nice = 0;                  // skills that she could come to have
    bool direct = false;               // perhaps without a start
    bool asked = false;                // a skill added may be a required one
  };

  struct Untaught {
    int count = 0;
    size_t bit = 0;
  };

  void Sweep(std::optional<int32_t> vacancy, Sought sought);
  void Gather();
  void SetTerms();
  void GatherOne(int32_t vacancy);
  void GatherGroup(int32_t g);
  void GatherBlock(int32_t g, int32_t b);
  void GatherLane(Lane lane);
  bool LacksNow(const Lane& lane, int spare) const;
  bool MayTake(const Lane& lane, bool with_skill);
  void VisitLanes();
  void VisitLanes(bool with_skill);
  int64_t AmountOf(const Lane& lane, bool with_skill);
  static ChangeSet NeededFor(const Lane& lane, bool with_skill);

  View ViewOf(const Lane& lane);
  Odds OddsOf(const View& view, bool with_skill) const;
  Odds OddsOf(const View& view, const Course& course, bool with_skill) const;
  int32_t MostOf(const View& view, ChangeSet set, const Odds& odds) const;
  int32_t MostOf(const View& view, bool with_skill) const;
  int CompareLeast(const Lane& lane, Dimension dimension, int32_t to) const;
  bool MayBeat(const Lane& lane, ChangeSet set, int32_t most) const;
  bool MayBeat(const Lane& lane, bool with_skill, int32_t most) const;
  bool MayHelp(const View& view, bool with_skill, const Odds& odds);

  int32_t BaseOf(const View& view, int32_t skill, uint64_t plan, const Course* course) const;
  void VisitPlain(const View& view);
  void VisitWithSkill(const View& view);
  void VisitCourse(const View& view, const Course& course, int32_t skill);
  void VisitCourseWithSkills(const View& view, const Course& course);
  Untaught UntaughtBy(const View& view, const Course& course) const;
  // The bits that all modules of the course teach.
  const uint64_t* ReachOf(const View& view, const Course& course) const {
    const size_t c = static_cast<size_t>(&course - groups_.courses.data()) -
                     static_cast<size_t>(view.group->first_course);
    return &groups_.course_reach[static_cast<size_t>(view.group->first_reach) +
                                 c * static_cast<size_t>(view.group->words)];
  }
  bool MayBeReady(const View& view, const Course& course, std::span<const int64_t> hours) const;
  const std::vector<int32_t>& LackingIn(int32_t syllabus);
  std::span<const int64_t> HoursOf(int32_t syllabus);
  bool Leads(const View& view, const Course& course) const {
    return (course.awards || !view.lacks_qualification) && reach_.OfSyllabus(course.syllabus).any;
  }
  std::optional<size_t> BitOf(const View& view, int32_t skill) const;
  bool Asks(const View& view, const std::vector<uint64_t>& masks, int32_t skill) const;

  void Consider(const Prospect& prospect, ChangeSet needed);
  void Offer(const Prospect& prospect, ChangeSet set);
  bool Found() const;

  const CandidateIndex& index_;
  const Market& market_;
  const VacancyGroups& groups_;
  const int32_t* const floors_;  // of vacancies, by slot
  const ProspectRules& rules_;
  const Person& person_;

  const ChangeReach reach_;
  const ChangeScan& scan_;
  bool near_ = false;  // everything to her, for the scan
  ChangeTerms terms_;
  SkillSet skills_;
  std::vector<uint64_t> missing_;              // required and lacking, of the lane being visited
  std::vector<std::vector<int64_t>> hours_;    // per syllabus; empty until asked
  std::vector<std::vector<int32_t>> lacking_;  // per syllabus: skills taught that she lacks
  std::vector<uint8_t> lacking_known_;
  std::vector<int64_t> trial_hours_;
  Sought sought_;
  Ring ring_;
  std::vector<Lane> lanes_;
  // By what a lane needs; sectors and skills are wishes and lacks.
  std::array<std::vector<Turn>, SetOf(Dimension::kSector)> turns_;

  int dimensions_ = 1;        // how many a change may have
  bool more_may_do_ = false;  // something would need more of them
  std::array<std::optional<Change>, kDimensions> single_;
  std::optional<Change> joint_;
};

}  // namespace matchgo::scheduler::engine
