#include "common/rpc/resource_name.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/status_matchers.h"

namespace matchgo::rpc {
namespace {

TEST(ResourceNameTest, RoundTrip) {
  const std::string name =
      FormatName(names::kStart, OpleiderId("o"), ProgrammeId("p"), StartId("s"));
  EXPECT_EQ(name, "opleiders/o/programmes/p/starts/s");
  const auto ids = ParseName<OpleiderId, ProgrammeId, StartId>(names::kStart, name, "name");
  ASSERT_THAT(ids, IsOk());
  EXPECT_EQ(std::get<2>(*ids), StartId("s"));
  EXPECT_EQ(*ParseOne<SwitcherId>(names::kSwitcher, "switchers/4h", "name"), SwitcherId("4h"));
}

TEST(ResourceNameTest, LastPart) {
  EXPECT_EQ(names::LastPart("employers/e/vacancies/v"), "v");
  EXPECT_EQ(names::LastPart("v"), "v");
  EXPECT_EQ(names::LastPart("skills/"), "");
  EXPECT_EQ(names::LastPart(""), "");
}

TEST(ResourceNameTest, RefusesMalformedNamesWithoutEchoingThem) {
  for (const std::string& name :
       {std::string(), std::string("employers"), std::string("employers/"),
        std::string("employers/e/vacancies"), std::string("employers//vacancies/v"),
        std::string("employers/e/vacancies/v/"), std::string("Employers/e/vacancies/v"),
        std::string("employers/e/vacancies/v?x"), std::string("employers/../vacancies/v\n"),
        "employers/e/vacancies/" + std::string(65, 'v')}) {
    const auto ids = ParseName<EmployerId, VacancyId>(names::kVacancy, name, "vacancy.name");
    EXPECT_THAT(ids, HasReason("RESOURCE_NAME")) << name;
    EXPECT_EQ(ViolationsOf(ids.status()).at(0).field, "vacancy.name");
    EXPECT_EQ(ViolationsOf(ids.status()).at(0).wanted, "employers/*/vacancies/*");
  }
}

}  // namespace
}  // namespace matchgo::rpc
