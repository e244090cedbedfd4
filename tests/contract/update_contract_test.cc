#include "tests/contract/standard_methods_contract.h"

namespace matchgo::contract {
namespace {

class UpdateMethod : public StandardMethods {
 protected:
  // Sends `request`, which must be refused with `reason` and change nothing.
  Status Refused(const Message& request, const Principal& who, const std::string& name) {
    const JournalHead before = Head();
    const std::string record = JsonOf(*Get(name));
    const Answer answer = Call("Update", request, who);
    EXPECT_FALSE(answer.ok());
    EXPECT_EQ(Head(), before);
    EXPECT_EQ(JsonOf(*Get(name)), record);
    return answer.status;
  }
};
INSTANTIATE_TEST_SUITE_P(Update, UpdateMethod, ::testing::ValuesIn(ResourcesWhere(CanBeUpdated)),
                         CaseName);

TEST_P(UpdateMethod, ChangesWhatTheMaskNamesAndNothingElse) {
  const auto made = Create();
  const auto updated = Update(*made);
  EXPECT_EQ(TextAt(*updated, traits().changed.path), traits().changed.text);
  EXPECT_EQ(TextAt(*updated, traits().kept.path), TextAt(*made, traits().kept.path));
  EXPECT_NE(TextAt(*updated, "etag"), TextAt(*made, "etag"));
  EXPECT_GT(SequenceOf(*updated), SequenceOf(*made));
  EXPECT_EQ(JsonOf(*Get(NameOf(*made))), JsonOf(*updated));
  // But for the field, the version and its time the record is what it was.
  const auto back = CopyOf(*updated);
  SetText(back.get(), traits().changed.path, TextAt(*made, traits().changed.path));
  SetText(back.get(), "etag", TextAt(*made, "etag"));
  SetText(back.get(), "sequence", TextAt(*made, "sequence"));
  SetMessage(back.get(), "update_time", MessageAt(*made, "update_time"));
  if (TextAt(*made, traits().changed.path).empty()) {
    back->GetReflection()->ClearField(
        back.get(), back->GetDescriptor()->FindFieldByName(traits().changed.path));
  }
  EXPECT_EQ(JsonOf(*back), JsonOf(*made));
}

TEST_P(UpdateMethod, WithoutAMaskChangesEverythingThatIsSet) {
  const auto made = Create();
  const auto request = UpdateRequest(*made);
  request->GetReflection()->ClearField(request.get(),
                                       request->GetDescriptor()->FindFieldByName("update_mask"));
  const Answer answer = Call("Update", *request, Owner());
  ASSERT_THAT(answer.status, IsOk());
  EXPECT_EQ(TextAt(*answer.reply, traits().changed.path), traits().changed.text);
  EXPECT_EQ(TextAt(*answer.reply, traits().kept.path), traits().kept.text);
}

TEST_P(UpdateMethod, RefusesAPathThatNamesNoField) {
  const auto made = Create();
  const auto request = UpdateRequest(*made);
  AddText(request.get(), "update_mask.paths", "no_such_field");
  const Status status = Refused(*request, Owner(), NameOf(*made));
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(status, HasReason("FIELD_MASK"));
}

TEST_P(UpdateMethod, RefusesToWriteWhatOnlyTheServiceSets) {
  const auto made = Create();
  for (const std::string& path : {traits().output_only, std::string("name")}) {
    const auto request = UpdateRequest(*made);
    AddText(request.get(), "update_mask.paths", path);
    const Status status = Refused(*request, Owner(), NameOf(*made));
    EXPECT_THAT(status, StatusIs(absl::StatusCode::kPermissionDenied)) << path;
    EXPECT_THAT(status, HasReason("FIELD_FORBIDDEN")) << path;
  }
}

TEST_P(UpdateMethod, AStaleEtagChangesNothing) {
  const auto made = Create();
  const auto updated = Update(*made);
  const auto request = UpdateRequest(*made);
  SetText(request.get(), field() + "." + traits().changed.path, "1");
  const Status status = Refused(*request, Owner(), NameOf(*made));
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kAborted));
  EXPECT_THAT(status, HasReason("STALE"));
}

