#include "common/base/strong_id.h"

#include <gtest/gtest.h>

#include <set>
#include <type_traits>

#include "common/kernel/ids.h"

namespace matchgo {
namespace {

TEST(StrongIdTest, KindsDoNotMixAndBytesDecideTheOrder) {
  static_assert(!std::is_convertible_v<std::string, VacancyId>);
  static_assert(!std::is_constructible_v<VacancyId, SwitcherId>);
  static_assert(!std::is_assignable_v<VacancyId&, SwitcherId>);
  EXPECT_TRUE(VacancyId().empty());
  EXPECT_EQ(VacancyId("a").value(), "a");
  EXPECT_EQ(VacancyId("a"), VacancyId("a"));
  EXPECT_LT(VacancyId("B"), VacancyId("a"));
  EXPECT_LT(VacancyId("a"), VacancyId("\xff"));  // as unsigned bytes
  EXPECT_EQ((std::set<VacancyId>{VacancyId("b"), VacancyId("a"), VacancyId("b")}.size()), 2u);
}

}  // namespace
}  // namespace matchgo
