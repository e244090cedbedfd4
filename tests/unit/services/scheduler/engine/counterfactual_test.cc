#include "services/scheduler/engine/counterfactual.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/scheduler/engine/market_file.h"
#include "tests/unit/services/scheduler/engine/small_market.h"

namespace matchgo::scheduler::engine {
namespace {

// What s1 could change in a market, as the lines of the certificates file.
std::vector<std::string> LinesFor(const MarketInput& input) {
  const Market market = Built(input);
  const CandidateIndex index(market, Weights());
  SerialParallel serial;
  const auto clearing = Clear(index, {}, serial);
  EXPECT_TRUE(clearing.ok());
  const Counterfactuals counterfactuals(index, *clearing);
  CandidateSearch search(index);
  const Counterfactuals::Question question{.switcher = *market.switcher_ids.Find("s1"),
                                           .declined = clearing->commitments.declined};
  std::vector<std::string> lines;
  for (const Change& change : counterfactuals.For(question, search)) {
    lines.push_back(counterfactuals.Format(change));
  }
  return lines;
}

// s1 as in SmallMarket, and s2 just like her, who takes the start and so keeps it running; there is
// room for both. A test spoils something for s1.
MarketInput TwoOfThem() {
  MarketInput market = SmallMarket();
  market.vacancies[0].openings = 2;
  market.switchers.push_back(market.switchers[0]);
  market.switchers[1].id = "s2";
  return market;
}

std::string Line(const std::string& changes, const std::string& contract) {
  return R"({"t":"counterfactual","s":"s1","changes":[)" + changes + "]," + contract + "}";
}

struct Row {
  const char* name;
  void (*spoil)(MarketInput& market);
  std::vector<std::string> wanted;
};

class Counterfactual : public ::testing::TestWithParam<Row> {};

TEST_P(Counterfactual, IsTheSmallestChangeOfEachKind) {
  MarketInput market = TwoOfThem();
  GetParam().spoil(market);
  EXPECT_THAT(LinesFor(market), ::testing::ElementsAreArray(GetParam().wanted));
}

// fit 500, nice 1000, time 938 (45 days), travel 0, salary 833, preference 0, aptitude 500.
constexpr char kWithStart[] = R"("v":"v1","p":"p1","score":587550,"ready":55)";
// fit 1000, nice 1000, time 1000, travel 0, salary 833, preference 0, aptitude 500.
constexpr char kDirect[] = R"("v":"v1","p":null,"score":749950,"ready":10)";
constexpr char kSkill[] = R"({"field":"skills","add":"k2"})";

INSTANTIATE_TEST_SUITE_P(
    All, Counterfactual,
    ::testing::Values(
        Row{"nothing_is_wrong", [](MarketInput&) {}, {}},
        Row{"travel",
            [](MarketInput& m) { m.switchers[0].max_dist = 40; },
            {Line(R"({"field":"max_dist","from":40,"to":50})", kWithStart)}},
        Row{"fewer_hours",
            [](MarketInput& m) { m.switchers[0].hours_min = 36; },
            {Line(R"({"field":"hours_min","from":36,"to":32})", kWithStart)}},
        Row{"more_hours",
            [](MarketInput& m) { m.switchers[0].hours_max = 28; },
            {Line(R"({"field":"hours_max","from":28,"to":32})", kWithStart)}},
        Row{"study_hours",
            [](MarketInput& m) {
              m.switchers[1].study_hours = 40;
              m.vacancies[0].latest_ready = 34;  // two weeks
            },
            {Line(R"({"field":"study_hours","from":8,"to":20})",
                  R"("v":"v1","p":"p1","score":593350,"ready":34)"),
             Line(kSkill, kDirect)}},
        Row{"earlier",
            [](MarketInput& m) { m.switchers[0].available = 25; },
            {Line(R"({"field":"available","from":25,"to":20})",
                  R"("v":"v1","p":"p1","score":590350,"ready":55)"),
             Line(kSkill, R"("v":"v1","p":null,"score":749950,"ready":25)")}},
        Row{"lower_floor",
            [](MarketInput& m) { m.switchers[0].salary_floor = 2600; },
            {Line(R"({"field":"salary_floor","from":2600,"to":2500})", kWithStart)}},
        Row{"another_sector",
            [](MarketInput& m) {
              // Whatever s1 does, s2 stands before her by the wish alone.
              m.vacancies[0].openings = 1;
              m.switchers[1].prefs = {"care"};
              m.switchers[0].aptitude = {{"care", 600}};
              m.switchers[0].max_dist = 100'000;
              m.switchers[1].max_dist = 100'000;
            },
            {Line(R"({"field":"prefs","add":"care"})",
                  R"("v":"v1","p":"p1","score":792450,"ready":55)"),
             Line(kSkill, R"("v":"v1","p":null,"score":854850,"ready":10)")}},
        Row{"her_level_is_not_hers_to_change",
            [](MarketInput& m) { m.switchers[0].level = 3; },
            {Line(kSkill, kDirect)}},
        Row{"two_together",
            [](MarketInput& m) {
              m.switchers[0].max_dist = 40;
              m.switchers[0].salary_floor = 2600;
            },
            {Line(R"({"field":"max_dist","from":40,"to":50},)"
                  R"({"field":"salary_floor","from":2600,"to":2500})",
                  kWithStart)}},
        Row{"a_skill_only_where_nothing_else_will_do",
            [](MarketInput& m) {
              m.switchers[0].level = 3;
              m.switchers[0].hours_max = 28;
            },
            {Line(R"({"field":"hours_max","from":28,"to":32},)" + std::string(kSkill), kDirect)}},
        Row{"two_skills_are_too_many",
            [](MarketInput& m) {
              m.vacancies[0].required = {"k1", "k2", "k4", "k5"};
              m.switchers[1].skills = {"k1", "k4", "k5"};
            },
            {}},
        Row{"a_start_that_does_not_run_stays_closed",
            [](MarketInput& m) {
              m.switchers.pop_back();
              m.switchers[0].max_dist = 40;
            },
            {Line(R"({"field":"max_dist","from":40,"to":50},)" + std::string(kSkill), kDirect)}}),
    [](const ::testing::TestParamInfo<Row>& row) { return row.param.name; });

TEST(CounterfactualTest, ABareMarketKnowsNothingOfHer) {
  MarketInput market;
  market.seed = "x";
  market.switchers = {{.id = "s1"}, {.id = "s2"}};
  market.vacancies = {{.id = "v1", .openings = 1, .occupation = "o", .sector = "a"}};
  market.triples = {{.contract = {"s1", "v1", std::nullopt}, .score = 1},
                    {.contract = {"s2", "v1", std::nullopt}, .score = 2}};
  EXPECT_THAT(LinesFor(market), ::testing::IsEmpty());
}

TEST(CounterfactualTest, ADeclinedContractDoesNotComeBack) {
  MarketInput market = TwoOfThem();
  market.switchers[0].max_dist = 40;
  market.declined = {{"s1", "v1", "p1"}};
  // Two changes: with the skill she needs no start.
  EXPECT_THAT(LinesFor(market),
              ::testing::ElementsAre(Line(
                  R"({"field":"max_dist","from":40,"to":50},)" + std::string(kSkill), kDirect)));
}

}  // namespace
}  // namespace matchgo::scheduler::engine
