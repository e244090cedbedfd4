// Outcome files: exact bytes of a golden round, and what a reader refuses.
#include "services/scheduler/engine/outcome.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "services/scheduler/engine/checker.h"
#include "services/scheduler/engine/market_file.h"
#include "services/scheduler/engine/outcome_file.h"
#include "services/scheduler/engine/reasons.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/scheduler/engine/small_market.h"

namespace matchgo::scheduler::engine {
namespace {

std::string ReadGolden(const std::string& name) {
  std::ifstream file(std::string(MATCHGO_GOLDEN_DIR) + "/" + name, std::ios::binary);
  EXPECT_TRUE(file.good()) << name;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(GoldenRoundTest, TheSameMarketGivesTheSameBytes) {
  const auto market = ParseMarket(ReadGolden("small.market.jsonl"), "small.market.jsonl");
  ASSERT_THAT(market, IsOk());
  for (const Mechanism mechanism : {Mechanism::kScore, Mechanism::kPriority}) {
    SCOPED_TRACE(std::string(MechanismName(mechanism)));
    const auto outcome = ClearMarket(*market, {.clear = {.mechanism = mechanism}});
    ASSERT_THAT(outcome, IsOk());
    EXPECT_EQ(FormatOutcome(*outcome),
              ReadGolden("small." + std::string(MechanismName(mechanism)) + ".outcome.jsonl"));
    EXPECT_TRUE(CheckOutcome(*market, *outcome).ok());
  }
}

TEST(OutcomeTest, LinesAsTheFormatSaysThem) {
  const auto built = BuildMarket(SmallMarket());
  ASSERT_THAT(built, IsOk());
  const auto outcome = ClearMarket(built->market, {});
  ASSERT_THAT(outcome, IsOk());
  EXPECT_EQ(
      FormatOutcome(*outcome),
      R"({"t":"outcome","format":"outcome/1","market_digest":")" + built->market.digest +
          R"(","mechanism":"score","weights":{"fit":300,"nice":100,"time":200,"travel":100,)"
          R"("salary":150,"preference":100,"aptitude":50},"seed":"small","version":"engine/6"})"
          "\n"
          R"({"t":"match","s":"s1","v":"v1","p":"p1","score":587550,"ready":55,"modules":["m2"]})"
          "\n"
          R"({"t":"summary","switchers":1,"matched":1,"openings":1,"starts":1,"running":1,)"
          R"("seats_filled":1,"total_score":587550,)"
          R"("total_score_minima_ignored":587550,"open_set":"exact"})"
          "\n");
}

TEST(OutcomeTest, ADirectPlacementHasNoModulesAndABareOneNoFields) {
  MarketInput input = SmallMarket();
  input.vacancies[0].required = {"k1"};
  const auto direct = ClearMarket(Built(input), {});
  ASSERT_THAT(direct, IsOk());
  EXPECT_EQ(direct->matches.at(0).ready, 10);
  EXPECT_TRUE(direct->matches.at(0).modules->empty());
  EXPECT_EQ(direct->closed.at(0), (OutcomeClosed{"p1", 0, 0}));
  input.triples = {{.contract = {"s1", "v1", std::nullopt}, .score = 7}};
  const auto bare = ClearMarket(Built(input), {});
  ASSERT_THAT(bare, IsOk());
  EXPECT_NE(FormatOutcome(*bare).find(R"({"t":"match","s":"s1","v":"v1","p":null,"score":7})"),
            std::string::npos);
}

TEST(OutcomeTest, NobodyIsAnOutcomeToo) {
  const Market market = Built({});
  const auto outcome = ClearMarket(market, {});
  ASSERT_THAT(outcome, IsOk());
  EXPECT_TRUE(outcome->matches.empty());
  EXPECT_TRUE(CheckOutcome(market, *outcome).ok());
}

TEST(OutcomeTest, WhyUnmatched) {
  MarketInput input = SmallMarket();
  input.switchers.push_back(input.switchers[0]);
  input.switchers.back().id = "s2";
  input.switchers.push_back(input.switchers[0]);
  input.switchers.back().id = "s3";
  input.switchers.back().salary_floor = 2501;
  const auto outcome = ClearMarket(Built(input), {});
  ASSERT_EQ(outcome->unmatched.size(), 2U);
  EXPECT_EQ(outcome->unmatched[0].why, WhyUnmatched::kOutcompeted);
  EXPECT_EQ(outcome->unmatched[1], (OutcomeUnmatched{"s3", WhyUnmatched::kNoFeasibleContract}));
  // The last contract declined is none left.
  input.switchers.resize(1);
  input.declined = {{"s1", "v1", "p1"}};
  const auto declined = ClearMarket(Built(input), {});
  EXPECT_EQ(declined->unmatched.at(0).why, WhyUnmatched::kNoFeasibleContract);
}

TEST(OutcomeFileTest, RefusesWhatIsNotAnOutcome) {
  const auto outcome = ClearMarket(Built(SmallMarket()), {});
  const std::string good = FormatOutcome(*outcome);
  ASSERT_THAT(ParseOutcome(good, "o"), IsOk());
  const auto with = [&good](const std::string& from, const std::string& to) {
    std::string text = good;
    const size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
  };
  const std::string match = good.substr(good.find("{\"t\":\"match"));
  const struct {
    const char* name;
    std::string text;
    const char* where;
  } kRows[] = {
      {"empty", "", "o:1: t:"},
      {"no header", match, "o:1: t:"},
      {"no summary", good.substr(0, good.find("{\"t\":\"summary")), "o:2: t:"},
      {"version", with("outcome/1", "outcome/2"), "o:1: format:"},
      {"weight missing", with(R"("fit":300,)", ""), "o:1: weights.fit:"},
      {"weight unknown", with(R"("fit")", R"("fits")"), "o:1: weights.fits:"},
      {"score is a float", with("587550,", "587550.5,"), "o:2: score:"},
      {"unknown match field", with(R"("ready")", R"("done")"), "o:2: done:"},
      {"match without v", with(R"("v":"v1",)", ""), "o:2: v:"},
      {"unknown type", with(R"("match")", R"("pair")"), "o:2: t:"},
      {"behind the summary", good + match, "o:4: t:"},
      {"summary incomplete", with(R"("matched":1,)", ""), "o:3: matched:"},
      {"summary field twice", with(R"("matched":1,)", R"("matched":1,"matched":1,)"), "o:3:"},
      {"reason",
       with(R"({"t":"summary")", R"({"t":"unmatched","s":"a","why":"so"})"
                                 "\n"
                                 R"({"t":"summary")"),
       "o:3: why:"},
      {"lines out of order",
       with(R"({"t":"match")", R"({"t":"closed","p":"p","load":0,"min":0})"
                               "\n"
                               R"({"t":"match")"),
       "o:3: t:"},
  };
  for (const auto& row : kRows) {
    SCOPED_TRACE(row.name);
    const auto parsed = ParseOutcome(row.text, "o");
    EXPECT_THAT(parsed, HasReason(reasons::kOutcomeInvalid));
    EXPECT_THAT(MessageOf(parsed.status()), ::testing::StartsWith(row.where));
  }
  // Further fields of the summary are nobody's error.
  EXPECT_THAT(ParseOutcome(with(R"("open_set")", R"("x":{"y":[1.5,null]},"open_set")"), "o"),
              IsOk());
}

}  // namespace
}  // namespace matchgo::scheduler::engine
