#include "services/profiles/store/switcher_payload.h"

#include <google/protobuf/unknown_field_set.h>
#include <gtest/gtest.h>

#include <vector>

#include "tests/support/status_matchers.h"
#include "tests/unit/services/profiles/examples.h"

namespace matchgo::profiles::store {
namespace {

constexpr int kFieldOfTheFuture = 4711;

int FieldsSet(const google::protobuf::Message& message) {
  std::vector<const google::protobuf::FieldDescriptor*> set;
  message.GetReflection()->ListFields(message, &set);
  return static_cast<int>(set.size());
}

TEST(SwitcherPayloadTest, MapsTheWholeProfile) {
  v1::MatchingProfile mapped;
  ToMessage(FromMessage(ProfileMessage()), &mapped);
  EXPECT_EQ(mapped.SerializeAsString(), ProfileMessage().SerializeAsString());
  EXPECT_EQ(FieldsSet(mapped), v1::MatchingProfile::descriptor()->field_count());
}

TEST(SwitcherPayloadTest, MapsTheWholeIdentity) {
  const StatusOr<domain::Identity> identity =
      DecodeIdentity(EncodeIdentity(FromMessage(IdentityMessage()), ""));
  ASSERT_THAT(identity, IsOk());
  v1::Identity mapped;
  ToMessage(*identity, &mapped);
  EXPECT_EQ(mapped.SerializeAsString(), IdentityMessage().SerializeAsString());
  EXPECT_EQ(FieldsSet(mapped), v1::Identity::descriptor()->field_count());
}

TEST(SwitcherPayloadTest, GivesBackProfileAndTimes) {
  domain::Switcher switcher = SwitcherValue();
  switcher.created = Instant::FromMicros(1'700'000'000'123'456);
  switcher.updated = Instant::FromMicros(1'700'000'001'000'001);
  domain::Switcher decoded;
  ASSERT_THAT(DecodeProfile(EncodeProfile(switcher, ""), &decoded), IsOk());
  EXPECT_EQ(decoded.profile, switcher.profile);
  EXPECT_EQ(decoded.created, switcher.created);
  EXPECT_EQ(decoded.updated, switcher.updated);
  EXPECT_EQ(decoded.identity, std::nullopt);
}

TEST(SwitcherPayloadTest, CarriesOverWhatANewerVersionWrote) {
  v1::Switcher newer;
  *newer.mutable_profile() = ProfileMessage();
  v1::MatchingProfile& profile = *newer.mutable_profile();
  profile.GetReflection()->MutableUnknownFields(&profile)->AddVarint(kFieldOfTheFuture, 42);
  v1::Switcher after;
  ASSERT_TRUE(after.ParseFromString(EncodeProfile(SwitcherValue(), newer.SerializeAsString())));
  EXPECT_EQ(after.profile().GetReflection()->GetUnknownFields(after.profile()).field_count(), 1);
  EXPECT_EQ(after.profile().skills_size(), 2);
}

TEST(SwitcherPayloadTest, DamagedBytesAreOurFault) {
  domain::Switcher switcher;
  EXPECT_THAT(DecodeProfile("\xff", &switcher), StatusIs(absl::StatusCode::kInternal));
  EXPECT_THAT(DecodeIdentity("\xff"), StatusIs(absl::StatusCode::kInternal));
}

}  // namespace
}  // namespace matchgo::profiles::store
