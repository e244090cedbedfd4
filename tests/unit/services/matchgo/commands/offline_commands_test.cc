// The verbs on files, as the shell sees them: exit codes, what stands on stderr, and that nothing
// is written unless it is complete. Bad input of every kind is a table of named rows.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "services/matchgo/commands/context.h"
#include "tests/support/engine/market_lines.h"
#include "tests/support/temp_folder.h"

namespace matchgo::commands {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

using scheduler::engine::testing::kMeta;
using scheduler::engine::testing::kStart;
using scheduler::engine::testing::kSwitcher;
using scheduler::engine::testing::kVacancy;

struct Ran {
  int code = 0;
  std::string out;
  std::string err;
};

// In this process, with the app that main makes.
Ran RunVerb(std::vector<std::string> arguments) {
  CLI::App app{"matchgo"};
  app.require_subcommand(1);
  app.fallthrough();
  Context context;
  app.add_flag("--json", context.json);
  app.add_flag("--quiet", context.quiet);
  AddClear(app, context);
  AddBound(app, context);
  AddCheck(app, context);
  AddMarket(app, context);
  std::ranges::reverse(arguments);  // as the parser wants a vector
  ::testing::internal::CaptureStdout();
  ::testing::internal::CaptureStderr();
  Ran ran;
  try {
    app.parse(arguments);
    ran.code = context.exit_code;
  } catch (const CLI::ParseError& error) {
    ran.code = app.exit(error) == 0 ? 0 : kWrongUse;
  }
  ran.out = ::testing::internal::GetCapturedStdout();
  ran.err = ::testing::internal::GetCapturedStderr();
  return ran;
}

void Write(const std::filesystem::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

std::string Read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string With(std::string line, const std::string& from, const std::string& to) {
  const size_t at = line.find(from);
  EXPECT_NE(at, std::string::npos) << "the row changes nothing: " << from;
  return line.replace(at, from.size(), to);
}

std::string Lines(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}
std::string Good(const std::vector<std::string>& more = {}) {
  return Lines({kMeta, kSwitcher, kVacancy, kStart}) + Lines(more);
}
std::string BadMeta(const char* from, const std::string& to) {
  return Lines({With(kMeta, from, to), kSwitcher, kVacancy, kStart});
}
std::string BadSwitcher(const char* from, const std::string& to) {
  return Lines({kMeta, With(kSwitcher, from, to), kVacancy, kStart});
}
std::string BadVacancy(const char* from, const std::string& to) {
  return Lines({kMeta, kSwitcher, With(kVacancy, from, to), kStart});
}
std::string BadStart(const char* from, const std::string& to) {
  return Lines({kMeta, kSwitcher, kVacancy, With(kStart, from, to)});
}

std::string ManyModules(int count) {
  std::string modules;
  for (int i = 0; i < count; ++i) {
    modules += (i > 0 ? "," : "") + (R"({"id":"n)" + std::to_string(i)) +
               R"(","skills":[],"hours":1,"core":false,"recognition":"none","after":[]})";
  }
  const std::string line = kStart;
  return line.substr(0, line.find("\"modules\":[") + 11) + modules + "]}";
}

struct BadRow {
  const char* name;
  std::string text;
  const char* where;   // line: field:
  const char* wanted;  // part of what was wanted
};

