// Changes that somebody can make herself: which fields, how far, and which change is the smaller.
//
// Only what is in her own hands is here. Level, home, aptitude, salary now, qualifications and the
// lottery are not, and never will be. Values and pure functions. Test:
// tests/unit/services/scheduler/engine/counterfactual_test.cc
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <string_view>

#include "services/scheduler/engine/person.h"
#include "services/scheduler/engine/place.h"

namespace matchgo::scheduler::engine {

// In the order in which changes are compared.
enum class Dimension : uint8_t {
  kMaxDist,      // travel farther
  kHoursMin,     // accept fewer hours
  kHoursMax,     // accept more hours
  kStudyHours,   // study more hours a week
  kAvailable,    // be available earlier
  kSalaryFloor,  // accept less pay
  kSector,       // one sector more, as the last of her wishes
  kSkill,        // one skill more
};
inline constexpr size_t kDimensions = 8;

// The field of the market format: "max_dist", ..., "prefs", "skills".
std::string_view FieldOf(Dimension dimension);

// A set of dimensions, a bit each.
using ChangeSet = uint32_t;
constexpr ChangeSet SetOf(Dimension dimension) {
  return ChangeSet{1} << static_cast<uint32_t>(dimension);
}
constexpr int SizeOf(ChangeSet set) { return std::popcount(set); }

// How far a change may go. The end of a range in the format, but for two: nobody studies more than
// a working week, and the market is frozen on day 0.
struct ChangeLimits {
  int32_t max_dist = 100'000;
  int32_t study_hours = 40;
  int32_t available = 0;
};

// What she would change, and the contract that she would get.
struct Change {
  ChangeSet set = 0;
  // The new value of each dimension in the set; of a sector or a skill its index in the market.
  std::array<int32_t, kDimensions> to = {};
  FeasibleContract contract = {};

  bool Has(Dimension dimension) const { return (set & SetOf(dimension)) != 0; }
  int32_t To(Dimension dimension) const { return to[static_cast<size_t>(dimension)]; }
  friend bool operator==(const Change&, const Change&) = default;
};

// Whether the dimension is a number of hers (not a sector or a skill), and which.
constexpr bool IsNumber(Dimension dimension) { return dimension < Dimension::kSector; }
int32_t NumberOf(const Switcher& facts, Dimension dimension);

// The person after a change.
Profile Changed(const Person& person, const Change& change);

// Fewer dimensions; then the set whose last dimension comes earlier (ties: the one before it, and
// so on), so that a skill is asked only where nothing else will do; then the smaller amounts in the
// order of the dimensions; then the better contract; then the earlier skill. A strict order.
bool IsSmaller(const Person& person, const Change& a, const Change& b);

}  // namespace matchgo::scheduler::engine
