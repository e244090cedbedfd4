// Dutch places and postcodes, and their points on the Rijksdriehoek grid in hectometres.
//
// Degrees are kept as millionths so that nothing stored is a floating-point number; the conversion
// itself computes in double and rounds. Pure. Test:
// tests/unit/common/geography/geography_test.cc
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/status.h"

namespace matchgo::geography {

// WGS84, in millionths of a degree.
struct GeoPoint {
  int32_t latitude_e6 = 0;
  int32_t longitude_e6 = 0;

  friend bool operator==(const GeoPoint&, const GeoPoint&) = default;
};

// Rijksdriehoek, in hectometres: x grows to the east, y to the north.
struct GridPoint {
  int32_t x = 0;
  int32_t y = 0;

  friend bool operator==(const GridPoint&, const GridPoint&) = default;
};

struct Place {
  std::string name{};
  std::string municipality{};
  std::string province{};
  int32_t population = 0;
  GeoPoint geo{};
  GridPoint grid{};
  std::vector<std::string> postcodes{};  // four digits each, ascending, never empty
};

struct Postcode {
  std::string code{};  // four digits
  std::string place{};
  std::string province{};
  GeoPoint geo{};
  GridPoint grid{};
};

// Metres on the grid, by the approximation of Schreutelkamp and Strang van Hees (2001), which is
// within half a metre in the Netherlands. Meaningless far outside.
struct GridMetres {
  int64_t x = 0;
  int64_t y = 0;
};
GridMetres ToGridMetres(GeoPoint point);
// The same, rounded to hectometres.
GridPoint ToGrid(GeoPoint point);

// The built-in places, most people first, and postcodes, ascending. They live for ever.
std::span<const Place> Places();
std::span<const Postcode> Postcodes();

// Accepts "3511", "3511AB" and "3511 ab"; nothing when there is no such postcode.
const Postcode* FindPostcode(std::string_view text);
// The most populous place of this name, or null.
const Place* FindPlace(std::string_view name);

// Reads places.csv and postcodes.csv.
StatusOr<std::vector<Place>> ParsePlaces(std::string_view csv);
StatusOr<std::vector<Postcode>> ParsePostcodes(std::string_view csv);

}  // namespace matchgo::geography