TEST_P(UpdateMethod, AnEtagThatWasNeverGivenIsStale) {
  const auto made = Create();
  const auto request = UpdateRequest(*made);
  SetText(request.get(), field() + ".etag", "not an etag");
  EXPECT_THAT(Refused(*request, Owner(), NameOf(*made)), HasReason("STALE"));
}

TEST_P(UpdateMethod, WithoutAnEtagTheLastOneWins) {
  const auto made = Create();
  Update(*made);
  const auto request = UpdateRequest(*made);
  SetText(request.get(), field() + ".etag", "");
  EXPECT_THAT(Call("Update", *request, Owner()).status, IsOk());
}

TEST_P(UpdateMethod, SaysNotFoundForARecordThatIsNotThere) {
  const auto made = Create();
  const auto request = UpdateRequest(*made);
  SetText(request.get(), field() + ".name", Absent(NameOf(*made)));
  EXPECT_THAT(Refused(*request, Owner(), NameOf(*made)), HasReason("NOT_FOUND"));
}

TEST_P(UpdateMethod, TheFirstAnswerIsGivenAlsoAfterTheRecordChanged) {
  const auto request = CreateRequest();
  const Answer first = Call("Create", *request, Owner());
  ASSERT_THAT(first.status, IsOk());
  Update(*first.reply);
  const Answer again = Call("Create", *request, Owner());
  ASSERT_THAT(again.status, IsOk());
  EXPECT_EQ(BytesOf(*again.reply), BytesOf(*first.reply));
}

TEST_P(UpdateMethod, IsReplayedToo) {
  const auto request = UpdateRequest(*Create());
  const Answer first = Call("Update", *request, Owner());
  ASSERT_THAT(first.status, IsOk());
  const JournalHead after = Head();
  // The etag in it is stale by now, but this request has been answered.
  const Answer again = Call("Update", *request, Owner());
  ASSERT_THAT(again.status, IsOk());
  EXPECT_EQ(BytesOf(*again.reply), BytesOf(*first.reply));
  EXPECT_EQ(Head(), after);
}

TEST_P(UpdateMethod, AChangeThatChangesNothingGivesNoNewVersion) {
  const auto updated = Update(*Create());
  const JournalHead before = Head();
  const auto again = Update(*updated);
  EXPECT_EQ(SequenceOf(*again), SequenceOf(*updated));
  EXPECT_EQ(TextAt(*again, "etag"), TextAt(*updated, "etag"));
  EXPECT_EQ(Head().events, before.events);
}

class ForeignUpdate : public UpdateMethod {};
INSTANTIATE_TEST_SUITE_P(Update, ForeignUpdate,
                         ::testing::ValuesIn(ResourcesWhere([](const ResourceTraits& traits) {
                           return traits.foreign_writer.has_value();
                         })),
                         CaseName);

TEST_P(ForeignUpdate, SaysTheSameOfAForeignRecordAsOfAnAbsentOne) {
  const auto made = Create();
  const std::string name = NameOf(*made);
  const auto foreign = UpdateRequest(*made);
  EXPECT_THAT(Refused(*foreign, *traits().foreign_writer, name), HasReason("NOT_FOUND"));
  const auto absent = UpdateRequest(*made);
  SetText(absent.get(), field() + ".name", Absent(name));
  const Answer one = Call("Update", *foreign, *traits().foreign_writer);
  const Answer other = Call("Update", *absent, *traits().foreign_writer);
  EXPECT_EQ(one.wire.error_code(), other.wire.error_code());
  EXPECT_EQ(one.wire.error_message(), other.wire.error_message());
  EXPECT_EQ(one.wire.error_details(), other.wire.error_details());
}

}  // namespace
}  // namespace matchgo::contract
