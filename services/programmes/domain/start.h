// Start: a cohort of a programme, with its capacity, minimum and decision date; and its life cycle.
//
// open -> closed, open or closed -> cancelled; nothing leads back. One at a minimum begins once,
// when its people are there. Pure values and functions.
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

struct DeliveryShare {
  Delivery delivery = Delivery::kOnline;
  int32_t percent = 0;

  friend bool operator==(const DeliveryShare&, const DeliveryShare&) = default;
};

struct Start {
  StartId id;
  ProgrammeId programme;
  OpleiderId opleider;
  Rhythm rhythm = Rhythm::kDate;
  Day begins_on;
  int32_t capacity = 0;
  int32_t minimum = 0;  // 0 or 1: any number
  std::vector<Delivery> delivery;
  std::vector<DeliveryShare> delivery_mix;  // empty: not known
  std::optional<Location> location;
  std::string times;
  SignUp sign_up = SignUp::kUnknown;
  std::optional<int64_t> price_cents;
  std::optional<Day> decides_on;
  std::optional<Day> promised_on;  // its people are there: the latest day that was promised
  StartState state = StartState::kOpen;
  bool synthetic = false;
  std::string cancel_explanation;
  Revision revision;

  friend bool operator==(const Start&, const Start&) = default;
};

// "opleiders/{opleider}/programmes/{programme}/starts/{start}".
std::string NameOf(const Start& start);

// All violations: CAPACITY_ORDER, LOCATION_MISSING, REQUIRED or POSTCODE_UNKNOWN (a location that
// is no place on the map), DATE_ORDER, DUPLICATE, MIX_SUM, MIX_DELIVERY.
Status Validate(const Start& start);

// Shares that changed alone take the ways of teaching along; ways that changed alone leave shares
// of which nothing is known any more.
void MatchDelivery(const Start& current, Start* next);
// START_BEGINS if a day or rhythm changed that its people were told.
Status CheckBeginning(const Start& current, const Start& next);

// True if it is taught online or by self-study only, so that its place does not matter.
bool NobodyTravels(const Start& start);
// The day on which it is decided whether it runs.
Day DecisionDay(const Start& start);

// Its people are there: it begins on that day. NOT_AT_MINIMUM, START_CANCELLED, or START_BEGINS if
// it does so on another day.
StatusOr<Start> Begin(Start start, Day begins_on);
// Takes nobody new. START_CLOSED unless it is open.
StatusOr<Start> Close(Start start);
// Does not run. START_CANCELLED if it was so already.
StatusOr<Start> Cancel(Start start, std::string explanation);

}  // namespace matchgo::programmes::domain
