// Lane scans: the inner loops of the search, sixteen vacancies or starts at a time.
//
// They only leave out what cannot qualify: all bounds are upper bounds in integers, rounded up, and
// whatever survives is worked out exactly elsewhere. AVX-512, AVX2 and plain C++ compute the same
// numbers; the machine's best is chosen at run time. Pure, safe to share. Test:
// tests/unit/services/scheduler/engine/lane_scan_test.cc
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace matchgo::scheduler::engine {

inline constexpr size_t kLanes = 16;
// No distance that matters is farther, and the sum of two squares of it fits 32 bits.
inline constexpr int32_t kLaneFar = 40'000;
// Sums with this in them stay below every threshold.
inline constexpr int32_t kImpossible = -(1 << 29);

// Sixteen vacancies of a group that are close to each other, as a scan reads them.
struct alignas(64) LaneBlock {
  int32_t origin_x = 0;
  int32_t origin_y = 0;
  std::array<uint8_t, kLanes> hours = {};     // 255 in a lane without a vacancy
  std::array<uint8_t, kLanes> required = {};  // how many skills; 255: so many or more
  std::array<uint16_t, kLanes> x = {};        // above the origin
  std::array<uint16_t, kLanes> y = {};
  std::array<uint16_t, kLanes> salary = {};       // in salary steps, rounded up
  std::array<int16_t, kLanes> latest_ready = {};  // Days16
};

// Where the vacancies of each block are, in coarse squares of the plane.
struct BlockBoxes {
  int32_t origin_x = 0;
  int32_t origin_y = 0;
  uint32_t shift = 0;  // a square is 1 << shift wide
  std::vector<uint8_t> x_min, x_max, y_min, y_max;
};

// Sixteen starts.
struct alignas(64) StartBlock {
  std::array<int32_t, kLanes> begins = {};
  std::array<int32_t, kLanes> entry_level = {};  // INT32_MAX in a lane without a start
  std::array<int32_t, kLanes> x = {};
  std::array<int32_t, kLanes> y = {};
  uint16_t online = 0;  // bit per lane
};

// Days as the blocks have them; comparing two of them never contradicts comparing the days wrongly:
// a <= b implies Days16(a) <= Days16(b).
constexpr int16_t Days16(int64_t day) {
  return static_cast<int16_t>(day > INT16_MAX ? INT16_MAX : day < INT16_MIN ? INT16_MIN : day);
}

// One person, prepared for all blocks.
struct LanePerson {
  static constexpr uint32_t kEverywhere = UINT32_MAX;  // distances are not looked at

  int32_t x = 0;
  int32_t y = 0;
  uint32_t reach_squared = 0;
  // travel <= min(1000, ((reach - distance >> shift) + round) * unit >> 16), of squares
  uint32_t travel_shift = 0;
  uint32_t travel_round = 0;
  uint32_t travel_unit = 0;
  uint32_t hours_min = 0;
  uint32_t hours_max = 0;
  uint32_t salary_floor = 0;  // in salary steps
  uint32_t salary_now = 0;    // in salary steps
  uint32_t salary_unit = 0;   // salary <= min(1000, min(salary, now) * unit >> 16)
  uint32_t salary_flat = 0;   // at least this, whatever the unit says
  int32_t fit_weight = 0;
  int32_t travel_weight = 0;
  int32_t salary_weight = 0;
  int32_t available = 0;
  int32_t level = 0;
  // In coarse squares: hers, clamped to the plane, and how far apart two squares may be.
  uint8_t square_x = 0;
  uint8_t square_y = 0;
  uint16_t square_reach_squared = UINT16_MAX;
};

// One group for one person.
struct LaneGroup {
  const LaneBlock* blocks = nullptr;
  const uint64_t* required = nullptr;  // [block - first_block][word][lane]
  size_t first_block = 0;
  size_t words = 1;
  const uint64_t* has = nullptr;        // her skills in the group's bits
  const uint64_t* reachable = nullptr;  // and what usable starts teach
  // What all lanes share of the bound, and her first ready day (Days16): where she has every
  // required skill, and where she lacks one.
  int32_t rest_complete = 0;
  int32_t rest_lacking = 0;
  int32_t ready_complete = 0;
  int32_t ready_lacking = 0;
  int32_t threshold = 0;            // survivors have at least this bound
  const int32_t* floors = nullptr;  // and by slot at least this; null: anything
};

struct Survivor {
  int32_t slot = 0;   // block * kLanes + lane
  int32_t bound = 0;  // she scores no more with it
};

// fit <= min(1000, held * kFitUnit[required] >> 16); a count of 0 holds one.
inline constexpr size_t kFitUnits = 32;
extern const std::array<uint32_t, kFitUnits> kFitUnit;

struct LaneScan {
  // Blocks of [first, first + count) whose box may be within reach. Returns how many are in `out`,
  // which has room for kLanes * 4 more. The boxes may be read that far, too.
  size_t (*reachable_blocks)(const LanePerson&, const BlockBoxes&, size_t first, size_t count,
                             int32_t* out);
  // Lanes of the listed blocks (of one group) that may qualify. `out` has room for all lanes of
  // them.
  size_t (*survivors)(const LanePerson&, const LaneGroup&, const int32_t* blocks, size_t count,
                      Survivor* out);
  // Starts that take her: level, day, distance. A bit per lane.
  void (*usable_starts)(const LanePerson&, const StartBlock* blocks, size_t count, uint16_t* out);
  // How many bits each word has.
  void (*count_bits)(const uint64_t* words, size_t count, uint8_t* out);
};

// Of one vacancy: squared, and the weighted fit, travel and salary that a contract with it scores
// at most. REQUIRES of the second: the distance is within reach.
inline uint32_t LaneDistance(const LanePerson& person, const LaneBlock& block, size_t lane) {
  const auto square = [](int32_t distance) {
    const auto near = static_cast<uint32_t>(std::min(std::max(distance, -distance), kLaneFar));
    return near * near;
  };
  return square(block.origin_x + block.x[lane] - person.x) +
         square(block.origin_y + block.y[lane] - person.y);
}
inline int32_t LaneBound(const LanePerson& person, const LaneBlock& block, size_t lane,
                         uint32_t held, uint32_t distance) {
  constexpr uint32_t kFull = 1000;
  const size_t required = block.required[lane];
  const uint32_t fit = (required == 0 ? 1 : held) * kFitUnit[std::min(required, kFitUnits - 1)];
  const uint32_t left = (person.reach_squared - distance) >> person.travel_shift;
  const uint32_t travel = (left + person.travel_round) * person.travel_unit;
  const uint32_t paid =
      std::min<uint32_t>(block.salary[lane], person.salary_now) * person.salary_unit;
  return person.fit_weight * static_cast<int32_t>(std::min(fit >> 16U, kFull)) +
         person.travel_weight * static_cast<int32_t>(std::min(travel >> 16U, kFull)) +
         person.salary_weight *
             static_cast<int32_t>(std::min(std::max(paid >> 16U, person.salary_flat), kFull));
}

enum class SimdLevel : uint8_t { kScalar, kAvx2, kAvx512 };
inline constexpr std::array<SimdLevel, 3> kSimdLevels = {SimdLevel::kScalar, SimdLevel::kAvx2,
                                                         SimdLevel::kAvx512};
std::string_view SimdLevelName(SimdLevel level);
// The best this machine can do.
SimdLevel BestSimdLevel();
// REQUIRES: level <= BestSimdLevel().
const LaneScan& LaneScanOf(SimdLevel level);

}  // namespace matchgo::scheduler::engine
