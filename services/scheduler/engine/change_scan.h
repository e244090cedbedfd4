// ChangeScan: the inner loops of ChangeSearch, sixteen vacancies at a time.
//
// They only leave out what cannot count; what is left is worked out exactly. Wide registers and
// plain C++ compute the same. Pure. Test: tests/unit/services/scheduler/engine/change_scan_test.cc
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>

#include "services/scheduler/engine/lane_scan.h"

namespace matchgo::scheduler::engine {

// What somebody asks of a vacancy, and what she could come to accept. Distances are squared,
// salaries in salary steps, rounded up.
struct ChangeTerms {
  int32_t x = 0;
  int32_t y = 0;
  int32_t hours_min = 0;
  int32_t hours_max = 0;
  int32_t salary_floor = 0;
  int64_t reach = 0;
  // Outside of these nothing counts.
  int32_t hours_from = 0;
  int32_t hours_to = std::numeric_limits<int32_t>::max();
  int32_t salary_from = 0;
  int64_t beyond = -1;  // more than this
  int64_t within = 0;   // at most this
  // No vacancy lies farther than kNear from x or from y: 32 bits will do.
  bool near = false;

  static constexpr int32_t kNear = 46'340;  // twice its square fits in 32 bits
};

// Lanes that ask at most so many changes of her; a bit per lane.
struct ChangeLanes {
  uint32_t few = 0;   // at most `most`
  uint32_t less = 0;  // fewer than that
  uint32_t rest = 0;  // more

  friend bool operator==(const ChangeLanes&, const ChangeLanes&) = default;
};

// Lanes that ask no skill beyond a set of skills, or one.
struct LackingLanes {
  uint32_t none = 0;
  uint32_t one = 0;

  friend bool operator==(const LackingLanes&, const LackingLanes&) = default;
};

struct ChangeScan {
  ChangeLanes (*changes)(const LaneBlock& block, const ChangeTerms& terms, int most);
  // `required`: [word][lane]; `within`: as many words.
  LackingLanes (*lacking)(const uint64_t* required, size_t words, const uint64_t* within);
};

// REQUIRES: level <= BestSimdLevel().
const ChangeScan& ChangeScanOf(SimdLevel level);

}  // namespace matchgo::scheduler::engine