// One row for every kind that the issue lists under "Bad input"; the finer points of each are in
// tests/unit/services/scheduler/engine/market_errors_test.cc.
std::vector<BadRow> BadRows() {
  const std::string frozen = R"({"t":"frozen","s":"s1","v":"v1","p":null})";
  const std::string declined = R"({"t":"declined","s":"s1","v":"v1","p":null})";
  const std::string second = With(kSwitcher, R"("id":"s1")", R"("id":"s2")");
  return {
      {"unknown field", BadMeta(R"("today":0)", R"("today":0,"x":1)"), ":1: x: ", "no such field"},
      {"unknown type", BadMeta(R"("t":"meta")", R"("t":"m")"), ":1: t: ", "one of meta"},
      {"wrong version", BadMeta("market/1", "market/2"), ":1: format: ", "market/1"},
      {"no meta", Lines({kSwitcher}), ":1: t: ", "a meta line"},
      {"two metas", Good({kMeta}), ":5: t: ", "one meta line only"},
      {"dangling id", Good({R"({"t":"frozen","s":"s9","v":"v1","p":null})"}),
       ":5: s: ", "switcher"},
      {"dangling start", Good({R"({"t":"frozen","s":"s1","v":"v1","p":"p9"})"}),
       ":5: p: ", "start"},
      {"duplicate id", Good({kSwitcher}), ":5: id: ", "no other line"},
      {"duplicate key", BadMeta(R"("today":0)", R"("today":0,"today":0)"), ":1: today: ", "once"},
      {"cycle",
       BadStart(R"("recognition":"none","after":[])", R"("recognition":"none","after":["m2"])"),
       ":4: modules[0].after: ", "no cycle"},
      {"negative", BadSwitcher(R"("max_dist":10)", R"("max_dist":-1)"), ":2: max_dist: ", "0 to"},
      {"out of range", BadSwitcher(R"("level":6)", R"("level":9)"), ":2: level: ", "1 to 8"},
      {"overflow", BadSwitcher(R"("x":0)", R"("x":99999999999999999999999)"), ":2: x: ", "integer"},
      {"float", BadSwitcher(R"("x":0)", R"("x":0.5)"), ":2: x: ", "integer"},
      {"exponent", BadSwitcher(R"("x":0)", R"("x":1e1)"), ":2: x: ", "integer"},
      {"NaN", BadSwitcher(R"("x":0)", R"("x":NaN)"), ":2: x: ", "integer"},
      {"truncated line", BadVacancy(R"("latest_ready":99})", R"("latest_re)"),
       ":3: line: ", "complete"},
      {"invalid UTF-8", BadSwitcher("\"k1\"", "\"\xC3(\""), ":2: line: ", "UTF-8"},
      {"lone surrogate", BadSwitcher("\"k1\"", R"("\ud800")"), ":2: skills[0]: ", "surrogate"},
      {"NUL", BadMeta("\"x\"", std::string("\"\0\"", 3)), ":1: line: ", "NUL"},
      {"escaped NUL", BadMeta("\"x\"", R"("\u0000")"), ":1: seed: ", "NUL"},
      {"byte order mark", "\xEF\xBB\xBF" + Good(), ":1: line: ", "byte order mark"},
      {"65 modules", Lines({kMeta, kSwitcher, kVacancy, ManyModules(65)}),
       ":4: modules[64]: ", "at most 64"},
      {"minimum above capacity", BadStart(R"("min":2)", R"("min":6)"), ":4: min: ", "capacity"},
      {"hours the wrong way round", BadSwitcher(R"("hours_min":20)", R"("hours_min":41)"),
       ":2: hours_min: ", "hours_max"},
      {"missing field", BadVacancy(R"("sector":"a",)", ""), ":3: sector: ", "this field"},
      {"frozen infeasible",
       Lines({kMeta, kSwitcher, With(kVacancy, R"("hours":30)", R"("hours":9)"), kStart, frozen}),
       ":5: s: ", "feasible"},
      {"frozen over capacity",
       Good({second, frozen, R"({"t":"frozen","s":"s2","v":"v1","p":null})"}),
       ":7: v: ", "openings"},
      {"frozen twice", Good({frozen, frozen}), ":6: s: ", "one frozen contract"},
      {"declined and frozen", Good({frozen, declined}), ":5: s: ", "not declined"},
      {"repeated triple",
       Good({R"({"t":"triple","s":"s1","v":"v1","p":null,"score":1})",
             R"({"t":"triple","s":"s1","v":"v1","p":null,"score":2})"}),
       ":6: s: ", "no triple twice"},
  };
}

int64_t FilesIn(const std::filesystem::path& folder) {
  return std::distance(std::filesystem::directory_iterator(folder),
                       std::filesystem::directory_iterator());
}

