// Day: a calendar date as whole days since 1970-01-01; the domain's unit of planning.
//
// People live in Europe/Amsterdam: DayOf and StartOf convert with that zone (tzdata of the system).
// Working days skip weekends and the Dutch public holidays (nieuwjaarsdag, Easter Sunday and
// Monday, Koningsdag, 5 May in years divisible by 5, Hemelvaart, Pinksteren, Christmas). Pure
// values. Test: tests/unit/common/kernel/day_test.cc
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "common/base/status.h"
#include "common/time/instant.h"

namespace matchgo {

class Day {
 public:
  constexpr Day() = default;
  static constexpr Day FromNumber(int32_t number) { return Day(number); }
  // REQUIRES: a valid civil date.
  static Day FromCivil(int year, int month, int day);
  constexpr int32_t number() const { return number_; }
  int year() const;
  int month() const;         // 1..12
  int day_of_month() const;  // 1..31

  friend constexpr bool operator==(Day, Day) = default;
  friend constexpr auto operator<=>(Day, Day) = default;
  friend constexpr Day operator+(Day d, int32_t days) { return Day(d.number_ + days); }
  friend constexpr Day operator-(Day d, int32_t days) { return Day(d.number_ - days); }
  friend constexpr int32_t operator-(Day a, Day b) { return a.number_ - b.number_; }

 private:
  constexpr explicit Day(int32_t number) : number_(number) {}
  int32_t number_ = 0;
};

// "2026-11-21". Years 1900..2200 are accepted.
std::string FormatDay(Day day);
StatusOr<Day> ParseDay(std::string_view text);

// The civil day in Europe/Amsterdam, and the instant at which that day begins there.
Day DayOf(Instant instant);
Instant StartOf(Day day);

// Adds calendar months; the day of the month is clipped to the month's length.
Day AddMonths(Day day, int months);

bool IsPublicHoliday(Day day);
bool IsWorkingDay(Day day);
// The day `count` working days after `day` (0: the day itself if it is one, else the next).
Day AddWorkingDays(Day day, int count);

}  // namespace matchgo
