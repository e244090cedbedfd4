#include "common/kernel/day.h"

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/base/check.h"

namespace matchgo {
namespace {

constexpr Reason kBadDay{"DATE", "a date is written as 2026-11-21, in the years 1900 to 2200"};
constexpr int kFirstYear = 1900;
constexpr int kLastYear = 2200;

std::chrono::year_month_day Civil(Day day) {
  return std::chrono::year_month_day(std::chrono::sys_days(std::chrono::days(day.number())));
}

Day FromYmd(std::chrono::year_month_day ymd) {
  return Day::FromNumber(
      static_cast<int32_t>(std::chrono::sys_days(ymd).time_since_epoch().count()));
}

const absl::TimeZone& Amsterdam() {
  static const absl::TimeZone zone = [] {
    absl::TimeZone loaded;
    CHECK(absl::LoadTimeZone("Europe/Amsterdam", &loaded));  // package tzdata
    return loaded;
  }();
  return zone;
}

// Meeus, "Astronomical Algorithms", chapter 8: valid for every Gregorian year.
Day EasterSunday(int year) {
  const int a = year % 19;
  const int b = year / 100;
  const int c = year % 100;
  const int d = b / 4;
  const int e = b % 4;
  const int f = (b + 8) / 25;
  const int g = (b - f + 1) / 3;
  const int h = (19 * a + b - d - g + 15) % 30;
  const int i = c / 4;
  const int k = c % 4;
  const int l = (32 + 2 * e + 2 * i - h - k) % 7;
  const int m = (a + 11 * h + 22 * l) / 451;
  const int n = h + l - 7 * m + 114;
  return Day::FromCivil(year, n / 31, n % 31 + 1);
}

std::chrono::weekday Weekday(Day day) {
  return std::chrono::weekday(std::chrono::sys_days(std::chrono::days(day.number())));
}

// 27 April since 2014, 30 April from 1949; the day before when that is a Sunday.
bool IsKingsDay(Day day, int year) {
  if (year < 1949) return false;
  const Day birthday = Day::FromCivil(year, 4, year >= 2014 ? 27 : 30);
  return day == (Weekday(birthday) == std::chrono::Sunday ? birthday - 1 : birthday);
}

// Exactly `count` digits, or -1.
int Digits(std::string_view text, size_t from, size_t count) {
  int number = 0;
  for (const char c : text.substr(from, count)) {
    if (c < '0' || c > '9') return -1;
    number = number * 10 + (c - '0');
  }
  return number;
}

}  // namespace

Day Day::FromCivil(int year, int month, int day) {
  const std::chrono::year_month_day ymd{std::chrono::year(year),
                                        std::chrono::month(static_cast<unsigned>(month)),
                                        std::chrono::day(static_cast<unsigned>(day))};
  CHECK(ymd.ok());
  return FromYmd(ymd);
}

int Day::year() const { return static_cast<int>(Civil(*this).year()); }
int Day::month() const { return static_cast<int>(static_cast<unsigned>(Civil(*this).month())); }
int Day::day_of_month() const {
  return static_cast<int>(static_cast<unsigned>(Civil(*this).day()));
}

// Each vacancy has three: digit by digit, because snprintf costs more than the rest of a field.
std::string FormatDay(Day day) {
  const std::chrono::year_month_day ymd = Civil(day);
  const int year = static_cast<int>(ymd.year());
  if (year < 0 || year > 9999) {
    char text[32];
    std::snprintf(text, sizeof(text), "%04d-%02d-%02d", year, day.month(), day.day_of_month());
    return text;
  }
  std::string text = "0000-00-00";
  const auto put = [&text](size_t end, unsigned number) {
    for (; number > 0; number /= 10) text[--end] = static_cast<char>('0' + number % 10);
  };
  put(4, static_cast<unsigned>(year));
  put(7, static_cast<unsigned>(ymd.month()));
  put(10, static_cast<unsigned>(ymd.day()));
  return text;
}

StatusOr<Day> ParseDay(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return Invalid(kBadDay);
  const int year = Digits(text, 0, 4);
  const int month = Digits(text, 5, 2);
  const int day = Digits(text, 8, 2);
  if (year < kFirstYear || year > kLastYear || month < 1 || day < 1) return Invalid(kBadDay);
  const std::chrono::year_month_day ymd{std::chrono::year(year),
                                        std::chrono::month(static_cast<unsigned>(month)),
                                        std::chrono::day(static_cast<unsigned>(day))};
  if (!ymd.ok()) return Invalid(kBadDay);
  return FromYmd(ymd);
}

Day DayOf(Instant instant) {
  const absl::CivilDay day = absl::ToCivilDay(absl::FromUnixMicros(instant.micros()), Amsterdam());
  return Day::FromNumber(static_cast<int32_t>(day - absl::CivilDay(1970, 1, 1)));
}

Instant StartOf(Day day) {
  const auto info = Amsterdam().At(absl::CivilSecond(absl::CivilDay(1970, 1, 1) + day.number()));
  // Clocks were put forward at midnight in some years before 1946: that day began at the jump.
  const bool skipped = info.kind == absl::TimeZone::TimeInfo::SKIPPED;
  return Instant::FromMicros(absl::ToUnixMicros(skipped ? info.trans : info.pre));
}

Day AddMonths(Day day, int months) {
  using std::chrono::year_month_day;
  const year_month_day from = Civil(day);
  const auto target = from.year() / from.month() + std::chrono::months(months);
  const year_month_day last(target / std::chrono::last);
  return FromYmd(target / std::min(from.day(), last.day()));
}

bool IsPublicHoliday(Day day) {
  const int year = day.year();
  const int month = day.month();
  const int date = day.day_of_month();
  if ((month == 1 && date == 1) || (month == 12 && (date == 25 || date == 26))) return true;
  if (month == 5 && date == 5 && year % 5 == 0) return true;
  if (IsKingsDay(day, year)) return true;
  const int32_t after_easter = day - EasterSunday(year);
  return after_easter == 0 || after_easter == 1 ||  // Easter
         after_easter == 39 ||                      // Hemelvaart
         after_easter == 49 || after_easter == 50;  // Pinksteren
}

bool IsWorkingDay(Day day) {
  const std::chrono::weekday weekday = Weekday(day);
  if (weekday == std::chrono::Saturday || weekday == std::chrono::Sunday) return false;
  return !IsPublicHoliday(day);
}

Day AddWorkingDays(Day day, int count) {
  CHECK(count >= 0);
  for (int left = count; left > 0;) {
    day = day + 1;
    if (IsWorkingDay(day)) --left;
  }
  while (!IsWorkingDay(day)) day = day + 1;
  return day;
}

}  // namespace matchgo