TEST(BadMarkets, AreOneLineAndExitTwoAndNoOutcome) {
  for (const BadRow& row : BadRows()) {
    const TempFolder folder;
    const std::string market = (folder.path() / "m").string();
    const std::string outcome = (folder.path() / "o").string();
    Write(market, row.text);
    const Ran ran = RunVerb({"clear", "--market", market, "--outcome", outcome, "--threads", "2"});
    EXPECT_EQ(ran.code, kWrongUse) << row.name;
    EXPECT_THAT(ran.err, StartsWith(market + row.where)) << row.name;
    EXPECT_THAT(ran.err, HasSubstr(row.wanted)) << row.name;
    EXPECT_EQ(std::ranges::count(ran.err, '\n'), 1) << row.name << ": " << ran.err;
    EXPECT_THAT(ran.out, IsEmpty()) << row.name;
    EXPECT_EQ(FilesIn(folder.path()), 1) << row.name << " left something behind";
  }
}

TEST(BadUse, IsExitTwoAndNoOutcome) {
  struct Row {
    const char* name;
    std::vector<std::string> more;
    const char* says;
  };
  const std::vector<Row> rows = {
      {"weights that do not sum to 1000",
       {"--weights", "fit=300,nice=100,time=200,travel=100,salary=150,preference=100,aptitude=51"},
       "sum to 1000"},
      {"a weight is missing", {"--weights", "fit=1000"}, "sum to 1000"},
      {"a weight twice", {"--weights", "fit=500,fit=500"}, "sum to 1000"},
      {"no such weight", {"--weights", "luck=1000"}, "sum to 1000"},
      {"a negative weight",
       {"--weights", "fit=-1,nice=101,time=200,travel=100,salary=150,preference=100,aptitude=350"},
       "sum to 1000"},
      {"no such mechanism", {"--mechanism", "fair"}, "mechanism"},
      {"nested without ranks", {"--mechanism", "nested"}, "MECHANISM_NOT_APPLICABLE"},
      {"zero threads", {"--threads", "0"}, "threads"},
      {"unknown person", {"--certificates-for", "nobody"}, "certificates-for"},
      {"outcome and certificates both on stdout",
       {"--outcome", "-", "--certificates-for", "s1"},
       "cannot both go to stdout"},
      {"certificates of priority",
       {"--mechanism", "priority", "--certificates", "c"},
       "score only"},
  };
  for (const Row& row : rows) {
    const TempFolder folder;
    const std::string market = (folder.path() / "m").string();
    Write(market, Good());
    std::vector<std::string> arguments = {"clear", "--market", market, "--quiet"};
    if (row.more.front() != "--outcome") {
      arguments.insert(arguments.end(), {"--outcome", (folder.path() / "o").string()});
    }
    arguments.insert(arguments.end(), row.more.begin(), row.more.end());
    const Ran ran = RunVerb(arguments);
    EXPECT_EQ(ran.code, kWrongUse) << row.name;
    EXPECT_THAT(ran.err, HasSubstr(row.says)) << row.name;
    EXPECT_EQ(FilesIn(folder.path()), 1) << row.name << " left something behind";
  }
}

TEST(BadFiles, AreNamed) {
  const TempFolder folder;
  const std::string missing = (folder.path() / "missing").string();
  const Ran ran = RunVerb({"clear", "--market", missing, "--outcome", "-"});
  EXPECT_EQ(ran.code, kWrongUse);
  EXPECT_THAT(ran.err, HasSubstr("cannot read " + missing));
  const std::string market = (folder.path() / "m").string();
  Write(market, Good());
  const Ran nowhere = RunVerb({"clear", "--market", market, "--outcome", missing + "/o"});
  EXPECT_EQ(nowhere.code, kRefused);
  // Before the work, not after it.
  EXPECT_THAT(nowhere.err, ::testing::Not(HasSubstr("reading the market")));
  const Ran no_why = RunVerb({"clear", "--market", market, "--outcome",
                              (folder.path() / "p").string(), "--certificates", missing + "/c"});
  EXPECT_EQ(no_why.code, kRefused);
  EXPECT_THAT(no_why.err, HasSubstr("cannot write " + missing + "/c"));
  EXPECT_EQ(FilesIn(folder.path()), 1);
  Write(folder.path() / "o", "{\"t\":\"outcome\"}\n");
  const Ran bad =
      RunVerb({"check", "--market", market, "--outcome", (folder.path() / "o").string()});
  EXPECT_EQ(bad.code, kWrongUse);
  EXPECT_THAT(bad.err, HasSubstr("/o:1: format: this field"));
}

