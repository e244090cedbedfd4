// The error reasons of profiles: one line each, explained in the README.
//
// The words are a contract: callers, tests and translations key on them. Constants only.
// Test: each is provoked in tests/unit/services/profiles/.
#pragma once

#include "common/base/status.h"

namespace matchgo::profiles::reasons {

// NOT_FOUND; also for a switcher that this caller may not see.
inline constexpr Reason kNotFound{"NOT_FOUND", "there is no such record"};
// ABORTED
inline constexpr Reason kStale{"STALE", "somebody changed it since you read it; read it again"};
// FAILED_PRECONDITION
inline constexpr Reason kSwitcherWithdrawn{"SWITCHER_WITHDRAWN", "the switcher withdrew"};
inline constexpr Reason kSwitcherActive{"SWITCHER_ACTIVE", "the switcher takes part already"};
// OUT_OF_RANGE
inline constexpr Reason kFellBehind{"FELL_BEHIND", "this sequence was never reached; list again"};

// Words of violations that go beyond the shape of a field.
inline constexpr const char* kDateOrder = "DATE_ORDER";
inline constexpr const char* kHoursOrder = "HOURS_ORDER";
inline constexpr const char* kDuplicate = "DUPLICATE";
inline constexpr const char* kSkillUnknown = "SKILL_UNKNOWN";
inline constexpr const char* kEvidenceMissing = "EVIDENCE_MISSING";
inline constexpr const char* kRequired = "REQUIRED";

}  // namespace matchgo::profiles::reasons
