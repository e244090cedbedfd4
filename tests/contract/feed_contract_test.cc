#include <map>
#include <set>

#include "tests/contract/standard_methods_contract.h"

namespace matchgo::contract {
namespace {

class Feed : public StandardMethods {
 protected:
  struct Change {
    int64_t sequence = 0;
    std::string resource;
    std::string etag;  // of the record that came with it
  };

  // The next change of the stream, which must be one of this resource.
  Change Next(AnyStream& stream) const {
    const auto message = stream.Next();
    if (message == nullptr) {
      ADD_FAILURE() << "the stream ended: " << Describe(stream.Finish());
      return {};
    }
    EXPECT_TRUE(HasAt(*message, "position.time"));
    EXPECT_NE(TextAt(*message, "position.kind"), "");
    return {NumberAt(*message, "position.sequence"), TextAt(*message, "position.resource"),
            HasAt(*message, field()) ? TextAt(*message, field() + ".etag") : ""};
  }
  // The sequence that a list says to watch from, or the newest if lists of it do not say.
  int64_t ListedAt() {
    const Answer answer = Call("List", *ListRequest(100), kOps);
    EXPECT_THAT(answer.status, IsOk());
    const bool says = answer.reply->GetDescriptor()->FindFieldByName("sequence") != nullptr;
    return says ? NumberAt(*answer.reply, "sequence") : Head().last;
  }
  Record Write(const Message& record) { return Has("Update") ? Update(record) : Create(); }
};
INSTANTIATE_TEST_SUITE_P(Feed, Feed, ::testing::ValuesIn(AllResources()), CaseName);

TEST_P(Feed, SequencesHaveNoGapsAndStandInEveryWriteReply) {
  std::map<int64_t, std::string> replies;
  for (int i = 0; i < 3; ++i) {
    const auto made = Create();
    replies[SequenceOf(*made)] = NameOf(*made);
    if (!Has("Update")) continue;
    const auto updated = Update(*made);
    replies[SequenceOf(*updated)] = NameOf(*updated);
  }
  const auto events = Events();
  std::map<int64_t, std::string> recorded;
  for (size_t i = 0; i < events.size(); ++i) {
    EXPECT_EQ(events[i].sequence, static_cast<int64_t>(i) + 1);
    recorded[events[i].sequence] = events[i].resource;
  }
  EXPECT_EQ(Head().last, static_cast<int64_t>(events.size()));
  EXPECT_EQ(replies.size(), Has("Update") ? 6U : 3U);
  for (const auto& [sequence, name] : replies) EXPECT_EQ(recorded[sequence], name);
  if (OneAtATime()) return;
  // Each write of this test is one event, and so is each parent that was made for it.
  EXPECT_EQ(events.size(), replies.size() + traits().parents.size());
}

TEST_P(Feed, AfterAListEveryChangeIsSeenOnceAsItHappens) {
  const auto first = Create();
  const auto stream = Watch(ListedAt());
  auto record = CopyOf(*first);
  int64_t last = SequenceOf(*first);
  for (int i = 0; i < 3; ++i) {
    const auto written = i == 1 ? Create() : Write(*record);
    Change change = Next(*stream);
    // The record that made room changed before.
    while (OneAtATime() && change.sequence > last && change.sequence < SequenceOf(*written)) {
      last = change.sequence;
      change = Next(*stream);
    }
    // One by one: nothing of before the list, nothing twice, nothing left out.
    EXPECT_EQ(change.sequence, SequenceOf(*written));
    EXPECT_EQ(change.resource, NameOf(*written));
    EXPECT_EQ(change.etag, TextAt(*written, "etag"));
    EXPECT_GT(change.sequence, last);
    last = change.sequence;
    record = CopyOf(*written);
    if (Has("Update"))
      SetText(record.get(), traits().changed.path, TextAt(*first, traits().changed.path));
  }
}

TEST_P(Feed, TellsTheWholeHistoryInOrderWithTheRecordsAsTheyAre) {
  std::vector<std::string> names;
  for (int i = 0; i < 3; ++i) {
    const auto made = Create();
    const auto after = Has("Update") ? Update(*made) : CopyOf(*made);
    names.push_back(NameOf(*after));
  }
  std::map<std::string, std::string> newest;
  for (const std::string& name : names) newest[name] = TextAt(*Get(name), "etag");
  const int64_t end = Head().last;
  const auto stream = Watch(0);
  std::map<std::string, std::string> told;
  int64_t last = 0;
  while (last < end) {
    const Change change = Next(*stream);
    ASSERT_GT(change.sequence, last);
    last = change.sequence;
    if (newest.contains(change.resource)) told[change.resource] = change.etag;
  }
  EXPECT_EQ(told, newest);
}

TEST_P(Feed, GoesOnAfterARestartWhereItWasLeft) {
  const auto first = Create();
  auto stream = Watch(0);
  int64_t last = 0;
  while (last < SequenceOf(*first)) last = Next(*stream).sequence;
  stream.reset();
  Restart();
  const auto second = Create();
  stream = Watch(last);
  Change change = Next(*stream);
  while (OneAtATime() && change.sequence > last && change.sequence < SequenceOf(*second)) {
    last = change.sequence;
    change = Next(*stream);
  }
  EXPECT_EQ(change.sequence, SequenceOf(*second));
  EXPECT_EQ(change.resource, NameOf(*second));
}

TEST_P(Feed, EndsWhenTheServiceStops) {
  const auto first = Create();
  auto stream = Watch(SequenceOf(*first) - 1);
  EXPECT_EQ(Next(*stream).sequence, SequenceOf(*first));
  Restart();
  EXPECT_EQ(stream->Next(), nullptr);
  EXPECT_THAT(stream->Finish(), StatusIs(absl::StatusCode::kUnavailable));
}

TEST_P(Feed, AWatcherFromTheFutureFellBehind) {
  Create();
  const auto stream = Watch(Head().last + 1000);
  EXPECT_EQ(stream->Next(), nullptr);
  const Status end = stream->Finish();
  EXPECT_THAT(end, StatusIs(absl::StatusCode::kOutOfRange));
  EXPECT_THAT(end, HasReason("FELL_BEHIND"));
}

TEST_P(Feed, IsForServicesOnly) {
  const auto& method = *Method("Watch");
  const auto request = NewMessage(*method.input_type());
  AnyStream stream(channel(), method, *request, kOps);
  EXPECT_EQ(stream.Next(), nullptr);
  EXPECT_THAT(stream.Finish(), HasReason("ROLE"));
}

}  // namespace
}  // namespace matchgo::contract
