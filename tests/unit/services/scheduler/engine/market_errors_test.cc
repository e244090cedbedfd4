// Every way in which a market file can be wrong, as named rows: the line and field it is reported
// at, and a word of what was wanted.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/scheduler/engine/market_file.h"
#include "services/scheduler/engine/reasons.h"
#include "tests/support/engine/market_lines.h"
#include "tests/support/status_matchers.h"

namespace matchgo::scheduler::engine {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

using testing::kMeta;
using testing::kStart;
using testing::kSwitcher;
using testing::kVacancy;
constexpr char kDirect[] = R"("s":"s1","v":"v1","p":null})";

std::string With(std::string line, const std::string& from, const std::string& to) {
  const size_t at = line.find(from);
  EXPECT_NE(at, std::string::npos) << "the row changes nothing: " << from;
  return line.replace(at, from.size(), to);
}

// The lines of a good market, one of them replaced or one added.
std::string Market4(const std::string& meta, const std::string& switcher,
                    const std::string& vacancy, const std::string& start,
                    const std::string& more = "") {
  return meta + "\n" + switcher + "\n" + vacancy + "\n" + start + "\n" + more;
}
std::string BadMeta(const std::string& from, const std::string& to) {
  return Market4(With(kMeta, from, to), kSwitcher, kVacancy, kStart);
}
std::string BadSwitcher(const std::string& from, const std::string& to) {
  return Market4(kMeta, With(kSwitcher, from, to), kVacancy, kStart);
}
std::string BadVacancy(const std::string& from, const std::string& to) {
  return Market4(kMeta, kSwitcher, With(kVacancy, from, to), kStart);
}
std::string BadStart(const std::string& from, const std::string& to) {
  return Market4(kMeta, kSwitcher, kVacancy, With(kStart, from, to));
}
std::string More(const std::string& lines) {
  return Market4(kMeta, kSwitcher, kVacancy, kStart, lines);
}

std::string ManyModules(int count) {
  std::string modules = "[";
  for (int i = 0; i < count; ++i) {
    if (i > 0) modules += ",";
    modules += R"({"id":"n)" + std::to_string(i) +
               R"(","skills":[],"hours":1,"core":false,"recognition":"none","after":[]})";
  }
  const std::string line = kStart;
  const size_t begin = line.find("\"modules\":[") + 10;
  return line.substr(0, begin) + modules + "]}";
}

struct Row {
  const char* name;
  std::string text;
  const char* where;   // file:line: field:
  const char* wanted;  // part of what was wanted
};

