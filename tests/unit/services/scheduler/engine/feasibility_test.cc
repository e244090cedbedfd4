// Every rule of feasibility alone: what breaks it, the numbers it gives, and its edge.
#include "services/scheduler/engine/feasibility.h"

#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <vector>

#include "tests/unit/services/scheduler/engine/small_market.h"

namespace matchgo::scheduler::engine {
namespace {

struct Row {
  const char* name;
  std::function<void(MarketInput&)> change;
  bool direct;
  std::optional<FailedRule> failed;  // nothing: still feasible
};

// The job asks nothing that she lacks, so that she may go there at once.
void NeedsNothing(MarketInput& m) { m.vacancies[0].required = {"k1"}; }
void NeedsPaper(MarketInput& m) { m.vacancies[0].qualification = "q"; }

const Row kRows[] = {
    {"as it is", [](MarketInput&) {}, false, std::nullopt},
    {"at the edge of her reach", [](MarketInput& m) { m.switchers[0].max_dist = 50; }, false,
     std::nullopt},
    {"job too far", [](MarketInput& m) { m.switchers[0].max_dist = 49; }, false,
     FailedRule{Rule::kVacancyTooFar, 2500, 2401, {}}},
    {"salary at the floor", [](MarketInput& m) { m.vacancies[0].salary_max = 2000; }, false,
     std::nullopt},
    {"salary below the floor", [](MarketInput& m) { m.vacancies[0].salary_max = 1999; }, false,
     FailedRule{Rule::kSalaryBelowFloor, 1999, 2000, {}}},
    {"fewest hours", [](MarketInput& m) { m.vacancies[0].hours = 24; }, false, std::nullopt},
    {"too few hours", [](MarketInput& m) { m.vacancies[0].hours = 23; }, false,
     FailedRule{Rule::kHoursBelowMinimum, 23, 24, {}}},
    {"most hours", [](MarketInput& m) { m.vacancies[0].hours = 40; }, false, std::nullopt},
    {"too many hours", [](MarketInput& m) { m.vacancies[0].hours = 41; }, false,
     FailedRule{Rule::kHoursAboveMaximum, 41, 40, {}}},
    {"direct with a skill missing", [](MarketInput&) {}, true,
     FailedRule{Rule::kSkillsMissing, 1, 0, {1}}},
    {"direct with all skills", NeedsNothing, true, std::nullopt},
    {"direct with no requirements", [](MarketInput& m) { m.vacancies[0].required = {}; }, true,
     std::nullopt},
    {"direct without the qualification", [](MarketInput& m) { NeedsNothing(m), NeedsPaper(m); },
     true, FailedRule{Rule::kQualificationMissing, 0, 0, {}}},
    {"direct with the qualification",
     [](MarketInput& m) {
       NeedsNothing(m), NeedsPaper(m);
       m.switchers[0].qualifications = {"q"};
     },
     true, std::nullopt},
    {"direct on the last day",
     [](MarketInput& m) { NeedsNothing(m), m.vacancies[0].latest_ready = 10; }, true, std::nullopt},
    {"direct a day late", [](MarketInput& m) { NeedsNothing(m), m.vacancies[0].latest_ready = 9; },
     true, FailedRule{Rule::kReadyTooLate, 10, 9, {}}},
    {"nothing to learn", NeedsNothing, false, FailedRule{Rule::kNothingToLearn, 0, 0, {}}},
    {"all skills, but the start awards the qualification",
     [](MarketInput& m) {
       NeedsNothing(m), NeedsPaper(m);
       m.starts[0].awards = {"q"};
     },
     false, std::nullopt},
    {"a qualification that the start does not award", NeedsPaper, false,
     FailedRule{Rule::kQualificationNotAwarded, 0, 0, {}}},
    {"a qualification that she has",
     [](MarketInput& m) { NeedsPaper(m), m.switchers[0].qualifications = {"q"}; }, false,
     std::nullopt},
    {"another occupation", [](MarketInput& m) { m.starts[0].occupations = {"o2"}; }, false,
     FailedRule{Rule::kOccupationNotServed, 0, 0, {}}},
    {"entry level reached", [](MarketInput& m) { m.starts[0].entry_level = 5; }, false,
     std::nullopt},
    {"entry level too high", [](MarketInput& m) { m.starts[0].entry_level = 6; }, false,
     FailedRule{Rule::kEntryLevel, 5, 6, {}}},
    {"begins when she is available", [](MarketInput& m) { m.starts[0].begins = 10; }, false,
     std::nullopt},
    {"begins too early", [](MarketInput& m) { m.starts[0].begins = 9; }, false,
     FailedRule{Rule::kBeginsTooEarly, 9, 10, {}}},
    {"start too far", [](MarketInput& m) { m.starts[0].x = 51; }, false,
     FailedRule{Rule::kStartTooFar, 2601, 2500, {}}},
    {"online start far away", [](MarketInput& m) { m.starts[0].x = 51, m.starts[0].online = true; },
     false, std::nullopt},
    {"a skill that nobody teaches",
     [](MarketInput& m) { m.vacancies[0].required.emplace_back("k9"); }, false,
     FailedRule{Rule::kSkillsNotTaught, 1, 0, {3}}},
    {"no study hours", [](MarketInput& m) { m.switchers[0].study_hours = 0; }, false,
     FailedRule{Rule::kNoStudyHours, 40, 0, {1}}},
    {"no study hours needed",
     [](MarketInput& m) { m.switchers[0].study_hours = 0, m.starts[0].modules[1].hours = 0; },
     false, std::nullopt},
    {"ready on the last day", [](MarketInput& m) { m.vacancies[0].latest_ready = 55; }, false,
     std::nullopt},
    {"ready a day late", [](MarketInput& m) { m.vacancies[0].latest_ready = 54; }, false,
     FailedRule{Rule::kReadyTooLate, 55, 54, {1}}},
    {"a started week counts",
     [](MarketInput& m) { m.starts[0].modules[1].hours = 41, m.vacancies[0].latest_ready = 61; },
     false, FailedRule{Rule::kReadyTooLate, 62, 61, {1}}},
};

TEST(FeasibilityTest, EveryRuleAlone) {
  for (const Row& row : kRows) {
    SCOPED_TRACE(row.name);
    MarketInput input = SmallMarket();
    row.change(input);
    const Verdict verdict = Check(Built(input), {0, 0, row.direct ? kNone : 0});
    EXPECT_EQ(verdict.feasible, !row.failed.has_value());
    ASSERT_EQ(verdict.failed.size(), row.failed ? 1U : 0U);
    if (row.failed) {
      EXPECT_EQ(verdict.failed[0], *row.failed) << RuleName(verdict.failed[0].rule);
    }
  }
}

TEST(FeasibilityTest, AllBrokenRulesAreListedInTheirOrder) {
  MarketInput input = SmallMarket();
  input.switchers[0].max_dist = 1;
  input.vacancies[0].salary_max = 0;
  input.vacancies[0].hours = 1;
  input.starts[0].entry_level = 8;
  input.vacancies[0].latest_ready = -1;
  const Verdict verdict = Check(Built(input), {0, 0, 0});
  std::vector<Rule> rules;
  for (const FailedRule& failed : verdict.failed) rules.push_back(failed.rule);
  EXPECT_EQ(rules,
            (std::vector<Rule>{Rule::kVacancyTooFar, Rule::kSalaryBelowFloor,
                               Rule::kHoursBelowMinimum, Rule::kEntryLevel, Rule::kReadyTooLate}));
  EXPECT_EQ(verdict.hours, 40);
}

// Which skills are in conflict with the date, none of which could be left out.
TEST(FeasibilityTest, AConflictWithTheDateNamesTheSkillsThatMakeIt) {
  MarketInput input = SmallMarket();
  input.vacancies[0].required = {"k1", "k2", "k4", "k5"};
  input.starts[0].modules.push_back({.id = "m4", .skills = {"k4"}, .hours = 8});
  input.starts[0].modules.push_back({.id = "m5", .skills = {"k5"}, .hours = 40});
  const auto conflict = [&input](int64_t latest_ready) {
    input.vacancies[0].latest_ready = latest_ready;
    const Market market = Built(input);
    const Verdict verdict = Check(market, {0, 0, 0});
    std::vector<std::string_view> names;
    EXPECT_EQ(verdict.failed.size(), 1U);
    EXPECT_EQ(verdict.failed.at(0).rule, Rule::kReadyTooLate);
    EXPECT_EQ(verdict.hours, 88);
    for (const int32_t skill : verdict.failed.at(0).skills) {
      names.push_back(market.skill_names[skill]);
    }
    return std::vector<std::string>(names.begin(), names.end());
  };
  using Names = std::vector<std::string>;
  EXPECT_EQ(conflict(20 + 7 * 10), (Names{"k2", "k4", "k5"}));  // 80 hours at most
  EXPECT_EQ(conflict(20 + 7 * 9), (Names{"k2", "k5"}));         // 72
  EXPECT_EQ(conflict(20 + 7 * 4), (Names{"k5"}));               // 32
  EXPECT_EQ(conflict(19), Names{});                             // the start itself is too late
}

TEST(FeasibilityTest, ABareMarketKnowsOnlyItsTriples) {
  MarketInput input = SmallMarket();
  input.triples = {{.contract = {"s1", "v1", "p1"}, .score = 7}};
  const Market market = Built(input);
  EXPECT_TRUE(Check(market, {0, 0, 0}).feasible);
  EXPECT_EQ(Check(market, {0, 0, kNone}).failed.at(0).rule, Rule::kNotListed);
}

TEST(FeasibilityTest, EveryRuleHasANameOfItsOwn) {
  std::vector<std::string_view> names;
  for (int rule = 0; rule <= static_cast<int>(Rule::kReadyTooLate); ++rule) {
    names.push_back(RuleName(static_cast<Rule>(rule)));
    EXPECT_FALSE(names.back().empty());
    for (size_t i = 0; i + 1 < names.size(); ++i) EXPECT_NE(names[i], names.back());
  }
}

}  // namespace
}  // namespace matchgo::scheduler::engine
