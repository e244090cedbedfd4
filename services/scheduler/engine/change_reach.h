// ChangeReach: the starts that may come to take somebody, and what she has and could be taught, in
// the words of all groups.
//
// Worked out once per question. "Now" is what she can use without a change; everything else needs
// farther travel or an earlier day. Test: tests/property/engine_counterfactual_property_test.cc
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "services/scheduler/engine/admission.h"
#include "services/scheduler/engine/candidate_index.h"
#include "services/scheduler/engine/change.h"
#include "services/scheduler/engine/prospect.h"
#include "services/scheduler/engine/vacancy_groups.h"

namespace matchgo::scheduler::engine {

// A start that runs, is not full of people who stay, and may take her after some change.
struct OpenStart {
  int32_t start = 0;
  int32_t begins = 0;
  int64_t distance = 0;  // squared; 0 online
  ChangeSet needed = 0;
};

// What the open starts of a syllabus, or of all that lead to a group, have in common.
struct Offered {
  static constexpr int32_t kNever = std::numeric_limits<int32_t>::max();

  int32_t timely = kNever;           // begin of the first that is not too early for her
  int32_t floor = Door::kShutFloor;  // of the easiest to get into
  bool any = false;
  bool now = false;  // one that she need change nothing for

  void Add(const Offered& other) {
    timely = std::min(timely, other.timely);
    floor = std::min(floor, other.floor);
    any = any || other.any;
    now = now || other.now;
  }
};

class ChangeReach {
 public:
  ChangeReach(const CandidateIndex& index, const Admission& doors, const ProspectRules& rules);

  // Soonest first.
  std::span<const OpenStart> StartsOf(int32_t syllabus) const {
    const auto at = static_cast<size_t>(syllabus);
    return std::span(starts_).subspan(first_[at], first_[at + 1] - first_[at]);
  }
  const Offered& OfSyllabus(int32_t syllabus) const {
    return offered_[static_cast<size_t>(syllabus)];
  }
  const Offered& OfGroup(int32_t group) const { return to_group_[static_cast<size_t>(group)]; }
  // False when a group asks more of everybody than she could have, even with one skill more.
  bool Lives(int32_t group) const { return lives_[static_cast<size_t>(group)] != 0; }
  bool LacksQualification(const VacancyGroup& group) const;

  // From the group's first word on.
  const uint64_t* HasIn(const VacancyGroup& group) const { return &has_[Word(group)]; }
  const uint64_t* NowIn(const VacancyGroup& group) const { return &now_[Word(group)]; }
  const uint64_t* EverIn(const VacancyGroup& group) const { return &ever_[Word(group)]; }

 private:
  static size_t Word(const VacancyGroup& group) { return static_cast<size_t>(group.first_word); }
  void FindStarts(const Admission& doors, const ProspectRules& rules);
  bool Project(const VacancyGroup& group, Offered& offered);

  const VacancyGroups& groups_;
  const Person& person_;
  std::vector<OpenStart> starts_;
  std::vector<uint32_t> first_;  // of each syllabus
  std::vector<Offered> offered_;
  std::vector<Offered> to_group_;
  std::vector<uint8_t> lives_;
  std::vector<uint64_t> has_;
  std::vector<uint64_t> now_;   // and what she could be taught without a change
  std::vector<uint64_t> ever_;  // and after some
};

}  // namespace matchgo::scheduler::engine
