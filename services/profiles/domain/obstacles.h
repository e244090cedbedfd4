// Obstacles: what keeps a switcher out of matching on a given day.
//
// Depends on the day (tests and consents end, profiles grow stale), so it is worked out whenever it
// is asked and never stored. Pure. Test: tests/unit/services/profiles/obstacles_test.cc
#pragma once

#include <vector>

#include "common/kernel/day.h"
#include "services/profiles/domain/switcher.h"

namespace matchgo::profiles::domain {

// The numbers are those of the wire.
enum class Obstacle {
  kNoConsent = 1,
  kEducation = 2,
  kNoExperience = 3,
  kNoValidTest = 4,
  kStale = 5,
  kLanguage = 6,
  kWithdrawn = 7,
  kNoLocation = 8,
};

inline constexpr int32_t kEducationLevelMin = 5;  // NLQF
inline constexpr int32_t kFreshDays = 180;        // the 180th day after confirming still counts

// In order of their numbers; empty: she is matched.
std::vector<Obstacle> ObstaclesOf(const Switcher& switcher, Day today);

}  // namespace matchgo::profiles::domain
