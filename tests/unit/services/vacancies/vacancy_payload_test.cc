#include "services/vacancies/store/vacancy_payload.h"

#include <google/protobuf/unknown_field_set.h>
#include <gtest/gtest.h>

#include "tests/support/status_matchers.h"
#include "tests/unit/services/vacancies/examples.h"

namespace matchgo::vacancies::store {
namespace {

constexpr int kFieldOfTheFuture = 4711;

TEST(VacancyPayloadTest, GivesBackEveryField) {
  domain::Vacancy vacancy = FromMessage(VacancyMessage());
  vacancy.external_reference = "hr-1";
  vacancy.state = domain::State::kPublished;
  vacancy.created = Instant::FromMicros(1'700'000'000'123'456);
  vacancy.updated = Instant::FromMicros(1'700'000'001'000'001);
  const StatusOr<domain::Vacancy> decoded = DecodeVacancy(EncodePayload(vacancy, ""));
  ASSERT_THAT(decoded, IsOk());
  EXPECT_EQ(*decoded, vacancy);
}

TEST(VacancyPayloadTest, MapsTheWholeMessage) {
  // A field that the mapping forgot would be missing here.
  v1::Vacancy message = VacancyMessage();
  message.set_external_reference("hr-1");
  message.set_state(v1::Vacancy::STATE_DRAFT);
  message.mutable_create_time()->set_seconds(5);
  message.mutable_update_time()->set_seconds(6);
  v1::Vacancy mapped;
  ToMessage(FromMessage(message), &mapped);
  EXPECT_EQ(mapped.SerializeAsString(), message.SerializeAsString());
  const google::protobuf::Reflection& reflection = *mapped.GetReflection();
  std::vector<const google::protobuf::FieldDescriptor*> set;
  reflection.ListFields(mapped, &set);
  EXPECT_EQ(static_cast<int>(set.size()), mapped.GetDescriptor()->field_count() - 3)
      << "all but name, etag and sequence";
}

TEST(VacancyPayloadTest, MapsTheWholeEmployer) {
  v1::Employer message = EmployerMessage();
  message.set_state(v1::Employer::STATE_CLOSED);
  message.mutable_create_time()->set_seconds(5);
  message.mutable_update_time()->set_nanos(6000);
  v1::Employer mapped;
  ToMessage(FromMessage(message), &mapped);
  EXPECT_EQ(mapped.SerializeAsString(), message.SerializeAsString());
}

TEST(VacancyPayloadTest, CarriesOverWhatANewerVersionWrote) {
  v1::Vacancy newer = VacancyMessage();
  newer.GetReflection()->MutableUnknownFields(&newer)->AddVarint(kFieldOfTheFuture, 42);
  newer.mutable_requirements()
      ->GetReflection()
      ->MutableUnknownFields(newer.mutable_requirements())
      ->AddVarint(kFieldOfTheFuture, 43);
  const std::string before = newer.SerializeAsString();
  domain::Vacancy vacancy = FromMessage(newer);
  vacancy.title = "Changed";
  vacancy.start_from.reset();

  v1::Vacancy after;
  ASSERT_TRUE(after.ParseFromString(EncodePayload(vacancy, before)));
  EXPECT_EQ(after.title(), "Changed");
  EXPECT_EQ(after.start_from(), "");
  EXPECT_EQ(after.GetReflection()->GetUnknownFields(after).field_count(), 1);
  EXPECT_EQ(
      after.requirements().GetReflection()->GetUnknownFields(after.requirements()).field_count(),
      1);
}

TEST(VacancyPayloadTest, DamagedBytesAreOurFault) {
  EXPECT_THAT(DecodeVacancy("###"), StatusIs(absl::StatusCode::kInternal));
  EXPECT_THAT(DecodeEmployer("\xff\xff"), StatusIs(absl::StatusCode::kInternal));
}

}  // namespace
}  // namespace matchgo::vacancies::store
