// Start: a cohort of a programme, with its capacity, minimum and decision date; and its life cycle.
//
// open -> closed, open or closed -> cancelled; nothing leads back. Pure values and functions.
// Test: tests/unit/services/programmes/start_test.cc
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/base/status.h"
#include "common/kernel/day.h"
#include "common/kernel/ids.h"
#include "common/kernel/location.h"
#include "services/programmes/domain/record.h"

namespace matchgo::programmes::domain {

// Numbers as on the wire, here and below.
enum class StartState { kOpen = 1, kClosed = 2, kCancelled = 3 };
enum class Rhythm { kDate = 1, kRolling = 2, kAtMinimum = 3 };
enum class Delivery { kOnline = 1, kClassroom = 2, kWorkplace = 3, kSelfStudy = 4 };
enum class SignUp { kUnknown = 0, kIndividual = 1, kGroup = 2, kBoth = 3 };

// How long before it begins it is decided whether a start runs, unless it says otherwise.
inline constexpr int32_t kDecisionDaysBefore = 14;

struct Start {
  StartId id;
  ProgrammeId programme;
  OpleiderId opleider;
  Rhythm rhythm = Rhythm::kDate;
  Day begins_on;
  int32_t capacity = 0;
  int32_t minimum = 0;  // 0 or 1: any number
  std::vector<Delivery> delivery;
  std::optional<Location> location;
  std::string times;
  SignUp sign_up = SignUp::kUnknown;
  std::optional<int64_t> price_cents;
  std::optional<Day> decides_on;
  StartState state = StartState::kOpen;
  bool synthetic = false;
  std::string cancel_explanation;
  Revision revision;

  friend bool operator==(const Start&, const Start&) = default;
};

// "opleiders/{opleider}/programmes/{programme}/starts/{start}".
std::string NameOf(const Start& start);

// All violations: CAPACITY_ORDER, LOCATION_MISSING, REQUIRED or POSTCODE_UNKNOWN (a location that
// is no place on the map), DATE_ORDER, DUPLICATE.
Status Validate(const Start& start);

// True if it is taught online or by self-study only, so that its place does not matter.
bool NobodyTravels(const Start& start);
// The day on which it is decided whether it runs.
Day DecisionDay(const Start& start);

// Takes nobody new. START_CLOSED unless it is open.
StatusOr<Start> Close(Start start);
// Does not run. START_CANCELLED if it was so already.
StatusOr<Start> Cancel(Start start, std::string explanation);

}  // namespace matchgo::programmes::domain
