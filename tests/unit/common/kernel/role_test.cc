#include "common/kernel/role.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace matchgo {
namespace {

TEST(RoleTest, EveryRoleHasItsOwnWord) {
  std::set<std::string_view> words;
  for (int number = 0; number <= static_cast<int>(Role::kAuditor); ++number) {
    const Role role = static_cast<Role>(number);
    const std::string_view word = FormatRole(role);
    EXPECT_FALSE(word.empty()) << number;
    EXPECT_TRUE(words.insert(word).second) << word;
    EXPECT_EQ(ParseRole(word), role);
  }
  EXPECT_EQ(words.size(), 10u);
}

TEST(RoleTest, RefusesOtherWords) {
  for (const char* word : {"", "Switcher", "opleider-user", "admin", "ops "}) {
    EXPECT_EQ(ParseRole(word), std::nullopt) << word;
  }
  EXPECT_EQ(FormatRole(Role::kOpleiderUser), "opleider_user");  // stored with every event
}

}  // namespace
}  // namespace matchgo
