#include "services/scheduler/domain/explanation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
  EXPECT_EQ(earns[0].en, "The salary keeps up with what you earn now (100 %).");
  const auto without = DescribeMatch(WithSalaryFirst(), WithModules(2), false);
  EXPECT_EQ(without[0].en, "The salary is at least what you need.");
  EXPECT_EQ(without[0].nl, "Het salaris is minstens wat u nodig heeft.");
  EXPECT_THAT(without, Each(Field(&Sentence::en, Not(HasSubstr("earn now")))));
}

TEST(DescribeMatchTest, CountsOneModuleAsOne) {
  EXPECT_THAT(DescribeMatch(WithSalaryFirst(), WithModules(1), true),
              Contains(AllOf(Field(&Sentence::en, HasSubstr(": 1 module, 40 study")),
                             Field(&Sentence::nl, HasSubstr(": 1 module, 40 studie")))));
  EXPECT_THAT(DescribeMatch(WithSalaryFirst(), WithModules(3), true),
              Contains(Field(&Sentence::en, HasSubstr(": 3 modules, "))));
}

}  // namespace
}  // namespace matchgo::scheduler::domain
