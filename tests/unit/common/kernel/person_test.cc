#include "common/kernel/person.h"

#include <gtest/gtest.h>

namespace matchgo {
namespace {

TEST(PersonTest, RolesAndProgramsAreNotPersons) {
  for (const char* id : {"", "ops", "service", "opleider_user", "cli", "system", "root"}) {
    EXPECT_FALSE(NamesAPerson(id)) << id;
  }
  EXPECT_FALSE(NamesAPerson(kProcess));
  for (const char* id : {"p.jansen", "0earb0xrfhbnf7xfyjvgab50b5", "client-7"}) {
    EXPECT_TRUE(NamesAPerson(id)) << id;
  }
}

}  // namespace
}  // namespace matchgo
