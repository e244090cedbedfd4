#include <algorithm>
#include <thread>

#include "tests/contract/standard_methods_contract.h"

namespace matchgo::contract {
namespace {

constexpr size_t kTwins = 8;

class RequestId : public StandardMethods {};
INSTANTIATE_TEST_SUITE_P(RequestId, RequestId, ::testing::ValuesIn(AllResources()), CaseName);

TEST_P(RequestId, TheSameRequestGivesTheSameBytesAndOneEffect) {
  const auto request = CreateRequest();
  const Answer first = Call("Create", *request, Owner());
  ASSERT_THAT(first.status, IsOk());
  const JournalHead after = Head();
  const Answer again = Call("Create", *request, Owner());
  ASSERT_THAT(again.status, IsOk());
  EXPECT_EQ(BytesOf(*again.reply), BytesOf(*first.reply));
  Restart();
  const Answer later = Call("Create", *request, Owner());
  ASSERT_THAT(later.status, IsOk());
  EXPECT_EQ(BytesOf(*later.reply), BytesOf(*first.reply));
  EXPECT_EQ(Head(), after);
}

TEST_P(RequestId, AnotherBodyUnderTheSameKeyIsRefused) {
  const auto request = CreateRequest();
  const auto other = CreateRequest();
  ASSERT_THAT(Call("Create", *request, Owner()).status, IsOk());
  const JournalHead after = Head();
  SetText(other.get(), "request_id", TextAt(*request, "request_id"));
  const Answer refused = Call("Create", *other, Owner());
  EXPECT_THAT(refused.status, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(refused.status, HasReason("KEY_REUSED"));
  EXPECT_EQ(Head(), after);
}

TEST_P(RequestId, AKeyBelongsToItsCaller) {
  const auto request = CreateRequest();
  const Answer first = Call("Create", *request, Owner());
  ASSERT_THAT(first.status, IsOk());
  const auto other = CreateRequest();
  SetText(other.get(), "request_id", TextAt(*request, "request_id"));
  Principal colleague = Owner();
  colleague.id = "a-colleague";
  const Answer second = Call("Create", *other, colleague);
  ASSERT_THAT(second.status, IsOk());
  EXPECT_NE(NameOf(*second.reply), NameOf(*first.reply));
}

TEST_P(RequestId, AWriteWithoutAKeyIsRefused) {
  const JournalHead before = Head();
  for (const char* key : {"", "not a key!"}) {
    const auto request = CreateRequest();
    SetText(request.get(), "request_id", key);
    const Answer answer = Call("Create", *request, Owner());
    EXPECT_THAT(answer.status, StatusIs(absl::StatusCode::kInvalidArgument));
    EXPECT_THAT(answer.status, HasReason(*key == '\0' ? "IDEMPOTENCY_KEY" : "PATTERN"));
    ASSERT_EQ(ViolationsOf(answer.status).size(), 1U);
    EXPECT_EQ(ViolationsOf(answer.status)[0].field, "request_id");
  }
  EXPECT_EQ(Head(), before);
}

TEST_P(RequestId, ARefusedRequestMayBeMendedUnderTheSameKey) {
  const auto request = CreateRequest();
  const auto spoilt = CopyOf(*request);
  spoilt->GetReflection()->ClearField(spoilt.get(),
                                      spoilt->GetDescriptor()->FindFieldByName(field()));
  ASSERT_THAT(Call("Create", *spoilt, Owner()).status, HasReason("REQUIRED"));
  EXPECT_THAT(Call("Create", *request, Owner()).status, IsOk());
}

TEST_P(RequestId, TwinsAtTheSameTimeHaveOneEffect) {
  const auto request = CreateRequest();
  const Principal owner = Owner();
  const JournalHead before = Head();
  std::vector<Answer> answers(kTwins);
  {
    std::vector<std::jthread> threads;
    for (Answer& answer : answers) {
      threads.emplace_back(
          [&] { answer = CallAny(channel(), *Method("Create"), *request, &owner); });
    }
  }
  std::vector<std::string> replies;
  for (const Answer& answer : answers) {
    ASSERT_THAT(answer.status, IsOk());
    replies.push_back(BytesOf(*answer.reply));
  }
  EXPECT_EQ(std::count(replies.begin(), replies.end(), replies[0]),
            static_cast<std::ptrdiff_t>(kTwins));
  EXPECT_EQ(Head().replies, before.replies + 1);
  EXPECT_EQ(Head().last, SequenceOf(*answers[0].reply));
}

}  // namespace
}  // namespace matchgo::contract
