// What ends a record's life, whatever it is called (close, retire, cancel, withdraw): once, guarded
// by the etag, replayed by its key, told in the feed, and by nobody else.
#include "tests/contract/standard_methods_contract.h"

namespace matchgo::contract {
namespace {

class EndingMethod : public StandardMethods {
 protected:
  Record EndRequest(const std::string& name, const std::string& etag) {
    Record request = NewMessage(*Method(traits().ending_verb)->input_type());
    MergeJson(traits().ending_request, request.get());
    SetText(request.get(), "name", name);
    SetText(request.get(), "etag", etag);
    SetText(request.get(), "request_id", "end-" + std::to_string(++number_));
    return request;
  }
  Answer End(const Message& request, const Principal& who) {
    return Call(traits().ending_verb, request, who);
  }
  void ExpectRefused(const Answer& answer, const std::string& reason, const JournalHead& before) {
    EXPECT_FALSE(answer.ok());
    if (!reason.empty()) {
      EXPECT_THAT(answer.status, HasReason(reason));
    }
    EXPECT_EQ(Head(), before);
  }

 private:
  int number_ = 0;
};
INSTANTIATE_TEST_SUITE_P(Ending, EndingMethod,
                         ::testing::ValuesIn(ResourcesWhere([](const ResourceTraits& traits) {
                           return !traits.ending_verb.empty();
                         })),
                         CaseName);

TEST_P(EndingMethod, EndsOnceWithOneEventOfItsOwn) {
  const auto made = Create();
  const JournalHead before = Head();
  const Answer ended = End(*EndRequest(NameOf(*made), TextAt(*made, "etag")), Owner());
  ASSERT_THAT(ended.status, IsOk());
  EXPECT_GT(SequenceOf(*ended.reply), SequenceOf(*made));
  EXPECT_NE(TextAt(*ended.reply, "etag"), TextAt(*made, "etag"));
  EXPECT_NE(TextAt(*ended.reply, "state"), TextAt(*made, "state"));
  EXPECT_EQ(JsonOf(*Get(NameOf(*made))), JsonOf(*ended.reply));
  const auto events = Events();
  ASSERT_EQ(Head().events, before.events + 1);
  EXPECT_EQ(events.back().resource, NameOf(*made));
  EXPECT_EQ(events.back().sequence, SequenceOf(*ended.reply));

  const JournalHead after = Head();
  ExpectRefused(End(*EndRequest(NameOf(*made), ""), Owner()), "", after);
}

TEST_P(EndingMethod, IsReplayedByItsKeyAlsoAfterARestart) {
  const auto made = Create();
  const auto request = EndRequest(NameOf(*made), TextAt(*made, "etag"));
  const Answer first = End(*request, Owner());
  ASSERT_THAT(first.status, IsOk());
  const JournalHead after = Head();
  const Answer again = End(*request, Owner());
  ASSERT_THAT(again.status, IsOk());
  EXPECT_EQ(BytesOf(*again.reply), BytesOf(*first.reply));
  Restart();
  const Answer later = End(*request, Owner());
  ASSERT_THAT(later.status, IsOk());
  EXPECT_EQ(BytesOf(*later.reply), BytesOf(*first.reply));
  EXPECT_EQ(Head(), after);
}

TEST_P(EndingMethod, AnotherEtagOrNameChangesNothing) {
  const auto made = Create();
  const JournalHead before = Head();
  ExpectRefused(End(*EndRequest(NameOf(*made), "W/\"99\""), Owner()), "STALE", before);
  ExpectRefused(End(*EndRequest(NameOf(*made), "not an etag"), Owner()), "STALE", before);
  ExpectRefused(End(*EndRequest(Absent(NameOf(*made)), ""), Owner()), "NOT_FOUND", before);
  const auto keyless = EndRequest(NameOf(*made), "");
  SetText(keyless.get(), "request_id", "");
  ExpectRefused(End(*keyless, Owner()), "", before);
  if (traits().foreign_writer.has_value()) {
    ExpectRefused(End(*EndRequest(NameOf(*made), ""), *traits().foreign_writer), "NOT_FOUND",
                  before);
  }
}

}  // namespace
}  // namespace matchgo::contract
