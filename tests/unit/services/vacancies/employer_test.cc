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
  const StatusOr<Employer> edited = Edit(EmployerValue(), wanted, kLater);
  ASSERT_THAT(edited, IsOk());
  const Employer& next = *edited;
  EXPECT_EQ(next.id, EmployerId("e1"));
  EXPECT_EQ(next.display_name, "Zorggroep Oost");
  EXPECT_EQ(next.version, 2);
  EXPECT_EQ(next.updated, kLater);
}

TEST(EmployerTest, AnEditThatSaysNothingNewIsNoVersion) {
  const StatusOr<Employer> same = Edit(EmployerValue(), EmployerValue(), kLater);
  ASSERT_THAT(same, IsOk());
  EXPECT_EQ(*same, EmployerValue());
}

TEST(EmployerTest, ClosesOnceAndChangesNoMore) {
  const StatusOr<Employer> closed = Close(EmployerValue(), kLater);
  ASSERT_THAT(closed, IsOk());
  EXPECT_EQ(closed->state, EmployerState::kClosed);
  EXPECT_EQ(closed->version, 2);
  EXPECT_EQ(closed->updated, kLater);
  EXPECT_THAT(Close(*closed, kLater), HasReason("EMPLOYER_CLOSED"));
  Employer wanted = *closed;
  wanted.display_name = "Zorggroep Oost";
  EXPECT_THAT(Edit(*closed, wanted, kLater), HasReason("EMPLOYER_CLOSED"));
}

TEST(EmployerTest, RefusesAPostcodeNobodyKnows) {
  Employer employer = EmployerValue();
  employer.location.postcode = "1000";
  EXPECT_EQ(ViolationsOf(Validate(employer)).front().field, "employer.location.postcode");
}

}  // namespace
}  // namespace matchgo::vacancies::domain
