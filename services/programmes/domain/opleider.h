// Opleider: an institution that teaches switchers.
//
// A value without rules of its own; its id is the tenant of its people. Pure.
// Test: tests/unit/services/programmes/programme_service_test.cc
#pragma once

#include <optional>
#include <string>

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

struct Opleider {
  OpleiderId id;
  std::string display_name;
  OpleiderKind kind = OpleiderKind::kUnknown;
  std::optional<Location> location;
  Revision revision;

  friend bool operator==(const Opleider&, const Opleider&) = default;
};

// "opleiders/{opleider}".
inline std::string NameOf(const Opleider& opleider) { return "opleiders/" + opleider.id.value(); }

}  // namespace matchgo::programmes::domain
