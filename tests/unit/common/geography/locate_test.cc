#include "common/geography/locate.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

#include "common/base/status.h"

namespace matchgo::geography {
namespace {

const Location kUtrecht{.postcode = "3511 AB", .place = "Utrecht", .x = 1365, .y = 4559};

TEST(LocatedTest, APostcodeAloneGetsItsPoint) {
  for (const char* postcode : {"3511", "3511AB", "3511 AB"}) {
    const Location found = Located({.postcode = postcode, .place = "Utrecht"});
    EXPECT_NEAR(found.x, 1365, 10) << postcode;
    EXPECT_NEAR(found.y, 4559, 10) << postcode;
    EXPECT_EQ(found.postcode, postcode);
    EXPECT_EQ(found.place, "Utrecht");
  }
}

TEST(LocatedTest, AGivenPointStays) {
  const Location office{.postcode = "3511", .place = "", .x = 1234, .y = 4567};
  EXPECT_EQ(Located(office), office);
}

TEST(LocatedTest, WhatNobodyKnowsStaysWithoutAPoint) {
  EXPECT_FALSE(Located({.postcode = "1000"}).has_point());
  EXPECT_FALSE(Located({.place = "Utrecht"}).has_point());
}

TEST(LocatedTest, ANewPostcodeTakesTheOldPointAlong) {
  Location moved = kUtrecht;
  moved.postcode = "1011";
  const Location found = Located(kUtrecht, moved);
  EXPECT_EQ(found.x, Located({.postcode = "1011"}).x);
  EXPECT_NE(found.x, kUtrecht.x);
}

TEST(LocatedTest, ANewPostcodeWithItsOwnPointKeepsThat) {
  const Location moved{.postcode = "1011", .place = "Amsterdam", .x = 1220, .y = 4870};
  EXPECT_EQ(Located(kUtrecht, moved), moved);
}

TEST(LocatedTest, AnEditElsewhereMovesNothing) {
  Location renamed = kUtrecht;
  renamed.place = "Utrecht-Oost";
  EXPECT_EQ(Located(kUtrecht, renamed), renamed);
}

struct CheckCase {
  const char* name;
  Location place;
  std::string field;  // "": nothing is wrong
  std::string reason;
};
void PrintTo(const CheckCase& row, std::ostream* out) { *out << row.name; }

class CheckLocatedTest : public testing::TestWithParam<CheckCase> {};

TEST_P(CheckLocatedTest, SaysWhatIsWrong) {
  Violations violations;
  CheckLocated(GetParam().place, "vacancy.location", violations);
  const std::vector<Violation> found = ViolationsOf(std::move(violations).ToStatus());
  if (GetParam().field.empty()) {
    EXPECT_TRUE(found.empty());
    return;
  }
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found.front().field, GetParam().field);
  EXPECT_EQ(found.front().reason, GetParam().reason);
}

INSTANTIATE_TEST_SUITE_P(
    Places, CheckLocatedTest,
    testing::Values(CheckCase{"Point", {.x = 1365, .y = 4559}, "", ""},
                    CheckCase{"KnownPostcode", {.postcode = "3511"}, "", ""},
                    CheckCase{
                        "UnknownPostcodeWithPoint", {.postcode = "1000", .x = 1, .y = 2}, "", ""},
                    CheckCase{"UnknownPostcode",
                              {.postcode = "1000"},
                              "vacancy.location.postcode",
                              "POSTCODE_UNKNOWN"},
                    CheckCase{"Nothing", {}, "vacancy.location", "REQUIRED"},
                    CheckCase{"TownOnly", {.place = "Utrecht"}, "vacancy.location", "REQUIRED"}),
    [](const auto& test_info) { return test_info.param.name; });

}  // namespace
}  // namespace matchgo::geography
