#include "common/time/instant.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "common/time/clock.h"
#include "common/time/timestamp.h"
#include "tests/support/status_matchers.h"

namespace matchgo {
namespace {

TEST(InstantTest, ReadsRfc3339) {
  struct Row {
    const char* text;
    const char* utc;
  };
  // The first four are the examples of RFC 3339, section 5.8.
  const Row rows[] = {
      {"1985-04-12T23:20:50.52Z", "1985-04-12T23:20:50.520000Z"},
      {"1996-12-19T16:39:57-08:00", "1996-12-20T00:39:57.000000Z"},
      {"1937-01-01T12:00:27.87+00:20", "1937-01-01T11:40:27.870000Z"},
      {"1996-12-20T00:39:57Z", "1996-12-20T00:39:57.000000Z"},
      {"1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000000Z"},
      {"1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z"},
      {"2026-11-21t09:30:00z", "2026-11-21T09:30:00.000000Z"},
      {"2024-02-29T23:59:59.000001+23:59", "2024-02-29T00:00:59.000001Z"},
      {"2026-11-21T09:30:00-00:00", "2026-11-21T09:30:00.000000Z"},
  };
  for (const Row& row : rows) {
    const StatusOr<Instant> instant = ParseInstant(row.text);
    ASSERT_THAT(instant, IsOk()) << row.text;
    EXPECT_EQ(FormatInstant(*instant), row.utc);
    EXPECT_EQ(ParseInstant(row.utc)->micros(), instant->micros());
  }
  EXPECT_EQ(ParseInstant("2001-09-09T01:46:40Z")->micros(), 1'000'000'000'000'000);
}

TEST(InstantTest, RefusesTheRest) {
  for (const char* text :
       {"", "2026-11-21", "2026-11-21T09:30:00", "2026-11-21 09:30:00Z", "2026-11-21T09:30Z",
        "2026-11-21T24:00:00Z", "2026-11-21T09:60:00Z", "2026-11-21T09:30:60Z",
        "2026-02-30T00:00:00Z", "2026-11-21T09:30:00.Z", "2026-11-21T09:30:00.1234567Z",
        "2026-11-21T09:30:00+24:00", "2026-11-21T09:30:00+01:60", "2026-11-21T09:30:00+0100",
        "2026-11-21T09:30:00Z ", "2026-11-21T09:30:00ZZ", "-026-11-21T09:30:00Z",
        "2026-11-21T09:30:00,5Z", "2026-11-21T09:30:00X01:00"}) {
    EXPECT_THAT(ParseInstant(text), HasReason("DATE")) << text;
  }
}

struct SecondsAndNanos {
  void set_seconds(int64_t value) { seconds_ = value; }
  void set_nanos(int32_t value) { nanos_ = value; }
  int64_t seconds() const { return seconds_; }
  int32_t nanos() const { return nanos_; }

 private:
  int64_t seconds_ = 0;
  int32_t nanos_ = 0;
};

TEST(TimestampTest, ThereAndBack) {
  struct Row {
    const char* name;
    int64_t micros;
    int64_t seconds;
    int32_t nanos;
  };
  const Row rows[] = {
      {"the epoch", 0, 0, 0},
      {"after it", 1'500'001, 1, 500'001'000},
      {"just before it: nanos are never negative", -1, -1, 999'999'000},
      {"a whole second before it", -1'000'000, -1, 0},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    SecondsAndNanos message;
    FillTime(Instant::FromMicros(row.micros), &message);
    EXPECT_EQ(message.seconds(), row.seconds);
    EXPECT_EQ(message.nanos(), row.nanos);
    EXPECT_EQ(DecodeTime(message).micros(), row.micros);
  }
}

TEST(ClockTest, ManualClockNeverRunsBackwards) {
  ManualClock clock(Instant::FromMicros(100));
  clock.AdvanceTo(Instant::FromMicros(50));
  EXPECT_EQ(clock.Now().micros(), 100);
  clock.AdvanceBy(Duration(7));
  EXPECT_EQ(clock.Now().micros(), 107);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&clock, t] {
      for (int i = 0; i < 1000; ++i) clock.AdvanceTo(Instant::FromMicros(1000 + 4 * i + t));
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(clock.Now().micros(), 1000 + 4 * 999 + 3);
}

TEST(ClockTest, SystemClockIsInThisCentury) {
  const Instant now = SystemClock().Now();
  EXPECT_GT(now, *ParseInstant("2020-01-01T00:00:00Z"));
  EXPECT_LT(now, *ParseInstant("2100-01-01T00:00:00Z"));
}

}  // namespace
}  // namespace matchgo
