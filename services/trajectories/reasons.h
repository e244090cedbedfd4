// The error reasons of the trajectories service: one line each, documented in its README.
//
// Constants only. Field-level words travel as violations.
// Test: tests/unit/services/trajectories/trajectory_service_test.cc
#pragma once

#include "common/base/status.h"

namespace matchgo::trajectories {

inline constexpr Reason kNotFound{"NOT_FOUND", "there is no such trajectory"};
inline constexpr Reason kExists{"EXISTS", "the switcher has a running trajectory"};
inline constexpr Reason kIllegalStage{"ILLEGAL_STAGE", "this stage can't be reached from here"};
inline constexpr Reason kIllegalExit{"ILLEGAL_EXIT",
                                     "no trajectory ends for this reason in this stage"};
inline constexpr Reason kEvidenceRequired{"EVIDENCE_REQUIRED", "this stage needs evidence"};
inline constexpr Reason kPaused{"PAUSED", "the trajectory is paused"};
inline constexpr Reason kNotPaused{"NOT_PAUSED", "the trajectory is not paused"};
inline constexpr Reason kNotStarted{"NOT_STARTED", "only a trajectory with a contract pauses"};
inline constexpr Reason kTrajectoryEnded{"TRAJECTORY_ENDED", "the trajectory has ended"};
inline constexpr Reason kHumanRequired{"HUMAN_REQUIRED",
                                       "only a person with a name of their own may do this"};
inline constexpr Reason kStale{"STALE", "somebody changed the record; read it again"};
inline constexpr const char* kSwitcherUnknown = "SWITCHER_UNKNOWN";
inline constexpr const char* kVacancyUnknown = "VACANCY_UNKNOWN";
inline constexpr const char* kStartUnknown = "START_UNKNOWN";
inline constexpr const char* kContractUnknown = "CONTRACT_UNKNOWN";
inline constexpr Reason kFellBehind{"FELL_BEHIND", "this sequence was never reached; list again"};

}  // namespace matchgo::trajectories
