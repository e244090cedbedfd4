#include "services/scheduler/domain/explanation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/scheduler/engine/market_file.h"

namespace matchgo::scheduler::domain {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::Each;
using testing::Field;
using testing::HasSubstr;
using testing::Not;

Score WithSalaryFirst() {
  Score score;
  score.parts[4] = engine::kPartMax;
  return score;
}

Plan WithModules(int count) {
  Plan plan;
  for (int i = 0; i < count; ++i) plan.modules.push_back({.id = "m" + std::to_string(i)});
  plan.hours = 40;
  return plan;
}

// Somebody without income has no salary that the new one could keep up with.
TEST(DescribeMatchTest, ComparesSalariesOnlyOfWhoEarns) {
  const auto earns = DescribeMatch(WithSalaryFirst(), WithModules(2), true);
  EXPECT_EQ(earns[0].en, "The salary keeps up with what you earn now (100 of 100 points).");
  const auto without = DescribeMatch(WithSalaryFirst(), WithModules(2), false);
  EXPECT_EQ(without[0].en, "The salary is at least what you need.");
  EXPECT_EQ(without[0].nl, "Het salaris is minstens wat u nodig heeft.");
  EXPECT_THAT(without, Each(Field(&Sentence::en, Not(HasSubstr("earn now")))));
}

// "Part of what is asked (100 %)" was a riddle.
TEST(DescribeMatchTest, SaysAShareAsAShare) {
  Score score;
  score.parts[engine::kFit] = engine::kPartMax;
  score.parts[engine::kNice] = 335;
  const auto sentences = DescribeMatch(score, WithModules(1), true);
  EXPECT_EQ(sentences[0].en, "You already master 100 % of what is asked.");
  EXPECT_EQ(sentences[0].nl, "U beheerst nu al 100 % van wat de baan vraagt.");
  EXPECT_EQ(sentences[1].en, "You have or learn 33 % of what is nice to have.");
}

TEST(DescribeMatchTest, CountsOneModuleAsOne) {
  EXPECT_THAT(DescribeMatch(WithSalaryFirst(), WithModules(1), true),
              Contains(AllOf(Field(&Sentence::en, HasSubstr(": 1 module, 40 study")),
                             Field(&Sentence::nl, HasSubstr(": 1 module, 40 studie")))));
  EXPECT_THAT(DescribeMatch(WithSalaryFirst(), WithModules(3), true),
              Contains(Field(&Sentence::en, HasSubstr(": 3 modules, "))));
}

struct ChangeRow {
  const char* name;
  engine::Dimension dimension;
  int32_t to;
  const char* nl;
  const char* en;
};

// Somebody with one number in each field, in a market with the names that the rows add.
engine::Market MarketOfHer() {
  engine::MarketInput input;
  input.seed = "x";
  engine::MarketSwitcher her{.id = "s1", .skills = {"dutch:5!", "k-mig!"}};
  her.max_dist = 300;
  her.hours_min = 24;
  her.hours_max = 32;
  her.study_hours = 8;
  her.available = 31;
  her.salary_floor = 260'050;
  her.prefs = {"zorg"};
  input.switchers = {her};
  auto built = engine::BuildMarket(input);
  EXPECT_TRUE(built.ok()) << built.status();
  return std::move(built->market);
}

TEST(DescribeChangeTest, SaysWhatAndHowFarInBothLanguages) {
  using engine::Dimension;
  const engine::Market market = MarketOfHer();
  const Day frozen_on = *ParseDay("2026-12-01");
  const ChangeRow rows[] = {
      {"travel", Dimension::kMaxDist, 412, "tot 41,2 km reizen (nu 30 km)",
       "travelling up to 41.2 km (now 30 km)"},
      {"fewer hours", Dimension::kHoursMin, 20, "ook 20 uur per week werken (nu minstens 24)",
       "working as few as 20 hours a week (now at least 24)"},
      {"more hours", Dimension::kHoursMax, 36, "ook 36 uur per week werken (nu hoogstens 32)",
       "working as many as 36 hours a week (now at most 32)"},
      {"study", Dimension::kStudyHours, 12, "12 uur per week studeren (nu 8)",
       "studying 12 hours a week (now 8)"},
      {"earlier", Dimension::kAvailable, 0, "beschikbaar zijn op 2026-12-01 (nu 2027-01-01)",
       "being available on 2026-12-01 (now 2027-01-01)"},
      {"floor", Dimension::kSalaryFloor, 250'000,
       "een salaris vanaf 2500 euro per maand (nu vanaf 2600,50)",
       "accepting 2500 euros a month (now at least 2600.50)"},
      {"sector", Dimension::kSector, 0, "ook de sector zorg wensen",
       "wishing for the sector zorg too"},
      {"Dutch", Dimension::kSkill, 0, "Nederlands op niveau C1 beheersen",
       "mastering Dutch at level C1"},
      {"skill", Dimension::kSkill, 1, "de vaardigheid skills/k-mig beheersen",
       "mastering the skill skills/k-mig"},
  };
  for (const ChangeRow& row : rows) {
    SCOPED_TRACE(row.name);
    engine::Change change{.set = engine::SetOf(row.dimension)};
    change.to[static_cast<size_t>(row.dimension)] = row.to;
    EXPECT_EQ(DescribeChange(market, change, frozen_on, false),
              (Sentence{std::string("U had een plaats gekregen met: ") + row.nl + ".",
                        std::string("You would have had a place by ") + row.en + "."}));
  }
}

TEST(DescribeChangeTest, JoinsSeveralAndNamesOneVacancy) {
  engine::Change change{.set = engine::SetOf(engine::Dimension::kMaxDist) |
                               engine::SetOf(engine::Dimension::kStudyHours)};
  change.to[static_cast<size_t>(engine::Dimension::kMaxDist)] = 310;
  change.to[static_cast<size_t>(engine::Dimension::kStudyHours)] = 9;
  const Sentence sentence = DescribeChange(MarketOfHer(), change, *ParseDay("2026-12-01"), true);
  EXPECT_EQ(sentence.nl,
            "Deze vacature had plaats voor u gehad met: tot 31 km reizen (nu 30 km), en 9 uur per "
            "week studeren (nu 8).");
  EXPECT_EQ(sentence.en,
            "This vacancy would have had a place for you by travelling up to 31 km (now 30 km), "
            "and studying 9 hours a week (now 8).");
}

}  // namespace
}  // namespace matchgo::scheduler::domain
