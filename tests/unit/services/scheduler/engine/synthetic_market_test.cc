// Synthetic markets: valid, the same for the same seed, and shaped as their README says.
#include "services/scheduler/engine/synthetic/synthetic_market.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "services/scheduler/engine/market_file.h"
#include "tests/support/status_matchers.h"

namespace matchgo::scheduler::engine {
namespace {

using ::testing::AllOf;
using ::testing::Ge;
using ::testing::Le;

SyntheticOptions SomeOptions(uint64_t seed) {
  SyntheticOptions options;
  options.seed = seed;
  options.switchers = 1300;
  options.vacancies = 1000;
  options.starts = 60;
  options.places = {{1210, 4870, 900'000}, {1400, 4560, 300'000}, {900, 4370, 50'000}};
  return options;
}

TEST(SyntheticMarket, IsValid) {
  for (const bool hard : {false, true}) {
    SyntheticOptions options = SomeOptions(7);
    options.hard_plans = hard;
    const auto built = BuildMarket(SyntheticMarket(options).All());
    ASSERT_THAT(built, IsOk()) << "hard: " << hard;
    EXPECT_EQ(built->market.switcher_count(), 1300);
    EXPECT_EQ(built->market.vacancy_count(), 1000);
    EXPECT_EQ(built->market.start_count(), 60);
  }
}

TEST(SyntheticMarket, IsAFunctionOfItsSeed) {
  const SyntheticMarket one(SomeOptions(7));
  const SyntheticMarket same(SomeOptions(7));
  const SyntheticMarket other(SomeOptions(8));
  const std::string text = FormatMarket(one.All());
  EXPECT_EQ(text, FormatMarket(same.All()));
  EXPECT_NE(text, FormatMarket(other.All()));
  // Also record by record, in any order.
  EXPECT_EQ(one.Switcher(999).skills, same.Switcher(999).skills);
  EXPECT_EQ(one.Switcher(3).skills, same.Switcher(3).skills);
}

// The bytes are the contract: a seed that is quoted somewhere must go on meaning the same market.
TEST(SyntheticMarket, TheSameOnEveryMachine) {
  const auto built = BuildMarket(SyntheticMarket(SomeOptions(1)).All());
  ASSERT_THAT(built, IsOk());
  EXPECT_EQ(built->market.digest,
            "sha256:2685694643e59ec42e5ae448f3032dd45cb85289cc297f80124cb8dd1d77fb64");
}

TEST(SyntheticMarket, HasTheShapeThatIsPromised) {
  const MarketInput input = SyntheticMarket(SomeOptions(7)).All();
  for (const MarketSwitcher& s : input.switchers) {
    ASSERT_THAT(s.skills.size(), AllOf(Ge(30U), Le(60U))) << s.id;
    ASSERT_EQ(std::set<std::string>(s.skills.begin(), s.skills.end()).size(), s.skills.size());
    ASSERT_EQ(s.prefs.size(), 3U) << s.id;
  }
  int64_t openings = 0;
  for (const MarketVacancy& v : input.vacancies) {
    ASSERT_THAT(v.required.size(), AllOf(Ge(6U), Le(14U))) << v.id;
    ASSERT_THAT(v.nice.size(), AllOf(Ge(3U), Le(8U))) << v.id;
    openings += v.openings;
  }
  EXPECT_THAT(openings, AllOf(Ge(1350), Le(1450)));
  for (const MarketStart& p : input.starts) {
    ASSERT_THAT(p.modules.size(), AllOf(Ge(4U), Le(12U))) << p.id;
    ASSERT_THAT(p.occupations.size(), AllOf(Ge(1U), Le(3U))) << p.id;
    ASSERT_THAT(p.capacity, AllOf(Ge(20), Le(60))) << p.id;
    ASSERT_THAT(p.min, AllOf(Ge(6), Le(15))) << p.id;
  }
}

TEST(SyntheticMarket, HardPlansAreAsHardAsPromised) {
  SyntheticOptions options = SomeOptions(7);
  options.hard_plans = true;
  const SyntheticMarket market(options);
  const MarketStart start = market.Start(5);
  ASSERT_EQ(start.modules.size(), 64U);
  std::vector<std::string> taught;
  size_t firsts = 0;
  for (const MarketModule& module : start.modules) {
    taught.insert(taught.end(), module.skills.begin(), module.skills.end());
    firsts += module.after.empty() ? 1 : 0;
  }
  EXPECT_EQ(firsts, 8U) << "chains of eight";
  const std::set<std::string> skills(taught.begin(), taught.end());
  EXPECT_EQ(skills.size(), 20U);
  for (const std::string& skill : skills) EXPECT_EQ(std::ranges::count(taught, skill), 3) << skill;
  EXPECT_EQ(market.Vacancy(17).required.size(), 20U);
}

}  // namespace
}  // namespace matchgo::scheduler::engine
