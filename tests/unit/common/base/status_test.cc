#include "common/base/status.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/check.h"
#include "common/base/status_macros.h"
#include "common/base/violations.h"
#include "tests/support/status_matchers.h"

namespace matchgo {
namespace {

constexpr Reason kFull{"FULL", "no seat is left"};

TEST(StatusTest, EveryMakerGivesItsCodeAndReason) {
  struct Row {
    Status status;
    absl::StatusCode code;
  };
  const Row rows[] = {
      {Invalid(kFull), absl::StatusCode::kInvalidArgument},
      {NotFound(kFull), absl::StatusCode::kNotFound},
      {Exists(kFull), absl::StatusCode::kAlreadyExists},
      {Conflict(kFull), absl::StatusCode::kAborted},
      {Precondition(kFull), absl::StatusCode::kFailedPrecondition},
      {Forbidden(kFull), absl::StatusCode::kPermissionDenied},
      {Unauthenticated(kFull), absl::StatusCode::kUnauthenticated},
      {Exhausted(kFull), absl::StatusCode::kResourceExhausted},
      {DeadlineExceeded(kFull), absl::StatusCode::kDeadlineExceeded},
      {Unavailable(kFull), absl::StatusCode::kUnavailable},
  };
  for (const Row& row : rows) {
    EXPECT_THAT(row.status, StatusIs(row.code));
    EXPECT_THAT(row.status, HasReason("FULL"));
    EXPECT_EQ(MessageOf(row.status), "no seat is left");
  }
  EXPECT_THAT(Internal("broken"), HasReason("INTERNAL"));
}

TEST(StatusTest, FactsAndViolationsTravelInOrder) {
  const Status facts = WithFact(WithFact(Precondition(kFull), "legal", "A, B"), "state", "C");
  EXPECT_THAT(FactsOf(facts),
              testing::ElementsAre(testing::Pair("legal", "A, B"), testing::Pair("state", "C")));
  Violations violations;
  EXPECT_TRUE(violations.empty());
  EXPECT_THAT(Violations().ToStatus(), IsOk());
  violations.Add("openings", "RANGE", "1..1000");
  violations.Add("title", "REQUIRED", "a text");
  const std::vector<Violation> expected = violations.found();
  const Status invalid = std::move(violations).ToStatus();
  EXPECT_THAT(invalid, HasReason("RANGE"));
  EXPECT_EQ(ViolationsOf(invalid), expected);
  EXPECT_TRUE(FactsOf(invalid).empty());
}

StatusOr<int> Half(int number) {
  if (number % 2 != 0) return Invalid(kFull);
  return number / 2;
}

StatusOr<int> Quarter(int number) {
  ASSIGN_OR_RETURN(const int half, Half(number));
  ASSIGN_OR_RETURN(const int quarter, Half(half));
  RETURN_IF_ERROR(absl::OkStatus());
  return quarter;
}

TEST(StatusTest, MacrosPassErrorsOnUnchanged) {
  EXPECT_EQ(*Quarter(12), 3);
  EXPECT_THAT(Quarter(6), HasReason("FULL"));
}

TEST(CheckDeathTest, EndsTheProcessAndNamesTheCondition) {
  EXPECT_DEATH(CHECK(1 + 1 == 3), "1 \\+ 1 == 3");
}

}  // namespace
}  // namespace matchgo
