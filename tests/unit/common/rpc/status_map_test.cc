#include "common/rpc/status_map.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "matchgo/common/v1/error_detail.pb.h"
#include "tests/support/status_matchers.h"

namespace matchgo::rpc {
namespace {

constexpr Reason kReason{"WORD", "some text"};

TEST(StatusMapTest, EveryMadeStatusSurvivesTheWire) {
  const std::vector<Status> statuses = {
      absl::OkStatus(),
      Invalid(kReason),
      NotFound(kReason),
      Exists(kReason),
      Conflict(kReason),
      Precondition(kReason),
      Forbidden(kReason),
      Unauthenticated(kReason),
      Exhausted(kReason),
      OutOfRange(kReason),
      Unavailable(kReason),
      DeadlineExceeded(kReason),
      WithFact(Conflict(kReason), "legal", "A, B"),
      Invalid(std::vector<Violation>{{"a.b", "RANGE", "1..2"}, {"c", "REQUIRED", "a value"}})};
  for (const Status& status : statuses) {
    const Status back = FromGrpc(ToGrpc(status, "echo"));
    EXPECT_EQ(back.code(), status.code());
    EXPECT_EQ(ReasonOf(back), ReasonOf(status));
    EXPECT_EQ(ViolationsOf(back), ViolationsOf(status));
    EXPECT_EQ(FactsOf(back), FactsOf(status));
  }
}

TEST(StatusMapTest, DetailNamesTheDomain) {
  common::v1::ErrorDetail detail;
  ASSERT_TRUE(detail.ParseFromString(ToGrpc(NotFound(kReason), "echo").error_details()));
  EXPECT_EQ(detail.domain(), "echo");
  EXPECT_EQ(detail.reason(), "WORD");
}

TEST(StatusMapTest, InnerTextStaysInside) {
  const grpc::Status sent = ToGrpc(Internal("table secret is gone"), "echo");
  EXPECT_EQ(sent.error_code(), grpc::StatusCode::INTERNAL);
  EXPECT_EQ((sent.error_message() + sent.error_details()).find("secret"), std::string::npos);
  const grpc::Status unknown = ToGrpc(absl::UnknownError("secret"), "echo");
  EXPECT_EQ((unknown.error_message() + unknown.error_details()).find("secret"), std::string::npos);
}

TEST(StatusMapTest, UnderstandsStatusesOfTheLibrary) {
  EXPECT_THAT(FromGrpc({grpc::StatusCode::UNAVAILABLE, "refused"}), HasReason("UNAVAILABLE"));
  EXPECT_THAT(FromGrpc({grpc::StatusCode::DEADLINE_EXCEEDED, ""}), HasReason("DEADLINE"));
  EXPECT_THAT(FromGrpc({grpc::StatusCode::NOT_FOUND, "x", "not a detail \xff"}),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_EQ(FromGrpc({grpc::StatusCode::CANCELLED, ""}).code(), absl::StatusCode::kCancelled);
}

}  // namespace
}  // namespace matchgo::rpc