std::vector<Row> SyntaxRows() {
  return {
      {"empty file", "", "f:1: t:", "meta"},
      {"no meta", std::string(kSwitcher) + "\n", "f:1: t:", "meta"},
      {"two metas", More(kMeta), "f:5: t:", "one meta"},
      {"byte order mark", "\xEF\xBB\xBF" + More(""), "f:1: line:", "byte order mark"},
      {"NUL", BadMeta("\"x\"", std::string("\"\0\"", 3)), "f:1: line:", "NUL"},
      {"escaped NUL", BadMeta("\"x\"", "\"\\u0000\""), "f:1: seed:", "NUL"},
      {"invalid UTF-8", BadSwitcher("\"k1\"", "\"\xC3(\""), "f:2: line:", "UTF-8"},
      {"overlong UTF-8", BadSwitcher("\"k1\"", "\"\xC0\xAF\""), "f:2: line:", "UTF-8"},
      {"surrogate in UTF-8", BadSwitcher("\"k1\"", "\"\xED\xA0\x80\""), "f:2: line:", "UTF-8"},
      {"lone high surrogate", BadSwitcher("\"k1\"", "\"\\ud800\""), "f:2: skills[0]:", "surrogate"},
      {"lone low surrogate", BadSwitcher("\"k1\"", "\"\\udc00\""), "f:2: skills[0]:", "surrogate"},
      {"high before no low", BadSwitcher("\"k1\"", "\"\\ud800\\u0041\""),
       "f:2: skills[0]:", "surrogate"},
      {"truncated line", BadVacancy(R"("latest_ready":99})", R"("latest_re)"),
       "f:3: line:", "complete"},
      {"truncated after a value", BadVacancy(R"(99})", "99"), "f:3: line:", "complete"},
      {"two objects", BadMeta("}", "}{}"), "f:1: line:", "one JSON object"},
      {"not an object", BadMeta(kMeta, "[1]"), "f:1: line:", "object"},
      {"trailing comma", BadMeta(R"("today":0)", R"("today":0,)"), "f:1: line:", "JSON"},
      {"single quotes", BadMeta(R"("seed")", "'seed'"), "f:1: line:", "JSON"},
      {"no type", BadMeta(R"("t":"meta",)", ""), "f:1: t:", "one of meta"},
      {"unknown type", BadMeta(R"("t":"meta")", R"("t":"metal")"), "f:1: t:", "one of meta"},
      {"wrong version", BadMeta("market/1", "market/2"), "f:1: format:", "market/1"},
      {"duplicate key", BadMeta(R"("today":0)", R"("today":0,"today":0)"), "f:1: today:", "once"},
      {"duplicate type", BadMeta(R"("today":0)", R"("today":0,"t":"meta")"), "f:1: t:", "once"},
      {"duplicate key by escape", BadMeta(R"("today":0)", R"("today":0,"\u0074oday":0)"),
       "f:1: today:", "once"},
      {"unknown field", BadMeta(R"("today":0)", R"("today":0,"tomorrow":1)"),
       "f:1: tomorrow:", "no such field"},
      {"unknown field is not echoed", BadMeta(R"("today":0)", R"("Jan Jansen":1)"),
       "f:1: (unknown field):", "no such field"},
      {"field of another type", BadVacancy(R"("openings")", R"("capacity")"),
       "f:3: capacity:", "no such field"},
      {"missing meta field", BadMeta(R"(,"today":0)", ""), "f:1: today:", "this field"},
  };
}

std::vector<Row> NumberRows() {
  return {
      {"float", BadSwitcher(R"("x":0)", R"("x":0.0)"), "f:2: x:", "integer"},
      {"exponent", BadSwitcher(R"("x":0)", R"("x":1e2)"), "f:2: x:", "integer"},
      {"NaN", BadSwitcher(R"("x":0)", R"("x":NaN)"), "f:2: x:", "integer"},
      {"number as text", BadSwitcher(R"("x":0)", R"("x":"0")"), "f:2: x:", "integer"},
      {"leading zero", BadSwitcher(R"("x":0)", R"("x":01)"), "f:2: x:", "integer"},
      {"plus sign", BadSwitcher(R"("x":0)", R"("x":+1)"), "f:2: x:", "integer"},
      {"x too far", BadSwitcher(R"("x":0)", R"("x":100001)"), "f:2: x:", "100000"},
      {"y too far", BadSwitcher(R"("y":0)", R"("y":-100001)"), "f:2: y:", "-100000"},
      {"beyond 64 bits", BadSwitcher(R"("y":0)", R"("y":99999999999999999999)"),
       "f:2: y:", "integer"},
      {"level 0", BadSwitcher(R"("level":6)", R"("level":0)"), "f:2: level:", "1 to 8"},
      {"level 9", BadSwitcher(R"("level":6)", R"("level":9)"), "f:2: level:", "1 to 8"},
      {"negative distance", BadSwitcher(R"("max_dist":10)", R"("max_dist":-1)"),
       "f:2: max_dist:", "0 to"},
      {"too much money", BadSwitcher(R"("salary_now":0)", R"("salary_now":1000000001)"),
       "f:2: salary_now:", "1000000000"},
      {"169 hours", BadSwitcher(R"("hours_max":40)", R"("hours_max":169)"),
       "f:2: hours_max:", "168"},
      {"minimum above maximum", BadSwitcher(R"("hours_min":20)", R"("hours_min":41)"),
       "f:2: hours_min:", "hours_max"},
      {"study hours", BadSwitcher(R"("study_hours":8)", R"("study_hours":-8)"),
       "f:2: study_hours:", "0 to 168"},
      {"available", BadSwitcher(R"("available":0)", R"("available":100001)"),
       "f:2: available:", "100000"},
      {"aptitude", BadSwitcher(R"({"a":1})", R"({"a":1001})"), "f:2: aptitude:", "1000"},
      {"aptitude twice", BadSwitcher(R"({"a":1})", R"({"a":1,"a":1})"), "f:2: aptitude:", "once"},
      {"priority", BadSwitcher(R"("priority":0)", R"("priority":1000000001)"),
       "f:2: priority:", "1000000000"},
      {"openings", BadVacancy(R"("openings":1)", R"("openings":1000001)"),
       "f:3: openings:", "1000000"},
      {"negative openings", BadVacancy(R"("openings":1)", R"("openings":-1)"),
       "f:3: openings:", "0 to"},
      {"latest ready", BadVacancy(R"(99})", R"(null})"), "f:3: latest_ready:", "integer"},
      {"minimum above capacity", BadStart(R"("min":2)", R"("min":6)"), "f:4: min:", "capacity"},
      {"entry level", BadStart(R"("entry_level":4)", R"("entry_level":0)"),
       "f:4: entry_level:", "1 to 8"},
      {"module hours", BadStart(R"("hours":9)", R"("hours":100001)"),
       "f:4: modules[0].hours:", "100000"},
      {"triple score", More(R"({"t":"triple","score":1000001,)" + std::string(kDirect)),
       "f:5: score:", "1000000"},
      {"rank 0", More(R"({"t":"triple","score":1,"rank_s":0,)" + std::string(kDirect)),
       "f:5: rank_s:", "1 to"},
  };
}

