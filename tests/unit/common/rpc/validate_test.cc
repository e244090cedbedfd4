#include "common/rpc/validate.h"

#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "tests/support/echo/echo_service.h"
#include "tests/support/status_matchers.h"

namespace matchgo::rpc {
namespace {

using echo::pb::CreateEchoRequest;
using echo::pb::Echo;
using echo::pb::UpdateEchoRequest;

struct Row {
  const char* name;
  std::function<void(CreateEchoRequest&)> change;
  const char* field;   // "" if it is accepted
  const char* reason;  // of the first violation
};

std::function<void(CreateEchoRequest&)> OnEcho(std::function<void(Echo&)> change) {
  return [change = std::move(change)](CreateEchoRequest& in) { change(*in.mutable_echo()); };
}

const std::vector<Row>& TextRows() {
  static const auto& rows = *new std::vector<Row>{
      {"valid", [](CreateEchoRequest&) {}, "", ""},
      {"record absent", [](auto& in) { in.clear_echo(); }, "echo", "REQUIRED"},
      {"text empty", OnEcho([](Echo& e) { e.clear_text(); }), "echo.text", "REQUIRED"},
      {"text at the limit", OnEcho([](Echo& e) { e.set_text(std::string(20, 'x')); }), "", ""},
      {"text too long", OnEcho([](Echo& e) { e.set_text(std::string(21, 'x')); }), "echo.text",
       "TEXT"},
      {"length counts characters, not bytes", OnEcho([](Echo& e) {
         std::string text;
         for (int i = 0; i < 20; ++i) text += "\xc3\xa9";
         e.set_text(text);
       }),
       "", ""},
      {"default limit", OnEcho([](Echo& e) { e.set_owner(std::string(201, 'x')); }), "echo.owner",
       "TEXT"},
      {"control character", OnEcho([](Echo& e) { e.set_text("a\x07"); }), "echo.text", "TEXT"},
      {"line break in one line", OnEcho([](Echo& e) { e.set_text("a\nb"); }), "echo.text", "TEXT"},
      {"line break in many lines", OnEcho([](Echo& e) { e.set_notes("a\n\tb"); }), "", ""},
      {"escape in many lines", OnEcho([](Echo& e) { e.set_notes("a\x1b[31m"); }), "echo.notes",
       "TEXT"},
      {"delete character", OnEcho([](Echo& e) { e.set_text("a\x7f"); }), "echo.text", "TEXT"},
      {"C1 control", OnEcho([](Echo& e) { e.set_text("a\xc2\x85"); }), "echo.text", "TEXT"},
      {"no-break space is text", OnEcho([](Echo& e) { e.set_text("a\xc2\xa0z"); }), "", ""},
      {"override right to left", OnEcho([](Echo& e) { e.set_text("a\xe2\x80\xae z"); }),
       "echo.text", "TEXT"},
      {"embedding left to right", OnEcho([](Echo& e) { e.set_text("a\xe2\x80\xaa z"); }),
       "echo.text", "TEXT"},
      {"isolate", OnEcho([](Echo& e) { e.set_text("a\xe2\x81\xa6 z"); }), "echo.text", "TEXT"},
      {"euro sign is text", OnEcho([](Echo& e) { e.set_text("\xe2\x82\xac 5"); }), "", ""},
      {"pattern", OnEcho([](Echo& e) { e.set_code("ab1"); }), "echo.code", "PATTERN"},
      {"pattern is of the whole", OnEcho([](Echo& e) { e.set_code("AB12 "); }), "echo.code",
       "PATTERN"},
      {"pattern kept", OnEcho([](Echo& e) { e.set_code("AB12"); }), "", ""},
      {"date impossible", OnEcho([](Echo& e) { e.set_day("2026-02-30"); }), "echo.day", "DATE"},
      {"date in another form", OnEcho([](Echo& e) { e.set_day("21-11-2026"); }), "echo.day",
       "DATE"},
      {"date", OnEcho([](Echo& e) { e.set_day("2024-02-29"); }), "", ""},
      {"e-mail without host", OnEcho([](Echo& e) { e.set_email("a@"); }), "echo.email", "PATTERN"},
      {"e-mail", OnEcho([](Echo& e) { e.set_email("a.b@example.nl"); }), "", ""},
      {"script as page", OnEcho([](Echo& e) { e.set_page("javascript:alert(1)"); }), "echo.page",
       "PATTERN"},
      {"page", OnEcho([](Echo& e) { e.set_page("https://example.nl/a?b=c"); }), "", ""},
  };
  return rows;
}

const std::vector<Row>& OtherRows() {
  static const auto& rows = *new std::vector<Row>{
      {"enum absent", OnEcho([](Echo& e) { e.clear_state(); }), "echo.state", "REQUIRED"},
      {"enum unknown", OnEcho([](Echo& e) { e.set_state(static_cast<Echo::State>(9)); }),
       "echo.state", "ENUM"},
      {"enum unknown in a list", OnEcho([](Echo& e) {
         e.add_moods(Echo::STATE_LOUD);
         e.add_moods(static_cast<Echo::State>(7));
       }),
       "echo.moods[1]", "ENUM"},
      {"number absent", OnEcho([](Echo& e) { e.clear_times(); }), "echo.times", "REQUIRED"},
      {"number too large", OnEcho([](Echo& e) { e.set_times(11); }), "echo.times", "RANGE"},
      {"number negative", OnEcho([](Echo& e) { e.set_times(-1); }), "echo.times", "RANGE"},
      {"optional number absent", OnEcho([](Echo& e) { e.clear_weight(); }), "", ""},
      {"optional number at its limit", OnEcho([](Echo& e) { e.set_weight(-5); }), "", ""},
      {"optional number too small", OnEcho([](Echo& e) { e.set_weight(-6); }), "echo.weight",
       "RANGE"},
      {"not a number",
       OnEcho([](Echo& e) { e.set_share(std::numeric_limits<double>::quiet_NaN()); }), "echo.share",
       "RANGE"},
      {"share above one", OnEcho([](Echo& e) { e.set_share(1.01); }), "echo.share", "RANGE"},
      {"unsigned too large",
       OnEcho([](Echo& e) { e.set_size(std::numeric_limits<uint64_t>::max()); }), "echo.size",
       "RANGE"},
      {"too many items", OnEcho([](Echo& e) {
         for (int i = 0; i < 4; ++i) e.add_tags("t");
       }),
       "echo.tags", "ITEMS"},
      {"item too long", OnEcho([](Echo& e) {
         e.add_tags("short");
         e.add_tags("longer");
       }),
       "echo.tags[1]", "TEXT"},
      {"item without its id", OnEcho([](Echo& e) { e.add_parts()->set_count(1); }),
       "echo.parts[0].id", "REQUIRED"},
      {"number in an item", OnEcho([](Echo& e) {
         e.add_parts()->set_id("a");
         auto* part = e.add_parts();
         part->set_id("b");
         part->set_count(6);
       }),
       "echo.parts[1].count", "RANGE"},
      {"time beyond all years",
       OnEcho([](Echo& e) { e.mutable_time()->set_seconds(std::numeric_limits<int64_t>::max()); }),
       "echo.time", "DATE"},
      {"nanoseconds negative", OnEcho([](Echo& e) { e.mutable_time()->set_nanos(-1); }),
       "echo.time", "DATE"},
      {"name of another kind", OnEcho([](Echo& e) { e.set_other("noises/1"); }), "echo.other",
       "RESOURCE_NAME"},
      {"name with a space", OnEcho([](Echo& e) { e.set_other("echoes/a b"); }), "echo.other",
       "RESOURCE_NAME"},
      {"name", OnEcho([](Echo& e) { e.set_other("echoes/a-1"); }), "", ""},
      {"output-only is not looked at", OnEcho([](Echo& e) { e.set_name("\x01 anything"); }), "",
       ""},
      {"inner record incomplete", OnEcho([](Echo& e) {
         *e.mutable_inner() = echo::ValidEcho();
         e.mutable_inner()->clear_state();
       }),
       "echo.inner.state", "REQUIRED"},
      {"key in another form", [](auto& in) { in.set_request_id("a b"); }, "request_id", "PATTERN"},
  };
  return rows;
}

void CheckRows(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    CreateEchoRequest request;
    *request.mutable_echo() = echo::ValidEcho();
    row.change(request);
    const Status status = ValidateRequest(request);
    if (row.field[0] == '\0') {
      EXPECT_THAT(status, IsOk());
      continue;
    }
    EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument));
    const std::vector<Violation> found = ViolationsOf(status);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].field, row.field);
    EXPECT_EQ(found[0].reason, row.reason);
  }
}

