#include <google/protobuf/util/message_differencer.h>

#include "tests/contract/standard_methods_contract.h"

namespace matchgo::contract {
namespace {

class CreateMethod : public StandardMethods {};
INSTANTIATE_TEST_SUITE_P(Create, CreateMethod, ::testing::ValuesIn(AllResources()), CaseName);

// Whether every field that is set in `sent` has the same value in `kept`.
bool Holds(const Message& kept, const Message& sent) {
  google::protobuf::util::MessageDifferencer differencer;
  differencer.set_scope(google::protobuf::util::MessageDifferencer::PARTIAL);
  return differencer.Compare(sent, kept);
}

TEST_P(CreateMethod, KeepsWhatItWasGivenAndSaysWhenAndWhichVersion) {
  const auto request = CreateRequest();
  const Answer made = Call("Create", *request, Owner());
  ASSERT_THAT(made.status, IsOk());
  EXPECT_TRUE(Holds(*made.reply, MessageAt(*request, field())))
      << JsonOf(*made.reply) << "\nwas sent " << JsonOf(*request);
  EXPECT_NE(NameOf(*made.reply), "");
  EXPECT_NE(TextAt(*made.reply, "etag"), "");
  EXPECT_TRUE(HasAt(*made.reply, "create_time"));
  EXPECT_TRUE(HasAt(*made.reply, "update_time"));
  EXPECT_GT(SequenceOf(*made.reply), 0);
}

TEST_P(CreateMethod, GetsWhatWasMadeAlsoAfterARestart) {
  const auto made = Create();
  const std::string name = NameOf(*made);
  EXPECT_EQ(JsonOf(*Get(name)), JsonOf(*made));
  Restart();
  EXPECT_EQ(JsonOf(*Get(name)), JsonOf(*made));
}

TEST_P(CreateMethod, GivesEveryRecordAnIdOfItsOwn) {
  EXPECT_NE(NameOf(*Create()), NameOf(*Create()));
}

TEST_P(CreateMethod, IgnoresWhatOnlyTheServiceMaySetOnCreate) {
  const auto request = CreateRequest();
  SetText(request.get(), field() + ".name", Absent("wrong/x"));
  SetText(request.get(), field() + ".sequence", "987654");
  const Answer made = Call("Create", *request, Owner());
  ASSERT_THAT(made.status, IsOk());
  EXPECT_NE(SequenceOf(*made.reply), 987654);
  EXPECT_NE(NameOf(*made.reply), Absent("wrong/x"));
}

TEST_P(CreateMethod, SaysNotFoundForARecordThatIsNotThere) {
  const auto made = Create();
  const Answer absent = Call("Get", *GetRequest(Absent(NameOf(*made))), Owner());
  EXPECT_THAT(absent.status, StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(absent.status, HasReason("NOT_FOUND"));
}

class ForeignRead : public StandardMethods {};
INSTANTIATE_TEST_SUITE_P(Get, ForeignRead,
                         ::testing::ValuesIn(ResourcesWhere([](const ResourceTraits& traits) {
                           return traits.foreign_reader.has_value();
                         })),
                         CaseName);

TEST_P(ForeignRead, SaysTheSameOfAForeignRecordAsOfAnAbsentOne) {
  const auto made = Create();
  const std::string name = NameOf(*made);
  const Answer foreign = Call("Get", *GetRequest(name), *traits().foreign_reader);
  const Answer absent = Call("Get", *GetRequest(Absent(name)), *traits().foreign_reader);
  ASSERT_THAT(foreign.status, HasReason("NOT_FOUND"));
  EXPECT_EQ(foreign.wire.error_code(), absent.wire.error_code());
  EXPECT_EQ(foreign.wire.error_message(), absent.wire.error_message());
  EXPECT_EQ(foreign.wire.error_details(), absent.wire.error_details());
}

TEST_P(ForeignRead, ListsShowForeignersNothing) {
  Create();
  const Answer answer = Call("List", *ListRequest(10), *traits().foreign_reader);
  // A role that may list sees its own; one that may not is told so.
  if (!answer.ok()) {
    EXPECT_THAT(answer.status, HasReason("ROLE"));
    return;
  }
  EXPECT_EQ(JsonOf(*answer.reply).find("etag"), std::string::npos) << JsonOf(*answer.reply);
}

TEST_P(CreateMethod, WantsToKnowWhoCalls) {
  const JournalHead before = Head();
  const Answer answer = CallAny(channel(), *Method("Create"), *CreateRequest(), nullptr);
  EXPECT_THAT(answer.status, StatusIs(absl::StatusCode::kUnauthenticated));
  EXPECT_THAT(answer.status, HasReason("UNAUTHENTICATED"));
  EXPECT_EQ(Head(), before);
}

TEST_P(CreateMethod, RefusesRolesThatMayNotWrite) {
  const JournalHead before = Head();
  for (const Role role : {Role::kAnonymous, Role::kAuditor}) {
    const Principal who{.role = role, .id = "x", .tenant = Owner().tenant};
    const Answer answer = Call("Create", *CreateRequest(), who);
    EXPECT_THAT(answer.status, StatusIs(absl::StatusCode::kPermissionDenied));
    EXPECT_THAT(answer.status, HasReason("ROLE"));
  }
  EXPECT_EQ(Head(), before);
}

}  // namespace
}  // namespace matchgo::contract