TEST(EmptyMarkets, HaveAnEmptyOutcomeThatIsRight) {
  const std::string far = With(kVacancy, R"("x":0)", R"("x":90000)");
  const std::vector<std::pair<const char*, std::string>> rows = {
      {"nobody at all", Lines({kMeta})},
      {"no switchers", Lines({kMeta, kVacancy, kStart})},
      {"no vacancies", Lines({kMeta, kSwitcher, kStart})},
      {"no starts and nothing feasible", Lines({kMeta, kSwitcher, far})},
      {"only infeasible", Lines({kMeta, kSwitcher, far, kStart})},
  };
  for (const auto& [name, text] : rows) {
    for (const char* mechanism : {"score", "priority"}) {
      const TempFolder folder;
      const std::string market = (folder.path() / "m").string();
      const std::string outcome = (folder.path() / "o").string();
      Write(market, text);
      const Ran cleared = RunVerb(
          {"clear", "--market", market, "--outcome", outcome, "--mechanism", mechanism, "--quiet"});
      EXPECT_EQ(cleared.code, kDone) << name << ": " << cleared.err;
      EXPECT_THAT(Read(outcome), StartsWith(R"({"t":"outcome","format":"outcome/1")")) << name;
      EXPECT_THAT(Read(outcome), ::testing::Not(HasSubstr(R"("t":"match")"))) << name;
      EXPECT_THAT(Read(outcome), EndsWith("}\n")) << name;
      const Ran checked = RunVerb({"check", "--market", market, "--outcome", outcome, "--quiet"});
      EXPECT_EQ(checked.code, kDone) << name << ": " << checked.out;
    }
  }
}

// A market that was made once; every test writes into a folder of its own.
class Made : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    const TempFolder folder;
    const std::string path = (folder.path() / "m").string();
    const Ran made =
        RunVerb({"market", "generate", "--seed", "5", "--switchers", "300", "--vacancies", "250",
                 "--starts", "12", "--occupations", "3", "--out", path, "--quiet"});
    ASSERT_EQ(made.code, kDone) << made.err;
    market_ = new std::string(Read(path));
  }
  static void TearDownTestSuite() { delete market_; }
  void SetUp() override { Write(folder_.path() / "m", *market_); }
  std::string Path(const char* name) const { return (folder_.path() / name).string(); }

  static inline std::string* market_ = nullptr;
  const TempFolder folder_;
};

TEST_F(Made, ClearsAndChecksTheSameOnAnyNumberOfThreads) {
  std::string first;
  for (const char* threads : {"1", "2", "5"}) {
    const Ran cleared = RunVerb({"clear", "--market", Path("m"), "--outcome", Path("o"),
                                 "--threads", threads, "--certificates", Path("c")});
    ASSERT_EQ(cleared.code, kDone) << cleared.err;
    EXPECT_THAT(cleared.err, HasSubstr("MB/s"));
    const std::string bytes = Read(Path("o")) + Read(Path("c"));
    EXPECT_TRUE(first.empty() || bytes == first) << threads << " threads";
    first = bytes;
  }
  EXPECT_THAT(first, HasSubstr(R"({"t":"match")"));
  EXPECT_THAT(first, HasSubstr(R"({"t":"certificate")"));
  const Ran checked = RunVerb({"--json", "check", "--market", Path("m"), "--outcome", Path("o")});
  EXPECT_EQ(checked.code, kDone) << checked.out;
  const auto report = nlohmann::json::parse(checked.out);
  EXPECT_EQ(report.at("ok"), true);
  EXPECT_EQ(report.at("blocking"), 0);
  EXPECT_GT(report.at("looked_at"), 0);
}

