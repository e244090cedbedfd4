// Crowd scans: the inner loops of CrowdSearch, for all people of a crowd at once.
//
// They only leave out what cannot qualify, as lane scans do. AVX-512, AVX2 and plain C++ say the
// same; the machine's best is chosen at run time. Pure, safe to share between threads. Test:
// tests/property/engine_search_property_test.cc
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "services/scheduler/engine/lane_scan.h"
#include "services/scheduler/engine/people_set.h"

namespace matchgo::scheduler::engine {

// A number for each of the people, and a set for each of 64 things.
using ByPerson = std::array<int32_t, PeopleSet::kMost>;
using SetsOf64 = std::array<PeopleSet, PeopleSet::kBits>;

// What scans ask of everybody, side by side: the numbers of LanePerson.
struct alignas(64) CrowdFacts {
  ByPerson x = {};
  ByPerson y = {};
  ByPerson reach_squared = {};  // unsigned
  ByPerson travel = {};         // the unit, above it the shift
  ByPerson salary_now = {};
  ByPerson salary_unit = {};
  ByPerson threshold = {};  // what scores less does not count

  void Set(size_t who, const LanePerson& person, int32_t least);

  static constexpr int kShiftBit = 27;

  std::array<PeopleSet, 256> hours = {};  // who accepts so many
  PeopleLadder available;
  PeopleLadder salary_floor;  // in salary steps
};

// With its corners.
struct CrowdBox {
  int32_t x_min = 0, x_max = 0, y_min = 0, y_max = 0;
};

// A course of the group that somebody can begin.
struct CrowdCourse {
  const uint64_t* teaches = nullptr;  // words of the group's bits
  PeopleSet who = {};
};

// One group for everybody.
struct alignas(64) CrowdGroup {
  const LaneBlock* blocks = nullptr;
  const uint64_t* required = nullptr;  // as in LaneGroup
  size_t first_block = 0;
  size_t words = 1;
  std::array<int32_t, 3> weights = {};  // fit, travel, salary
  const int32_t* floors = nullptr;      // as in LaneGroup
  PeopleSet lacking = {};               // the qualification
  // By bit of the group: who has the skill, and who has or could learn it.
  std::vector<PeopleSet> has, reachable;
  std::vector<CrowdCourse> courses;
  std::vector<SetsOf64> masks;  // by word: her skills, as `turn` leaves them
  ByPerson soonest = {};        // begin of the first start of use to her
  // The rest of the bound, where she has all required skills and where she lacks one.
  std::array<int32_t, 2 * PeopleSet::kMost> rest = {};
};

struct CrowdScan {
  // Those of whom somewhere in the box may be within reach.
  PeopleSet (*near)(const CrowdFacts& facts, const CrowdBox& box);
  // into[i] = min(into[i], from[i])
  void (*lower)(ByPerson& into, const ByPerson& from);
  // Afterwards words()[w] of sets[j] has a bit for each thing that person 64 w + j has.
  void (*turn)(SetsOf64& sets);
  // Adds to each person's list those of the lanes of a block (a bit each) that may qualify.
  void (*survivors)(const CrowdFacts& facts, const CrowdGroup& group, size_t block, uint32_t lanes,
                    std::vector<Survivor>* lists);
};

// REQUIRES: level <= BestSimdLevel().
const CrowdScan& CrowdScanOf(SimdLevel level);

}  // namespace matchgo::scheduler::engine
