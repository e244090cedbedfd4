#include "common/kernel/day.h"

#include <gtest/gtest.h>

#include "tests/support/status_matchers.h"

namespace matchgo {
namespace {

Day D(std::string_view text) { return *ParseDay(text); }

TEST(DayTest, CountsFromTheEpochAndBack) {
  EXPECT_EQ(Day::FromCivil(1970, 1, 1).number(), 0);
  EXPECT_EQ(Day::FromCivil(2000, 3, 1).number(), 11017);
  EXPECT_EQ(FormatDay(Day::FromNumber(-1)), "1969-12-31");
  for (int number = D("1900-01-01").number(); number <= D("2200-12-31").number(); ++number) {
    const Day day = Day::FromNumber(number);
    ASSERT_EQ(Day::FromCivil(day.year(), day.month(), day.day_of_month()), day);
    ASSERT_EQ(D(FormatDay(day)), day);
  }
}

TEST(DayTest, RefusesWhatIsNotADate) {
  for (const char* text : {"", "2026-1-01", "2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31",
                           "2026-04-00", "1899-12-31", "2201-01-01", "2026/04/01", "+026-04-01",
                           "2026-04-01 ", "2026-04-0a", "2026-04--1"}) {
    EXPECT_THAT(ParseDay(text), HasReason("DATE")) << text;
  }
  EXPECT_THAT(ParseDay("2024-02-29"), IsOk());
}

// Easter Sundays as published (KNMI, Royal Observatory), with the extremes of the calendar.
TEST(DayTest, KnowsEaster) {
  for (const char* text :
       {"1913-03-23", "1943-04-25", "1954-04-18", "1981-04-19", "2000-04-23", "2008-03-23",
        "2011-04-24", "2019-04-21", "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28",
        "2028-04-16", "2029-04-01", "2030-04-21", "2038-04-25", "2049-04-18", "2100-03-28"}) {
    const Day easter = D(text);
    EXPECT_TRUE(IsPublicHoliday(easter)) << text;
    EXPECT_TRUE(IsPublicHoliday(easter + 1)) << text;
    EXPECT_TRUE(IsPublicHoliday(easter + 39)) << text;  // Hemelvaart
    EXPECT_TRUE(IsPublicHoliday(easter + 49)) << text;
    EXPECT_TRUE(IsPublicHoliday(easter + 50)) << text;
    EXPECT_FALSE(IsPublicHoliday(easter - 2)) << text;  // Good Friday is a working day
    EXPECT_FALSE(IsPublicHoliday(easter + 51)) << text;
  }
}

TEST(DayTest, KnowsTheFixedHolidays) {
  struct Row {
    const char* name;
    const char* day;
    bool holiday;
  };
  const Row rows[] = {
      {"the day before Hemelvaart", "2026-05-13", false},
      {"nieuwjaarsdag", "2026-01-01", true},
      {"eerste kerstdag", "2026-12-25", true},
      {"tweede kerstdag", "2026-12-26", true},
      {"oudjaarsdag works", "2026-12-31", false},
      {"Koningsdag", "2026-04-27", true},
      {"Koningsdag on a Sunday moves to Saturday", "2025-04-26", true},
      {"that Sunday itself is only a Sunday", "2025-04-27", false},
      {"Koninginnedag until 2013", "2013-04-30", true},
      {"and not before 1949", "1948-04-30", false},
      {"27 April was nothing then", "2013-04-27", false},
      {"bevrijdingsdag in a lustrum year", "2025-05-05", true},
      {"bevrijdingsdag otherwise", "2026-05-05", false},
  };
  for (const Row& row : rows) EXPECT_EQ(IsPublicHoliday(D(row.day)), row.holiday) << row.name;
}

TEST(DayTest, AddsWorkingDays) {
  struct Row {
    const char* name;
    const char* from;
    int count;
    const char* to;
  };
  const Row rows[] = {
      {"a working day stays", "2026-11-20", 0, "2026-11-20"},
      {"zero on a Saturday is Monday", "2026-11-21", 0, "2026-11-23"},
      {"over a weekend", "2026-11-20", 1, "2026-11-23"},
      {"over Koningsdag on Monday", "2026-04-24", 1, "2026-04-28"},
      {"from the weekend before Koningsdag", "2026-04-25", 5, "2026-05-04"},
      {"over Hemelvaart", "2026-05-13", 1, "2026-05-15"},
      {"over Christmas and new year", "2026-12-24", 5, "2027-01-04"},
      {"a week of five", "2026-11-16", 5, "2026-11-23"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(FormatDay(AddWorkingDays(D(row.from), row.count)), row.to) << row.name;
  }
}

TEST(DayTest, AddsMonthsAndClips) {
  EXPECT_EQ(FormatDay(AddMonths(D("2026-01-31"), 1)), "2026-02-28");
  EXPECT_EQ(FormatDay(AddMonths(D("2027-12-31"), 2)), "2028-02-29");
  EXPECT_EQ(FormatDay(AddMonths(D("2026-03-31"), -1)), "2026-02-28");
  EXPECT_EQ(FormatDay(AddMonths(D("2026-11-21"), 36)), "2029-11-21");
  EXPECT_EQ(FormatDay(AddMonths(D("2026-11-21"), -11)), "2025-12-21");
}

TEST(DayTest, DaysBeginAtMidnightInAmsterdam) {
  struct Row {
    const char* name;
    const char* day;
    const char* start;
    int hours;
  };
  const Row rows[] = {
      {"winter", "2026-01-15", "2026-01-14T23:00:00Z", 24},
      {"summer", "2026-07-15", "2026-07-14T22:00:00Z", 24},
      {"spring forward", "2026-03-29", "2026-03-28T23:00:00Z", 23},
      {"fall back", "2026-10-25", "2026-10-24T22:00:00Z", 25},
      {"leap day", "2028-02-29", "2028-02-28T23:00:00Z", 24},
  };
  for (const Row& row : rows) {
    const Day day = D(row.day);
    const Instant start = *ParseInstant(row.start);
    EXPECT_EQ(StartOf(day), start) << row.name;
    EXPECT_EQ(StartOf(day + 1) - start, std::chrono::hours(row.hours)) << row.name;
    EXPECT_EQ(DayOf(start), day) << row.name;
    EXPECT_EQ(DayOf(start - Duration(1)), day - 1) << row.name;
  }
  for (Day day = D("1970-01-01"); day < D("2060-01-01"); day = day + 1) {
    ASSERT_EQ(DayOf(StartOf(day)), day);
    ASSERT_EQ(DayOf(StartOf(day) - Duration(1)), day - 1);
  }
}

}  // namespace
}  // namespace matchgo