std::vector<Row> MeaningRows() {
  const std::string frozen = R"({"t":"frozen",)" + std::string(kDirect);
  return {
      {"empty id", BadSwitcher(R"("s1")", R"("")"), "f:2: id:", "128"},
      {"id of 129 bytes", BadSwitcher("s1", std::string(129, 'a')), "f:2: id:", "128"},
      {"control in an id", BadSwitcher("s1", "s\\n1"), "f:2: id:", "control"},
      {"DEL in an id", BadSwitcher("s1", "s\x7F"), "f:2: id:", "control"},
      {"C1 control in an id", BadSwitcher("s1", "s\xC2\x85"), "f:2: id:", "control"},
      {"null id", BadSwitcher(R"("s1")", "null"), "f:2: id:", "string"},
      {"preference twice", BadSwitcher(R"(["a"])", R"(["a","a"])"), "f:2: prefs[1]:", "twice"},
      {"skills not a list", BadSwitcher(R"(["k1"])", R"("k1")"), "f:2: skills:", "list"},
      {"missing skills", BadSwitcher(R"("skills":["k1"],)", ""), "f:2: skills:", "this field"},
      {"missing required", BadVacancy(R"("required":["k1"],)", ""), "f:3: required:", "this"},
      {"online as a word", BadStart(R"("online":false)", R"("online":"no")"),
       "f:4: online:", "true or false"},
      {"unknown recognition", BadStart(R"("none")", R"("some")"),
       "f:4: modules[0].recognition:", "exempt"},
      {"module field missing", BadStart(R"("core":true,)", ""), "f:4: modules[0].core:", "this"},
      {"module twice", BadStart(R"("id":"m2")", R"("id":"m1")"), "f:4: modules[1].id:", "other"},
      {"unknown module before", BadStart(R"(["m1"])", R"(["m9"])"),
       "f:4: modules[1].after:", "modules of this start"},
      {"a module before itself", BadStart(R"(["m1"])", R"(["m2"])"),
       "f:4: modules[1].after:", "cycle"},
      {"a cycle of two", BadStart(R"("after":[])", R"("after":["m2"])"),
       "f:4: modules[0].after:", "cycle"},
      {"65 modules", Market4(kMeta, kSwitcher, kVacancy, ManyModules(65)),
       "f:4: modules[64]:", "64"},
      {"switcher twice", More(kSwitcher), "f:5: id:", "no other"},
      {"vacancy twice", More(kVacancy), "f:5: id:", "no other"},
      {"start twice", More(kStart), "f:5: id:", "no other"},
      {"frozen for nobody", More(With(frozen, "s1", "s2")), "f:5: s:", "switcher"},
      {"frozen nowhere", More(With(frozen, "v1", "v2")), "f:5: v:", "vacancy"},
      {"frozen without p", More(R"({"t":"frozen","s":"s1","v":"v1"})"), "f:5: p:", "this field"},
      {"frozen with unknown start", More(With(frozen, "null", R"("p9")")), "f:5: p:", "start"},
      {"frozen infeasible", More(With(frozen, "null", R"("p1")")), "f:5: s:", "feasible"},
      {"frozen twice", More(frozen + "\n" + frozen), "f:6: s:", "one frozen"},
      {"frozen and declined", More(frozen + "\n" + With(frozen, "frozen", "declined")),
       "f:5: s:", "not declined"},
      {"frozen over openings",
       Market4(kMeta, kSwitcher, With(kVacancy, R"("openings":1)", R"("openings":0)"), kStart,
               frozen),
       "f:5: v:", "openings"},
      {"frozen with a score", More(With(frozen, R"("p")", R"("score":1,"p")")),
       "f:5: score:", "no such field"},
      {"declined for nobody", More(R"({"t":"declined","s":"x","v":"v1","p":null})"),
       "f:5: s:", "switcher"},
      {"triple without a score", More(R"({"t":"triple",)" + std::string(kDirect)),
       "f:5: score:", "this field"},
      {"triple twice",
       More(R"({"t":"triple","score":1,)" + std::string(kDirect) + "\n" +
            R"({"t":"triple","score":2,)" + std::string(kDirect)),
       "f:6: s:", "twice"},
      {"frozen that no triple lists",
       More(R"({"t":"triple","score":1,"s":"s1","v":"v1","p":"p1"})"
            "\n" +
            frozen),
       "f:6: s:", "feasible"},
      {"bare start without capacity",
       Market4(kMeta, kSwitcher, kVacancy, R"({"t":"start","id":"p1","min":0})",
               R"({"t":"triple","score":1,)" + std::string(kDirect)),
       "f:4: capacity:", "this field"},
  };
}

