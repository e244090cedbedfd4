// ChangeSearch: the smallest changes after which somebody would have been placed.
//
// Everything that some change within the limits could make feasible is a prospect. Sets of one
// dimension are tried first, then of two, and so on; within a set, lanes whose skills, facts or
// doors cannot do are dropped sixteen at a time, as in PersonSearch, but with one skill to spare.
// Scratch memory of one question, not thread-safe. Test:
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
#include "services/scheduler/engine/prospect.h"
#include "services/scheduler/engine/syllabus.h"
#include "services/scheduler/engine/vacancy_groups.h"

namespace matchgo::scheduler::engine {

class ChangeSearch {
 public:
  // REQUIRES: !index.market().bare. Index and doors must outlive this; so must what `rules` views.
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
  };
  // What she brings along to it.
  struct View {
    Lane lane;
    const VacancyGroup* group = nullptr;
    int32_t vacancy = 0;
    bool lacks_qualification = false;
    int32_t asked = 0;
    int32_t held = 0;
    int32_t missing = 0;
    int32_t nice = 0;
    size_t masks = 0;   // of its required and nice bits
    int32_t plain = 0;  // weighted salary and aptitude
  };
  struct OpenStart {
    int32_t start = 0;
    int64_t distance = 0;  // squared; 0 online
    ChangeSet needed = 0;
  };
  // Lanes at a distance squared of more than `beyond` and at most `within`.
  struct Ring {
    int64_t beyond = -1;
    int64_t within = 0;
  };

  void FindOpenStarts();
  void SweepPlain(std::optional<int32_t> vacancy);
  void SweepWithSkill(std::optional<int32_t> vacancy);
  template <class Visit>
  void ForEachRing(std::optional<int32_t> vacancy, bool with_skill, const Visit& visit);
  void Gather(const Ring& ring, bool with_skill);
  void GatherOne(int32_t vacancy, bool with_skill);
  void GatherGroup(int32_t g, const Ring& ring, bool with_skill);
  void GatherBlock(int32_t g, int32_t b, const Ring& ring, bool with_skill);
  void GatherLane(Lane lane, const Ring& ring, bool lacks_one, bool with_skill);
  bool Reachable(const VacancyGroup& group, bool lacks_qualification);
  bool LacksQualification(const VacancyGroup& group) const;

  bool IsShut(const Lane& lane) const;
  View ViewOf(const Lane& lane);
  int32_t BaseOf(const View& view, int32_t skill, uint64_t plan, const Course* course) const;
  void VisitPlain(const Lane& lane);
  void VisitWithSkill(const Lane& lane);
  void VisitCourse(const View& view, const Course& course, int32_t skill);
  void VisitCourseWithSkills(const View& view, const Course& course);
  int32_t MostWith(const View& view, const Course& course) const;
  bool MayBeReady(const View& view, const Course& course, std::span<const int64_t> hours) const;
  const std::vector<int32_t>& LackingIn(int32_t syllabus);
  std::span<const int64_t> HoursOf(int32_t syllabus);
  std::span<const OpenStart> StartsOf(const Course& course) const;
  bool Leads(const View& view, const Course& course) const {
    return (course.awards || !view.lacks_qualification) && !StartsOf(course).empty();
  }
  std::optional<size_t> BitOf(const View& view, int32_t skill) const;
  bool Asks(const View& view, const std::vector<uint64_t>& masks, int32_t skill) const;

  void Consider(const Prospect& prospect, ChangeSet needed);
  void Offer(const Prospect& prospect, ChangeSet set);
  bool Found() const;

  const CandidateIndex& index_;
  const Market& market_;
  const VacancyGroups& groups_;
  const Admission& doors_;
  const ProspectRules& rules_;
  const Person& person_;

  SkillSet skills_;
  std::vector<uint64_t> has_;  // her skills in the words of all groups
  std::vector<uint64_t> reachable_;
  std::vector<uint64_t> missing_;              // required and lacking, of the lane being visited
  std::vector<OpenStart> starts_;              // that may take her, by syllabus, soonest first
  std::vector<uint32_t> first_start_;          // of each syllabus
  std::vector<std::vector<int64_t>> hours_;    // per syllabus; empty until asked
  std::vector<std::vector<int32_t>> lacking_;  // per syllabus: skills taught that she lacks
  std::vector<uint8_t> lacking_known_;
  std::vector<int64_t> trial_hours_;
  std::vector<Lane> lanes_;

  int dimensions_ = 1;        // how many a change may have
  bool more_may_do_ = false;  // something would need more of them
  bool farther_ = false;      // something lies beyond the ring
  std::array<std::optional<Change>, kDimensions> single_;
  std::optional<Change> joint_;
};

}  // namespace matchgo::scheduler::engine
