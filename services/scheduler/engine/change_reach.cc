#include "services/scheduler/engine/change_reach.h"

#include <bit>

#include "services/scheduler/engine/feasibility.h"

namespace matchgo::scheduler::engine {

ChangeReach::ChangeReach(const CandidateIndex& index, const Admission& doors,
                         const ProspectRules& rules)
    : groups_(index.groups()),
      person_(rules.person()),
      to_group_(groups_.groups.size()),
      has_(static_cast<size_t>(groups_.word_count), 0) {
  FindStarts(doors, rules);
  for (const int32_t skill : person_.skills) {
    for (const SkillBit bit : groups_.bits_of[skill]) has_[bit / 64] |= uint64_t{1} << (bit % 64);
  }
  now_ = has_;
  ever_ = has_;
  for (size_t g = 0; g < groups_.groups.size(); ++g) {
    lives_.push_back(Project(groups_.groups[g], to_group_[g]) ? 1 : 0);
  }
}

void ChangeReach::FindStarts(const Admission& doors, const ProspectRules& rules) {
  const Syllabi& syllabi = groups_.syllabi;
  const Switcher& facts = person_.facts;
  for (size_t i = 0; i < syllabi.all.size(); ++i) {
    first_.push_back(static_cast<uint32_t>(starts_.size()));
    Offered& offered = offered_.emplace_back();
    for (auto slot = static_cast<size_t>(syllabi.first[i]);
         slot < static_cast<size_t>(syllabi.first[i + 1]); ++slot) {
      const int32_t floor = doors.start_floor(syllabi.starts[slot]);
      if (floor == Door::kShutFloor) continue;
      const StartBlock& block = groups_.start_blocks[slot / kLanes];
      const size_t lane = slot % kLanes;
      if (facts.level < block.entry_level[lane]) continue;
      const int32_t begins = block.begins[lane];
      const bool online = (block.online >> lane & 1U) != 0;
      const int64_t distance =
          online ? 0 : DistanceSquared(facts.x, facts.y, block.x[lane], block.y[lane]);
      const auto needed = rules.NeededForStart(begins, distance);
      if (!needed) continue;
      starts_.push_back({syllabi.starts[slot], begins, distance, *needed});
      const bool early = begins < facts.available;
      offered.Add({.timely = early ? Offered::kNever : begins,
                   .floor = floor,
                   .any = true,
                   .now = *needed == 0});
    }
  }
  first_.push_back(static_cast<uint32_t>(starts_.size()));
}

bool ChangeReach::LacksQualification(const VacancyGroup& group) const {
  return group.qualification != kNone &&
         !std::ranges::binary_search(person_.qualifications, group.qualification);
}

// Adds what the group's courses teach her.
bool ChangeReach::Project(const VacancyGroup& group, Offered& offered) {
  const auto words = static_cast<size_t>(group.words);
  const bool lacks_qualification = LacksQualification(group);
  uint64_t* now = &now_[Word(group)];
  uint64_t* ever = &ever_[Word(group)];
  for (size_t c = 0; c < static_cast<size_t>(group.course_count); ++c) {
    const Course& course = groups_.courses[static_cast<size_t>(group.first_course) + c];
    const Offered& of_course = OfSyllabus(course.syllabus);
    if ((!course.awards && lacks_qualification) || !of_course.any) continue;
    offered.Add(of_course);
    const uint64_t* all = &groups_.course_reach[static_cast<size_t>(group.first_reach) + c * words];
    for (size_t w = 0; w < words; ++w) {
      ever[w] |= all[w];
      if (of_course.now) now[w] |= all[w];
    }
  }
  int32_t bits = 0;
  for (size_t w = 0; w < words; ++w) bits += std::popcount(ever[w]);
  return bits + 1 >= group.required_min;
}

}  // namespace matchgo::scheduler::engine
