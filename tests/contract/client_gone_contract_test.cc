// A write whose client went away, or whose deadline passed, happened or did not; whichever it was,
// the same request again gives one record, made once.
#include <chrono>

#include "tests/contract/standard_methods_contract.h"

namespace matchgo::contract {
namespace {

class ClientGone : public StandardMethods {
 protected:
  // How many events of this record's making there are after a restart.
  int MadeOf(const std::string& name) const {
    int made = 0;
    for (const JournalEvent& event : Events()) made += event.resource == name ? 1 : 0;
    return made;
  }
  // Repeats an abandoned request until it is answered; checks that it had one effect.
  void ExpectOneEffect(const Message& request, const JournalHead& before) {
    const Answer answered = Call("Create", request, Owner());
    ASSERT_THAT(answered.status, IsOk());
    EXPECT_EQ(MadeOf(NameOf(*answered.reply)), 1);
    EXPECT_EQ(Head().events, before.events + 1) << "nothing but this record was made";
    EXPECT_EQ(Head().replies, before.replies + 1);
    const Answer again = Call("Create", request, Owner());
    ASSERT_THAT(again.status, IsOk());
    EXPECT_EQ(BytesOf(*again.reply), BytesOf(*answered.reply));
    Restart();
    EXPECT_EQ(JsonOf(*Get(NameOf(*answered.reply))), JsonOf(*answered.reply));
    EXPECT_EQ(MadeOf(NameOf(*answered.reply)), 1);
  }
};
INSTANTIATE_TEST_SUITE_P(ClientGone, ClientGone, ::testing::ValuesIn(AllResources()), CaseName);

TEST_P(ClientGone, ADeadlineThatHasPassedDoesNothingThatARetryDoesNotFind) {
  const auto request = CreateRequest();
  const JournalHead before = Head();
  // Long ago: gRPC rounds deadlines up to a millisecond, in which a quick call is answered.
  const Answer late = CallUntil(channel(), *Method("Create"), *request, Owner(),
                                std::chrono::system_clock::now() - std::chrono::hours(1));
  EXPECT_EQ(late.wire.error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  ExpectOneEffect(*request, before);
}

TEST_P(ClientGone, ACallThatIsGivenUpAtAnyMomentHasOneEffectAtMost) {
  // Before it is read, while it waits for the writer, while it commits, after: wherever the moments
  // fall on this machine, the record is made once.
  for (const int micros : {0, 200, 1000, 3000, 10000}) {
    const auto request = CreateRequest();
    const JournalHead before = Head();
    const Answer abandoned =
        CallUntil(channel(), *Method("Create"), *request, Owner(),
                  std::chrono::system_clock::now() + std::chrono::microseconds(micros));
    if (!abandoned.ok()) {
      EXPECT_EQ(abandoned.wire.error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
    }
    ExpectOneEffect(*request, before);
  }
}

TEST_P(ClientGone, ACancelledCallHasOneEffectAtMost) {
  for (const int times : {1, 8}) {
    const auto request = CreateRequest();
    const JournalHead before = Head();
    for (int i = 0; i < times; ++i) CallAndLeave(channel(), *Method("Create"), *request, Owner());
    ExpectOneEffect(*request, before);
  }
}

}  // namespace
}  // namespace matchgo::contract
