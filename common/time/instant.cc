#include "common/time/instant.h"

#include <cstdio>

namespace matchgo {
namespace {

constexpr Reason kBadInstant{"DATE", "an instant is written as 2026-11-21T09:30:00Z (RFC 3339)"};
constexpr int64_t kSecond = 1'000'000;

// Reads a text from left to right; once something does not fit, it stays failed.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  int Number(size_t digits) {
    int number = 0;
    for (size_t i = 0; i < digits; ++i) number = number * 10 + Digit();
    return number;
  }
  int Digit() {
    const char c = Next();
    if (c < '0' || c > '9') {
      ok_ = false;
      return 0;
    }
    return c - '0';
  }
  void Expect(char upper, char lower) {
    const char c = Next();
    if (c != upper && c != lower) ok_ = false;
  }
  char Next() {
    if (rest_.empty()) {
      ok_ = false;
      return '\0';
    }
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }
  char Peek() const { return rest_.empty() ? '\0' : rest_.front(); }
  bool Done() const { return ok_ && rest_.empty(); }
  bool ok() const { return ok_; }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

int64_t Fraction(Scanner& in) {
  if (in.Peek() != '.') return 0;
  in.Next();
  int64_t micros = in.Digit() * (kSecond / 10);
  for (int64_t unit = kSecond / 100; unit > 0; unit /= 10) {
    if (in.Peek() < '0' || in.Peek() > '9') break;
    micros += in.Digit() * unit;
  }
  return micros;
}

// Seconds east of UTC; false when it is not an offset.
bool Offset(Scanner& in, int64_t* seconds) {
  const char sign = in.Next();
  if (sign == 'Z' || sign == 'z') {
    *seconds = 0;
    return true;
  }
  const int hours = in.Number(2);
  in.Expect(':', ':');
  const int minutes = in.Number(2);
  *seconds = (hours * 60 + minutes) * 60;
  if (sign == '-') *seconds = -*seconds;
  return in.ok() && (sign == '+' || sign == '-') && hours <= 23 && minutes <= 59;
}

}  // namespace

std::string FormatInstant(Instant instant) {
  using std::chrono::floor;
  const std::chrono::sys_time<Duration> time{Duration(instant.micros())};
  const auto day = floor<std::chrono::days>(time);
  const std::chrono::year_month_day ymd(day);
  const std::chrono::hh_mm_ss<Duration> clock(time - day);
  char text[64];
  std::snprintf(
      text, sizeof(text), "%04d-%02u-%02uT%02d:%02d:%02d.%06dZ", static_cast<int>(ymd.year()),
      static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()),
      static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
      static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
  return text;
}

StatusOr<Instant> ParseInstant(std::string_view text) {
  Scanner in(text);
  const int year = in.Number(4);
  in.Expect('-', '-');
  const auto month = static_cast<unsigned>(in.Number(2));
  in.Expect('-', '-');
  const auto day = static_cast<unsigned>(in.Number(2));
  in.Expect('T', 't');
  const int hour = in.Number(2);
  in.Expect(':', ':');
  const int minute = in.Number(2);
  in.Expect(':', ':');
  const int second = in.Number(2);
  const int64_t fraction = Fraction(in);
  int64_t offset = 0;
  if (!Offset(in, &offset) || !in.Done()) return Invalid(kBadInstant);

  const std::chrono::year_month_day ymd{std::chrono::year(year), std::chrono::month(month),
                                        std::chrono::day(day)};
  // Leap seconds (:60) have no place on a line of microseconds, so they are refused.
  if (!ymd.ok() || hour > 23 || minute > 59 || second > 59) return Invalid(kBadInstant);
  const int64_t days = std::chrono::sys_days(ymd).time_since_epoch().count();
  const int64_t seconds = ((days * 24 + hour) * 60 + minute) * 60 + second - offset;
  return Instant::FromMicros(seconds * kSecond + fraction);
}

}  // namespace matchgo
