#include <gtest/gtest.h>

#include "tests/unit/services/vacancies/vacancies_process.h"

namespace matchgo::vacancies {
namespace {

TEST_F(VacancyServiceTest, APostcodeAloneGetsItsPointAndAnUnknownOneIsRefused) {
  v1::Vacancy vacancy = VacancyMessage();
  vacancy.mutable_location()->Clear();
  vacancy.mutable_location()->set_postcode("3511 AB");
  StatusOr<v1::Vacancy> made = Create(vacancy, true);
  ASSERT_THAT(made, IsOk());
  EXPECT_NEAR(made->location().x(), 1365, 10);
  EXPECT_NEAR(made->location().y(), 4559, 10);
  EXPECT_EQ(Get(owner_, made->name())->location().x(), made->location().x());

  made->mutable_location()->set_postcode("1011");
  const StatusOr<v1::Vacancy> moved = Update(*made, {"location.postcode"});
  ASSERT_THAT(moved, IsOk());
  EXPECT_NEAR(moved->location().x(), 1220, 15) << "the point goes along";

  made->mutable_location()->set_postcode("1000");
  made->set_etag("");
  EXPECT_THAT(Update(*made, {"location.postcode"}), HasReason("POSTCODE_UNKNOWN"));
  vacancy.mutable_location()->set_postcode("1000");
  const StatusOr<v1::Vacancy> refused = Create(vacancy, false);
  EXPECT_THAT(refused, HasReason("POSTCODE_UNKNOWN"));
  EXPECT_EQ(ViolationsOf(refused.status()).front().field, "vacancy.location.postcode");
}

TEST_F(SeatsTest, AnEmployerClosesWhenNothingOfItIsOpenAnyMore) {
  const StatusOr<v1::Vacancy> open = Create(VacancyMessage(), true);
  const StatusOr<v1::Vacancy> draft = Create(VacancyMessage(), false);
  ASSERT_THAT(open, IsOk());
  v1::CloseEmployerRequest close;
  close.set_name(employer_);
  EXPECT_THAT(Call(kStranger, &Stub::CloseEmployer, close), HasReason("NOT_FOUND"));
  EXPECT_THAT(Call(owner_, &Stub::CloseEmployer, close), HasReason("VACANCIES_OPEN"));
  EXPECT_TRUE(scheduler_.contracts_asked.empty()) << "the answer was known";
  ASSERT_THAT(Close(open->name()), IsOk());
  scheduler_.has_contracts = true;
  EXPECT_THAT(Call(owner_, &Stub::CloseEmployer, close), HasReason("CONTRACTS_STAND"));
  scheduler_.has_contracts = false;
  close.set_etag("W/\"99\"");
  EXPECT_THAT(Call(owner_, &Stub::CloseEmployer, close), HasReason("STALE"));
  close.clear_etag();
  close.set_request_id("close");
  const StatusOr<v1::Employer> closed = Call(owner_, &Stub::CloseEmployer, close);
  ASSERT_THAT(closed, IsOk());
  EXPECT_EQ(closed->state(), v1::Employer::STATE_CLOSED);
  const size_t asked = scheduler_.contracts_asked.size();
  const StatusOr<v1::Employer> again = Call(owner_, &Stub::CloseEmployer, close);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->SerializeAsString(), closed->SerializeAsString());
  EXPECT_EQ(scheduler_.contracts_asked.size(), asked) << "a replay asks nobody";
  close.set_request_id("close-again");
  EXPECT_THAT(Call(owner_, &Stub::CloseEmployer, close), HasReason("EMPLOYER_CLOSED"));
  EXPECT_THAT(Create(VacancyMessage(), false), HasReason("EMPLOYER_CLOSED"));
  EXPECT_THAT(Publish(draft->name()), HasReason("EMPLOYER_CLOSED"));
  EXPECT_EQ(Watch(closed->sequence() - 1, 1).front().employer().state(),
            v1::Employer::STATE_CLOSED);
}

}  // namespace
}  // namespace matchgo::vacancies
