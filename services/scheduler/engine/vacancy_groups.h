// VacancyGroups: the vacancies in packed blocks, and for each group who teaches what they ask.
//
// A group shares occupation, sector and qualification, and numbers the skills it asks with its own
// few bits. Inside it vacancies stand in the order of a curve through the plane, so a block is one
// neighbourhood. Built once, immutable, safe to share. Test:
// tests/property/engine_search_property_test.cc
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "services/scheduler/engine/lane_scan.h"
#include "services/scheduler/engine/market.h"
#include "services/scheduler/engine/syllabus.h"

namespace matchgo::scheduler::engine {

struct VacancyGroup {
  int32_t occupation = kNone;
  int32_t sector = kNone;
  int32_t qualification = kNone;
  int32_t first_block = 0;
  int32_t block_count = 0;
  int32_t words = 1;        // of 64 bits for its skills
  int32_t first_word = 0;   // where they stand among the words of all groups
  uint64_t first_mask = 0;  // of its blocks in required and nice masks
  int32_t first_skill = 0;  // skill of bit 0
  int32_t skill_count = 0;
  int32_t required_min = 0;  // skills that a vacancy asks
  int32_t required_max = 0;
  int32_t salary_max = 0;
  int32_t first_course = 0;
  int32_t course_count = 0;
  int32_t first_reach = 0;  // of its courses in course_reach
};

// A syllabus that leads to the work of one group.
struct Course {
  int32_t syllabus = 0;
  bool awards = false;         // the group's qualification
  uint64_t first_teacher = 0;  // per bit: the modules that teach it
  uint64_t first_taught = 0;   // per module: the bits it teaches
};

// What is needed once a vacancy survives.
struct SlotDetail {
  int32_t vacancy = kNone;
  int32_t salary_max = 0;
  int32_t latest_ready = 0;
};

// A skill in a group: the bit among the words of all groups.
using SkillBit = uint32_t;

struct VacancyGroups {
  std::vector<VacancyGroup> groups;
  std::vector<LaneBlock> blocks;
  std::vector<int32_t> group_of_block;
  BlockBoxes boxes;
  std::vector<uint64_t> required;  // [block of the group][word][lane], group after group
  std::vector<uint64_t> nice;
  std::vector<SlotDetail> details;  // by slot: block * kLanes + lane
  std::vector<int32_t> slot_of;     // by vacancy
  std::vector<int32_t> skills;      // by bit, group after group
  Lists<SkillBit> bits_of;          // by skill
  int32_t word_count = 0;
  int32_t salary_step = 1;  // euro cents

  Syllabi syllabi;
  std::vector<Course> courses;
  std::vector<uint64_t> course_reach;    // per course: the bits that all its modules teach
  std::vector<StartBlock> start_blocks;  // by slot of syllabi.starts
  std::vector<int32_t> slot_of_start;
  std::vector<uint64_t> teachers;
  std::vector<uint64_t> taught;

  std::span<const int32_t> SkillsOf(int32_t g) const {
    const VacancyGroup& group = groups[static_cast<size_t>(g)];
    return std::span(skills).subspan(static_cast<size_t>(group.first_skill),
                                     static_cast<size_t>(group.skill_count));
  }
  std::span<const Course> CoursesOf(int32_t g) const {
    const VacancyGroup& group = groups[static_cast<size_t>(g)];
    return std::span(courses).subspan(static_cast<size_t>(group.first_course),
                                      static_cast<size_t>(group.course_count));
  }
  // The group of a slot.
  int32_t GroupOf(int32_t slot) const { return group_of_block[static_cast<size_t>(slot) / kLanes]; }
  size_t bytes() const;
};

VacancyGroups MakeVacancyGroups(const Market& market);

}  // namespace matchgo::scheduler::engine
