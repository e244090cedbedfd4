#include "services/vacancies/domain/employer.h"

#include <gtest/gtest.h>

#include "tests/support/status_matchers.h"
#include "tests/unit/services/vacancies/examples.h"

namespace matchgo::vacancies::domain {
namespace {

constexpr Instant kLater = Instant::FromMicros(1'000'000);

TEST(EmployerTest, NeedsNoOffice) { EXPECT_THAT(Validate(EmployerValue()), IsOk()); }

TEST(EmployerTest, RefusesAnOfficeNobodyCanFind) {
  Employer employer = EmployerValue();
  employer.location.place = "Utrecht";
  const Status status = Validate(employer);
  EXPECT_THAT(status, HasReason("REQUIRED"));
  EXPECT_EQ(ViolationsOf(status).front().field, "employer.location");
}

TEST(EmployerTest, AnEditMakesTheNextVersionOfTheSameEmployer) {
  Employer wanted = EmployerValue();
  wanted.id = EmployerId("somebody-else");
  wanted.version = 99;
  wanted.display_name = "Zorggroep Oost";
  const Employer next = Edit(EmployerValue(), wanted, kLater);
  EXPECT_EQ(next.id, EmployerId("e1"));
  EXPECT_EQ(next.display_name, "Zorggroep Oost");
  EXPECT_EQ(next.version, 2);
  EXPECT_EQ(next.updated, kLater);
}

TEST(EmployerTest, AnEditThatSaysNothingNewIsNoVersion) {
  EXPECT_EQ(Edit(EmployerValue(), EmployerValue(), kLater), EmployerValue());
}

}  // namespace
}  // namespace matchgo::vacancies::domain