void ExpectRows(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    const auto market = ParseMarket(row.text, "f");
    EXPECT_THAT(market, HasReason(reasons::kMarketInvalid));
    if (market.ok()) continue;
    const std::string message = MessageOf(market.status());
    EXPECT_THAT(message, StartsWith(row.where));
    EXPECT_THAT(message, HasSubstr(row.wanted));
    EXPECT_THAT(message, ::testing::Not(HasSubstr("Jansen")));
    EXPECT_EQ(message.find('\n'), std::string::npos);
  }
}

TEST(MarketErrorsTest, TheUnchangedLinesAreAMarket) {
  EXPECT_THAT(ParseMarket(More(""), "f"), IsOk());
  EXPECT_THAT(ParseMarket(More(R"({"t":"frozen",)" + std::string(kDirect)), "f"), IsOk());
  EXPECT_THAT(ParseMarket(Market4(kMeta, kSwitcher, kVacancy, ManyModules(64)), "f"), IsOk());
}

TEST(MarketErrorsTest, SyntaxIsReportedAtItsPlace) { ExpectRows(SyntaxRows()); }
TEST(MarketErrorsTest, NumbersAreIntegersInRange) { ExpectRows(NumberRows()); }
TEST(MarketErrorsTest, MeaningIsChecked) { ExpectRows(MeaningRows()); }

TEST(MarketErrorsTest, EveryPrefixOfAMarketIsAnErrorOrAMarketButNeverACrash) {
  const std::string text = More(R"({"t":"frozen",)" + std::string(kDirect));
  int64_t markets = 0;
  for (size_t length = 0; length <= text.size(); ++length) {
    markets += ParseMarket(std::string_view(text).substr(0, length), "f").ok() ? 1 : 0;
  }
  // Cut at the end of a line, with and without its line feed; the last line has none.
  EXPECT_EQ(markets, 4 + 4 + 1);
}

TEST(MarketErrorsTest, EveryByteReplacedIsAnErrorOrAMarketButNeverACrash) {
  const std::string text = More("");
  int64_t errors = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    for (const char c : {'\0', '"', '{', '}', '[', ',', '9', '\x80', '\\'}) {
      std::string changed = text;
      changed[i] = c;
      errors += ParseMarket(changed, "f").ok() ? 0 : 1;
    }
  }
  EXPECT_GT(errors, static_cast<int64_t>(text.size()));
}

}  // namespace
}  // namespace matchgo::scheduler::engine
