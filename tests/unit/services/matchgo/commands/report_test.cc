// The exit codes of --help and README.md, and what a person is told to do.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "services/matchgo/commands/context.h"

namespace matchgo::commands {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

struct Reported {
  ExitCode code = kDone;
  std::string text;
};

Reported Told(const Context& context, const Status& status) {
  testing::internal::CaptureStderr();
  const ExitCode code = Report(context, status);
  return {code, testing::internal::GetCapturedStderr()};
}

TEST(ReportTest, HasOneExitCodeForEachKindOfTrouble) {
  struct Row {
    const char* name;
    Status status;
    ExitCode code;
    const char* advice;
  };
  const std::vector<Row> rows = {
      {"done", absl::OkStatus(), kDone, ""},
      {"a service refuses", Precondition({"OFFER_CLOSED", "x"}), kRefused, ""},
      {"no such record", NotFound({"NOT_FOUND", "x"}), kRefused, "`list`"},
      {"changed by somebody else", Conflict({"STALE", "x"}), kRefused, "new etag"},
      {"a role that may not", Forbidden({"ROLE", "x"}), kRefused, "--as"},
      {"nobody acts", Precondition({"HUMAN_REQUIRED", "x"}), kRefused, "--principal p.jansen"},
      {"a bad field", Invalid(std::vector<Violation>{{"title", "REQUIRED", "a value"}}), kWrongUse,
       "title: REQUIRED"},
      {"an address others could reach", Precondition({"LISTEN_ADDRESS", "x"}), kWrongUse,
       "--listen 127.0.0.1"},
      {"an address that is taken", Unavailable({"LISTEN_ADDRESS", "x"}), kRefused,
       "another address with --listen"},
      {"a metrics port that is taken", Unavailable({"METRICS_PORT", "x"}), kRefused, "--metrics"},
      {"no ESCO file", NotFound({"ESCO_FILE_MISSING", "x"}), kWrongUse, "occupations_en.csv"},
      {"a demo on used data", Invalid(Reason{"DATA_NOT_EMPTY", "x"}), kWrongUse, "--data"},
      {"nobody listens", Unavailable({"UNAVAILABLE", "x"}), kUnreachable, "serve --all"},
      {"too busy", Unavailable({"OVERLOADED", "x"}), kUnreachable, "try again"},
  };
  for (const Row& row : rows) {
    const Reported told = Told(Context{}, row.status);
    EXPECT_EQ(told.code, row.code) << row.name;
    EXPECT_THAT(told.text, HasSubstr(row.advice)) << row.name;
  }
}

TEST(ReportTest, DoesNotSendAnybodyToStartWhatRuns) {
  for (const char* reason : {"OVERLOADED", "METRICS_PORT", "STORE_UNAVAILABLE", "FEEDS_BEHIND",
                             "MARKET_STALE", "MARKET_NOT_READY"}) {
    EXPECT_THAT(Told(Context{}, Unavailable({reason, "x"})).text, Not(HasSubstr("serve --all")))
        << reason;
  }
}

TEST(ReportTest, SaysWhenThePathOfASocketIsTooLong) {
  Context context;
  context.data = "/tmp/" + std::string(110, 'd');
  EXPECT_THAT(Told(context, Unavailable({"UNAVAILABLE", "x"})).text, HasSubstr("107 bytes"));
}

// What the library for connections says is long, English and of no use.
TEST(ReportTest, SaysInASentenceThatNobodyAnswers) {
  Context context;
  context.server = "unix:/nope";
  const Status library = absl::UnavailableError("failed to connect to all addresses; blah");
  EXPECT_THAT(Told(context, library).text,
              AllOf(HasSubstr("matchgo: the service cannot be reached at unix:/nope\n"),
                    HasSubstr("serve --all"), Not(HasSubstr("blah"))));
  context.server = "";
  context.data = "/srv/matchgo";
  context.language = terminal::Language::kDutch;
  EXPECT_THAT(Told(context, library).text, HasSubstr("niet bereikbaar op de sockets in /srv/mat"));
}

TEST(ReportTest, SpeaksOfTheMetricsWhereTheyAreMeant) {
  Context context;
  context.language = terminal::Language::kDutch;
  const Reported told =
      Told(context, WithFact(Precondition({"LISTEN_ADDRESS", "x"}), "flag", "--metrics"));
  EXPECT_EQ(told.code, kWrongUse);
  EXPECT_THAT(told.text, AllOf(HasSubstr("vlag: --metrics"), HasSubstr("--metrics 127.0.0.1:9464"),
                               Not(HasSubstr("--listen"))));
}

TEST(ReportTest, GivesProgramsTheAdviceToo) {
  Context context;
  context.json = true;
  const auto problem =
      nlohmann::json::parse(Told(context, Unavailable({"METRICS_PORT", "x"})).text);
  EXPECT_EQ(problem["reason"], "METRICS_PORT");
  EXPECT_THAT(problem["advice"].get<std::string>(), HasSubstr("--metrics"));
}

}  // namespace
}  // namespace matchgo::commands
