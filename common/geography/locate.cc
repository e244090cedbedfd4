#include "common/geography/locate.h"

#include <string>
#include <utility>

#include "common/geography/geography.h"

namespace matchgo::geography {
namespace {

bool SamePoint(const Location& a, const Location& b) { return a.x == b.x && a.y == b.y; }

}  // namespace

Location Located(Location place) {
  if (place.has_point()) return place;
  const Postcode* const found = FindPostcode(place.postcode);
  if (found == nullptr) return place;
  place.x = found->grid.x;
  place.y = found->grid.y;
  return place;
}

Location Located(const Location& before, Location place) {
  if (!place.postcode.empty() && place.postcode != before.postcode && SamePoint(place, before)) {
    place.x = 0;
    place.y = 0;
  }
  return Located(std::move(place));
}

bool CanBeLocated(const Location& place) {
  return place.has_point() || FindPostcode(place.postcode) != nullptr;
}

void CheckLocated(const Location& place, std::string_view field, Violations& violations) {
  if (!place.known()) {
    violations.Add(field, "REQUIRED", "a postcode or a point");
  } else if (!CanBeLocated(place)) {
    violations.Add(std::string(field) + ".postcode", kPostcodeUnknown,
                   "a Dutch postcode, or a point besides");
  }
}

}  // namespace matchgo::geography
