// Opleider: an institution that teaches switchers.
//
// A value with its life cycle, active -> closed; its id is the tenant of its people. Pure.
// Test: tests/unit/services/programmes/programme_service_test.cc
#pragma once

#include <optional>
#include <string>

#include "common/base/status.h"
#include "common/kernel/ids.h"
#include "common/kernel/location.h"
#include "services/programmes/domain/record.h"

namespace matchgo::programmes::domain {

// Numbers as on the wire.
enum class OpleiderKind {
  kUnknown = 0,
  kHogeschool = 1,
  kUniversiteit = 2,
  kRoc = 3,
  kAoc = 4,
  kVakinstelling = 5,
  kPrivate = 6,
};

enum class OpleiderState { kActive = 1, kClosed = 2 };

struct Opleider {
  OpleiderId id;
  std::string display_name;
  OpleiderKind kind = OpleiderKind::kUnknown;
  std::optional<Location> location;
  OpleiderState state = OpleiderState::kActive;
  Revision revision;

  friend bool operator==(const Opleider&, const Opleider&) = default;
};

// "opleiders/{opleider}".
inline std::string NameOf(const Opleider& opleider) { return "opleiders/" + opleider.id.value(); }

// All violations: POSTCODE_UNKNOWN.
Status Validate(const Opleider& opleider);

// OPLEIDER_CLOSED unless it is active.
Status CheckActive(const Opleider& opleider);
// Teaches nobody any more. OPLEIDER_CLOSED if it was so already.
StatusOr<Opleider> Close(Opleider opleider);

}  // namespace matchgo::programmes::domain