TEST_F(Made, AWrongOutcomeIsADifference) {
  ASSERT_EQ(RunVerb({"clear", "--market", Path("m"), "--outcome", Path("o"), "--quiet"}).code,
            kDone);
  std::string outcome = Read(Path("o"));
  const size_t line = outcome.find(R"({"t":"match")");
  ASSERT_NE(line, std::string::npos);
  outcome.erase(line, outcome.find('\n', line) + 1 - line);
  Write(Path("o"), outcome);
  const Ran checked = RunVerb({"check", "--market", Path("m"), "--outcome", Path("o"), "--quiet"});
  EXPECT_EQ(checked.code, kDifferent);
  EXPECT_THAT(checked.out, HasSubstr("problem"));
}

// A bound is the same on any number of threads, holds for the outcome, and objects to one that
// claims more.
TEST_F(Made, ABoundSaysHowMuchBetterItCouldHaveBeen) {
  ASSERT_EQ(RunVerb({"clear", "--market", Path("m"), "--outcome", Path("o"), "--quiet"}).code,
            kDone);
  const Ran one = RunVerb({"--json", "--quiet", "bound", "--market", Path("m"), "--outcome",
                           Path("o"), "--threads", "1"});
  ASSERT_EQ(one.code, kDone) << one.err;
  const auto bound = nlohmann::json::parse(one.out);
  EXPECT_GT(bound.at("placed"), 0);
  EXPECT_GE(bound.at("placed_at_most"), bound.at("placed"));
  EXPECT_LE(bound.at("placed_at_most"), 300);
  EXPECT_GE(bound.at("total_score_at_most"), bound.at("total_score"));
  const Ran three = RunVerb({"--json", "--quiet", "bound", "--market", Path("m"), "--outcome",
                             Path("o"), "--threads", "3"});
  EXPECT_EQ(three.out, one.out);
  const Ran said = RunVerb({"bound", "--market", Path("m"), "--outcome", Path("o")});
  EXPECT_THAT(said.out, HasSubstr(" people placed of at most "));
  EXPECT_THAT(said.err, HasSubstr("finding the bound"));

  std::string outcome = Read(Path("o"));
  const size_t score = outcome.find(R"("score":)");
  ASSERT_NE(score, std::string::npos);
  Write(Path("o"), outcome.insert(score + 8, "99999"));
  const Ran claims = RunVerb({"bound", "--market", Path("m"), "--outcome", Path("o"), "--quiet"});
  EXPECT_EQ(claims.code, kDifferent);
  EXPECT_THAT(claims.out, HasSubstr("impossible"));
}

TEST_F(Made, ABoundIsOfOneMarketAndItsOutcome) {
  ASSERT_EQ(RunVerb({"clear", "--market", Path("m"), "--outcome", Path("o"), "--quiet"}).code,
            kDone);
  Write(Path("n"), Good());
  const Ran other = RunVerb({"bound", "--market", Path("n"), "--outcome", Path("o"), "--quiet"});
  EXPECT_EQ(other.code, kWrongUse);
  EXPECT_THAT(other.err, HasSubstr("an outcome of the market in --market"));
  EXPECT_TRUE(other.out.empty());
  const Ran both = RunVerb({"bound", "--market", "-", "--outcome", "-", "--quiet"});
  EXPECT_EQ(both.code, kWrongUse);
}

TEST_F(Made, WritesToStdoutWhenAsked) {
  ASSERT_EQ(RunVerb({"clear", "--market", Path("m"), "--outcome", Path("o"), "--quiet"}).code,
            kDone);
  const Ran piped = RunVerb({"clear", "--market", Path("m"), "--outcome", "-", "--quiet"});
  EXPECT_EQ(piped.code, kDone);
  EXPECT_EQ(piped.out, Read(Path("o")));
}

