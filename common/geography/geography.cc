#include "common/geography/geography.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "common/base/check.h"
#include "common/base/status_macros.h"
#include "common/geography/csv.h"
#include "common/geography/embedded.h"

namespace matchgo::geography {
namespace {

constexpr Reason kBadNumber{"DATA_NUMBER", "a number in the built-in data cannot be read"};

// Onze Lieve Vrouwetoren, Amersfoort: the origin of both grids.
constexpr double kLatitude0 = 52.15517440;
constexpr double kLongitude0 = 5.38720621;
constexpr double kX0 = 155000;
constexpr double kY0 = 463000;

struct Term {
  int p;
  int q;
  double value;
};

// Schreutelkamp and Strang van Hees, "Benaderingsformules voor de transformatie tussen RD- en
// WGS84-kaartcoördinaten", Geodesia 2001, tables Rpq and Spq.
constexpr std::array<Term, 9> kXTerms{{{0, 1, 190094.945},
                                       {1, 1, -11832.228},
                                       {2, 1, -114.221},
                                       {0, 3, -32.391},
                                       {1, 0, -0.705},
                                       {3, 1, -2.340},
                                       {1, 3, -0.608},
                                       {0, 2, -0.008},
                                       {2, 3, 0.148}}};
constexpr std::array<Term, 10> kYTerms{{{1, 0, 309056.544},
                                        {0, 2, 3638.893},
                                        {2, 0, 73.077},
                                        {1, 2, -157.984},
                                        {3, 0, 59.788},
                                        {0, 1, 0.433},
                                        {2, 2, -6.439},
                                        {1, 1, -0.032},
                                        {0, 4, 0.092},
                                        {1, 4, -0.054}}};

double Sum(std::span<const Term> terms, double latitude, double longitude) {
  double sum = 0;
  for (const Term& term : terms) {
    sum += term.value * std::pow(latitude, term.p) * std::pow(longitude, term.q);
  }
  return sum;
}

int32_t RoundToHectometre(int64_t metres) {
  return static_cast<int32_t>(metres >= 0 ? (metres + 50) / 100 : -((-metres + 50) / 100));
}

Status BadNumber(std::string_view file, int64_t line) {
  return WithFact(WithFact(Invalid(kBadNumber), "file", file), "line", std::to_string(line));
}

// "52.37403" -> 52374030. Digits only, so that no locale and no rounding comes in.
bool ParseE6(std::string_view text, int32_t& out) {
  const size_t point = text.find('.');
  if (point == std::string_view::npos || text.size() - point - 1 > 6) return false;
  std::string digits(text.substr(0, point));
  digits += text.substr(point + 1);
  digits.append(6 - (text.size() - point - 1), '0');
  const char* end = digits.data() + digits.size();
  return std::from_chars(digits.data(), end, out).ptr == end;
}

bool ParseInt(std::string_view text, int32_t& out) {
  const char* end = text.data() + text.size();
  return !text.empty() && std::from_chars(text.data(), end, out).ptr == end;
}

std::vector<std::string> SplitSpaces(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const size_t space = std::min(text.find(' '), text.size());
    if (space > 0) parts.emplace_back(text.substr(0, space));
    text.remove_prefix(std::min(space + 1, text.size()));
  }
  return parts;
}

// The built-in files are part of the program; a test reads them.
template <class Row>
std::vector<Row> Read(StatusOr<std::vector<Row>> rows) {
  CHECK(rows.ok());
  return *std::move(rows);
}

}  // namespace

GridMetres ToGridMetres(GeoPoint point) {
  const double latitude = 0.36 * (point.latitude_e6 / 1e6 - kLatitude0);
  const double longitude = 0.36 * (point.longitude_e6 / 1e6 - kLongitude0);
  return {.x = std::llround(kX0 + Sum(kXTerms, latitude, longitude)),
          .y = std::llround(kY0 + Sum(kYTerms, latitude, longitude))};
}

GridPoint ToGrid(GeoPoint point) {
  const GridMetres metres = ToGridMetres(point);
  return {.x = RoundToHectometre(metres.x), .y = RoundToHectometre(metres.y)};
}

std::span<const Place> Places() {
  static const std::vector<Place> places = Read(ParsePlaces(EmbeddedPlaces()));
  return places;
}

std::span<const Postcode> Postcodes() {
  static const std::vector<Postcode> postcodes = Read(ParsePostcodes(EmbeddedPostcodes()));
  return postcodes;
}

const Postcode* FindPostcode(std::string_view text) {
  if (text.size() < 4) return nullptr;
  std::string_view letters = text.substr(4);
  if (letters.size() == 3 && letters[0] == ' ') letters.remove_prefix(1);
  const auto is_letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
  if (!letters.empty() && (letters.size() != 2 || !std::ranges::all_of(letters, is_letter))) {
    return nullptr;
  }
  const std::string_view code = text.substr(0, 4);
  const std::span<const Postcode> all = Postcodes();
  const auto found = std::ranges::lower_bound(all, code, {}, &Postcode::code);
  return found != all.end() && found->code == code ? &*found : nullptr;
}

const Place* FindPlace(std::string_view name) {
  const std::span<const Place> all = Places();
  const auto found = std::ranges::find(all, name, &Place::name);
  return found == all.end() ? nullptr : &*found;
}

StatusOr<std::vector<Place>> ParsePlaces(std::string_view csv) {
  CsvTable table(csv);
  RETURN_IF_ERROR(table.Open(
      {"name", "municipality", "province", "population", "latitude", "longitude", "postcodes"}));
  std::vector<Place> places;
  while (true) {
    ASSIGN_OR_RETURN(const bool more, table.Next());
    if (!more) return places;
    Place place{.name = table[0], .municipality = table[1], .province = table[2]};
    if (!ParseInt(table[3], place.population) || !ParseE6(table[4], place.geo.latitude_e6) ||
        !ParseE6(table[5], place.geo.longitude_e6)) {
      return BadNumber("places.csv", table.line());
    }
    place.grid = ToGrid(place.geo);
    place.postcodes = SplitSpaces(table[6]);
    places.push_back(std::move(place));
  }
}

StatusOr<std::vector<Postcode>> ParsePostcodes(std::string_view csv) {
  CsvTable table(csv);
  RETURN_IF_ERROR(table.Open({"postcode", "place", "province", "latitude", "longitude"}));
  std::vector<Postcode> postcodes;
  while (true) {
    ASSIGN_OR_RETURN(const bool more, table.Next());
    if (!more) return postcodes;
    Postcode postcode{.code = table[0], .place = table[1], .province = table[2]};
    if (!ParseE6(table[3], postcode.geo.latitude_e6) ||
        !ParseE6(table[4], postcode.geo.longitude_e6)) {
      return BadNumber("postcodes.csv", table.line());
    }
    postcode.grid = ToGrid(postcode.geo);
    postcodes.push_back(std::move(postcode));
  }
}

}  // namespace matchgo::geography
