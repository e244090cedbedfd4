#include "services/matchgo/commands/whole_name.h"

#include <gtest/gtest.h>

namespace matchgo::commands {
namespace {

TEST(WholeNameTest, GivesABareIdItsCollections) {
  struct Row {
    const char* pattern;
    const char* text;
    const char* name;
  };
  for (const Row& row :
       {Row{"rounds/*", "r", "rounds/r"}, Row{"rounds/*", "rounds/r", "rounds/r"},
        Row{"employers/*/vacancies/*", "v", "employers/-/vacancies/v"},
        Row{"opleiders/*/programmes/*/starts/*", "s", "opleiders/-/programmes/-/starts/s"},
        Row{"employers/*/vacancies/*", "employers/e", "employers/e"}, Row{"rounds/*", "", ""},
        Row{"", "some text", "some text"}}) {
    EXPECT_EQ(WithCollection(row.pattern, row.text), row.name) << row.pattern << " " << row.text;
  }
}

// Without services: whatever has no gap needs none.
TEST(WholeNameTest, AsksNobodyAboutAWholeName) {
  const Context context;
  for (const char* name :
       {"employers/e/vacancies/v", "rounds/r", "opleiders/-/programmes/-", "", "v"}) {
    const auto whole = WholeName(context, name);
    ASSERT_TRUE(whole.ok()) << name;
    EXPECT_EQ(*whole, name);
  }
}

}  // namespace
}  // namespace matchgo::commands
