// The error reasons of vacancies: one line each, explained in the README.
//
// The words are a contract: callers, tests and translations key on them. Constants only.
// Test: each is provoked in tests/unit/services/vacancies/.
#pragma once

#include "common/base/status.h"

namespace matchgo::vacancies::reasons {

// NOT_FOUND; also for a record that this caller may not see.
inline constexpr Reason kNotFound{"NOT_FOUND", "there is no such record"};
// ALREADY_EXISTS
inline constexpr Reason kExists{"EXISTS", "another vacancy of this employer has this reference"};
// ABORTED
inline constexpr Reason kStale{"STALE", "somebody changed it since you read it; read it again"};
// FAILED_PRECONDITION
inline constexpr Reason kVacancyPublished{"VACANCY_PUBLISHED", "the vacancy is published already"};
inline constexpr Reason kVacancyClosed{"VACANCY_CLOSED", "the vacancy is closed"};
inline constexpr Reason kEmployerClosed{"EMPLOYER_CLOSED", "the employer hires nobody any more"};
inline constexpr Reason kVacanciesOpen{"VACANCIES_OPEN",
                                       "a vacancy is still published; close it first"};
inline constexpr Reason kContractsStand{"CONTRACTS_STAND",
                                        "a contract is still active; it ends first"};
inline constexpr Reason kVacancyExpired{"VACANCY_EXPIRED", "the last day of the vacancy is over"};
inline constexpr Reason kOpeningsLowered{
    "OPENINGS_LOWERED", "an import can't take openings from a published vacancy; update it"};
// OUT_OF_RANGE
inline constexpr Reason kFellBehind{"FELL_BEHIND", "this sequence was never reached; list again"};

// Words of violations that go beyond the shape of a field.
inline constexpr const char* kDateOrder = "DATE_ORDER";
inline constexpr const char* kSalaryOrder = "SALARY_ORDER";
inline constexpr const char* kHoursOrder = "HOURS_ORDER";
inline constexpr const char* kDuplicate = "DUPLICATE";
inline constexpr const char* kSkillUnknown = "SKILL_UNKNOWN";
inline constexpr const char* kOccupationUnknown = "OCCUPATION_UNKNOWN";
inline constexpr const char* kRequired = "REQUIRED";

}  // namespace matchgo::vacancies::reasons