TEST_F(Made, CertificatesOfOnePersonAreTheLinesOfThatPerson) {
  ASSERT_EQ(RunVerb({"clear", "--market", Path("m"), "--outcome", Path("o"), "--certificates",
                     Path("c"), "--quiet"})
                .code,
            kDone);
  std::istringstream all(Read(Path("c")));
  std::string person;  // the first who could have changed something, so both kinds of lines
  std::map<std::string, std::string> lines_of;
  for (std::string text; std::getline(all, text);) {
    const auto line = nlohmann::json::parse(text);
    lines_of[line.at("s")] += text + "\n";
    if (line.at("t") == "certificate") {
      EXPECT_EQ(line.contains("load"), line.at("why") == "start_closed");
      continue;
    }
    EXPECT_EQ(line.at("t"), "counterfactual");
    EXPECT_FALSE(line.at("changes").empty());
    if (person.empty()) person = line.at("s");
  }
  ASSERT_FALSE(person.empty());
  const Ran one = RunVerb(
      {"clear", "--market", Path("m"), "--outcome", Path("o"), "--certificates-for", person});
  EXPECT_EQ(one.code, kDone);
  EXPECT_EQ(one.out, lines_of[person]);
  EXPECT_THAT(one.err, HasSubstr("people placed"));
}

TEST(Certificates, OfMoreThanTenThousandPeopleAreAskedOneByOne) {
  const TempFolder folder;
  const std::string market = (folder.path() / "m").string();
  const std::string outcome = (folder.path() / "o").string();
  std::string text = Lines({kMeta, R"({"t":"vacancy","id":"v1","openings":1})",
                            R"({"t":"triple","s":"s1","v":"v1","p":null,"score":5})",
                            R"({"t":"triple","s":"s2","v":"v1","p":null,"score":4})"});
  for (int i = 0; i <= 10000; ++i) {
    text += R"({"t":"switcher","id":"s)" + std::to_string(i) + "\"}\n";
  }
  Write(market, text);
  const Ran all =
      RunVerb({"clear", "--market", market, "--outcome", outcome, "--certificates", "-"});
  EXPECT_EQ(all.code, kWrongUse);
  EXPECT_THAT(all.err, HasSubstr("at most 10000 switchers"));
  EXPECT_THAT(all.err, HasSubstr("--certificates-for ID"));
  EXPECT_EQ(FilesIn(folder.path()), 1);
  const Ran one =
      RunVerb({"clear", "--market", market, "--outcome", outcome, "--certificates-for", "s2"});
  EXPECT_EQ(one.code, kDone);
  EXPECT_THAT(one.out, StartsWith(R"({"t":"certificate","s":"s2","v":"v1","p":null,"score":4,)"
                                  R"("why":"vacancy_full","cutoff_score":5,)"));
}

TEST_F(Made, StatsCountWhatWasMade) {
  const Ran ran = RunVerb({"--json", "--quiet", "market", "stats", Path("m")});
  ASSERT_EQ(ran.code, kDone) << ran.err;
  const auto stats = nlohmann::json::parse(ran.out);
  EXPECT_EQ(stats.at("switchers"), 300);
  EXPECT_EQ(stats.at("vacancies"), 250);
  EXPECT_EQ(stats.at("starts"), 12);
  EXPECT_GE(stats.at("spreads").at("switcher.skills").at("min"), 30);
  EXPECT_LE(stats.at("spreads").at("switcher.skills").at("max"), 60);
  EXPECT_GT(stats.at("reach_hundredths").at("contracts"), 0);
  const Ran table = RunVerb({"--quiet", "market", "stats", Path("m")});
  EXPECT_EQ(table.code, kDone);
  EXPECT_THAT(table.out, HasSubstr("switcher.skills"));
  EXPECT_THAT(table.out, HasSubstr("people"));
}

}  // namespace
}  // namespace matchgo::commands
