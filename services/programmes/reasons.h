// The error reasons of the programmes service: one line each, documented in its README.
//
// Constants only. Field-level words (DUPLICATE, DATE_ORDER ...) travel as violations and are made
// in domain/. Test: tests/unit/services/programmes/programme_service_test.cc
#pragma once

#include "common/base/status.h"

namespace matchgo::programmes {

inline constexpr Reason kNotFound{"NOT_FOUND", "there is no such record"};
inline constexpr Reason kExists{"EXISTS", "another programme has this external reference"};
inline constexpr Reason kOpleiderClosed{"OPLEIDER_CLOSED", "the opleider teaches nobody any more"};
inline constexpr Reason kProgrammesActive{"PROGRAMMES_ACTIVE",
                                          "a programme is still taught; retire it first"};
inline constexpr Reason kContractsStand{"CONTRACTS_STAND",
                                        "a contract is still active; it ends first"};
inline constexpr Reason kProgrammeRetired{"PROGRAMME_RETIRED", "the programme is taught no more"};
inline constexpr Reason kStartClosed{"START_CLOSED", "the start takes nobody new"};
inline constexpr Reason kStartBegins{"START_BEGINS", "its people were told on which day it begins"};
inline constexpr Reason kNotAtMinimum{"NOT_AT_MINIMUM",
                                      "the start does not wait for a number of people"};
inline constexpr Reason kStartCancelled{"START_CANCELLED", "the start was cancelled"};
inline constexpr Reason kStale{"STALE", "somebody changed the record; read it again"};
inline constexpr Reason kFellBehind{"FELL_BEHIND", "this sequence was never reached; list again"};

}  // namespace matchgo::programmes