TEST(ValidateTest, TableOfTexts) { CheckRows(TextRows()); }

TEST(ValidateTest, TableOfOtherFields) { CheckRows(OtherRows()); }

TEST(ValidateTest, CollectsAllViolationsAndEchoesNoValue) {
  CreateEchoRequest request;
  request.mutable_echo()->set_text("secret\x01");
  request.mutable_echo()->set_code("secret");
  const Status status = ValidateRequest(request);
  EXPECT_EQ(ViolationsOf(status).size(), 4U);  // text, code, state, times
  EXPECT_EQ(Describe(status).find("secret"), std::string::npos);
}

TEST(ValidateTest, AFloodOfViolationsIsCut) {
  CreateEchoRequest request;
  *request.mutable_echo() = echo::ValidEcho();
  for (int i = 0; i < 1000; ++i) request.mutable_echo()->add_parts();
  EXPECT_EQ(ViolationsOf(ValidateRequest(request)).size(), 100U);
}

TEST(ValidateTest, RefusesDeepNesting) {
  CreateEchoRequest request;
  Echo* at = request.mutable_echo();
  *at = echo::ValidEcho();
  for (int i = 0; i < 60; ++i) {
    at = at->mutable_inner();
    *at = echo::ValidEcho();
  }
  const std::vector<Violation> found = ViolationsOf(ValidateRequest(request));
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found.back().reason, "TOO_DEEP");
}

TEST(ValidateTest, AnUpdateMayLeaveFieldsOutButItemsAreWhole) {
  UpdateEchoRequest request;
  request.mutable_echo()->mutable_main()->set_count(1);
  EXPECT_THAT(ValidateRequest(request), IsOk());
  request.mutable_echo()->add_parts()->set_count(1);
  const std::vector<Violation> found = ViolationsOf(ValidateRequest(request));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].field, "echo.parts[0].id");
}

TEST(ValidateTest, AWholeMessageIsValidatedUnderItsName) {
  const std::vector<Violation> found = ViolationsOf(ValidateMessage(Echo(), "echo"));
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].field, "echo.text");
}

}  // namespace
}  // namespace matchgo::rpc
