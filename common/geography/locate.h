// Locate: from a postcode to the point that is matched on, and what is wrong with a place that has
// none.
//
// A point that was given stays as it is; only where there is none, or where the postcode moved
// without it, the postcode decides. One rule for all who store locations. Pure. Test:
// tests/unit/common/geography/locate_test.cc
#pragma once

#include <string_view>

#include "common/base/violations.h"
#include "common/kernel/location.h"

namespace matchgo::geography {

inline constexpr const char* kPostcodeUnknown = "POSTCODE_UNKNOWN";

// The same place with the point of its postcode; unchanged if it has a point, or nobody knows one.
Location Located(Location place);
// The same for a place that replaces another: a new postcode with the old point has moved.
Location Located(const Location& before, Location place);

// Whether it has a point, or a postcode that stands for one.
bool CanBeLocated(const Location& place);
// REQUIRED when nothing says where it is, POSTCODE_UNKNOWN when only an unknown postcode does.
void CheckLocated(const Location& place, std::string_view field, Violations& violations);

}  // namespace matchgo::geography
