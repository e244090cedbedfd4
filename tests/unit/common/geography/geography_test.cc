#include "common/geography/geography.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

namespace matchgo::geography {
namespace {

struct KnownPoint {
  const char* name;
  GeoPoint geo;
  GridMetres grid;
};

class KnownPointTest : public testing::TestWithParam<KnownPoint> {};

TEST_P(KnownPointTest, IsWithinAMetre) {
  const GridMetres grid = ToGridMetres(GetParam().geo);
  EXPECT_LE(std::abs(grid.x - GetParam().grid.x), 1);
  EXPECT_LE(std::abs(grid.y - GetParam().grid.y), 1);
}

// The control points of the publication that gives the formula.
INSTANTIATE_TEST_SUITE_P(
    Towers, KnownPointTest,
    testing::Values(KnownPoint{"Amersfoort", {52155174, 5387206}, {155000, 463000}},
                    KnownPoint{"AmsterdamWestertoren", {52374533, 4883526}, {120701, 487525}},
                    KnownPoint{"GroningenMartinitoren", {53219383, 6568201}, {233883, 582065}}),
    [](const auto& test_info) { return test_info.param.name; });

TEST(GridTest, RoundsToHectometres) {
  EXPECT_EQ(ToGrid({52155174, 5387206}), (GridPoint{1550, 4630}));
}

TEST(PlacesTest, AreManyAndInTheNetherlands) {
  EXPECT_GE(Places().size(), 350u);
  for (const Place& place : Places()) {
    EXPECT_GE(place.population, 4000) << place.name;
    EXPECT_FALSE(place.postcodes.empty()) << place.name;
    EXPECT_TRUE(place.grid.x > 0 && place.grid.x < 2900) << place.name;
    EXPECT_TRUE(place.grid.y > 3000 && place.grid.y < 6300) << place.name;
    for (const std::string& code : place.postcodes) {
      EXPECT_NE(FindPostcode(code), nullptr) << code;
    }
  }
  EXPECT_TRUE(std::ranges::is_sorted(Places(), std::ranges::greater{}, &Place::population));
}

TEST(PlacesTest, PostcodesAreAscendingAndUnique) {
  EXPECT_GE(Postcodes().size(), 4000u);
  const auto not_below = [](const Postcode& a, const Postcode& b) { return a.code >= b.code; };
  EXPECT_EQ(std::ranges::adjacent_find(Postcodes(), not_below), Postcodes().end());
}

TEST(PlacesTest, FindsAPostcodeInEveryNotation) {
  for (const char* text : {"3511", "3511AB", "3511 ab"}) {
    const Postcode* postcode = FindPostcode(text);
    ASSERT_NE(postcode, nullptr) << text;
    EXPECT_EQ(postcode->place, "Utrecht");
    EXPECT_NEAR(postcode->grid.x, 1363, 20);
    EXPECT_NEAR(postcode->grid.y, 4559, 20);
  }
}

TEST(PlacesTest, RefusesWhatIsNoPostcode) {
  for (const char* text :
       {"", "351", "0999", "35111", "3511A", "3511 A", "3511-AB", "3511  AB", "abcd"}) {
    EXPECT_EQ(FindPostcode(text), nullptr) << text;
  }
}

TEST(PlacesTest, FindsAPlaceByName) {
  ASSERT_NE(FindPlace("Den Haag"), nullptr);
  EXPECT_EQ(FindPlace("Den Haag")->province, "Zuid-Holland");
  EXPECT_EQ(FindPlace("Nergenshuizen"), nullptr);
}

TEST(ParsePlacesTest, NamesTheLineOfABadNumber) {
  const auto places = ParsePlaces(
      "name,municipality,province,population,latitude,longitude,postcodes\n"
      "A,A,A,many,52.1,5.1,1234\n");
  EXPECT_EQ(ReasonOf(places.status()), "DATA_NUMBER");
}

}  // namespace
}  // namespace matchgo::geography
