#include "services/profiles/domain/switcher_lifecycle.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/status_matchers.h"
#include "tests/unit/services/profiles/examples.h"

namespace matchgo::profiles::domain {
namespace {

const Day kTomorrow = Day::FromCivil(2026, 11, 24);

Instant Now() { return StartOf(kTomorrow) + std::chrono::hours(9); }

// The whole product of states and verbs. `reason` is empty when the verb is allowed.
struct VerbCase {
  const char* name;
  State from;
  const char* verb;
  State to;
  const char* reason;
};

class VerbTest : public ::testing::TestWithParam<VerbCase> {};

TEST_P(VerbTest, IsAllowedOrRefusedWithItsReason) {
  Switcher current = SwitcherValue();
  current.state = GetParam().from;
  Switcher wanted = current;
  wanted.profile.study_hours = 1;
  const std::string verb = GetParam().verb;
  const StatusOr<Switcher> next = verb == "edit"       ? Edit(current, wanted, Now())
                                  : verb == "confirm"  ? Confirm(current, Now())
                                  : verb == "withdraw" ? Withdraw(current, Now())
                                                       : Reactivate(current, Now());
  if (*GetParam().reason != '\0') {
    EXPECT_THAT(next, HasReason(GetParam().reason));
    return;
  }
  ASSERT_THAT(next, IsOk());
  EXPECT_EQ(next->state, GetParam().to);
  EXPECT_EQ(next->version, 2);
  EXPECT_EQ(next->updated, Now());
  EXPECT_EQ(next->last_confirmed, verb == "confirm" ? kTomorrow : current.last_confirmed);
  EXPECT_EQ(next->profile.study_hours, verb == "edit" ? 1 : current.profile.study_hours);
}

INSTANTIATE_TEST_SUITE_P(
    StateTimesVerb, VerbTest,
    ::testing::Values(VerbCase{"ActiveEdit", State::kActive, "edit", State::kActive, ""},
                      VerbCase{"ActiveConfirm", State::kActive, "confirm", State::kActive, ""},
                      VerbCase{"ActiveWithdraw", State::kActive, "withdraw", State::kWithdrawn, ""},
                      VerbCase{"ActiveReactivate", State::kActive, "reactivate", State::kActive,
                               "SWITCHER_ACTIVE"},
                      VerbCase{"WithdrawnEdit", State::kWithdrawn, "edit", State::kWithdrawn,
                               "SWITCHER_WITHDRAWN"},
                      VerbCase{"WithdrawnConfirm", State::kWithdrawn, "confirm", State::kWithdrawn,
                               "SWITCHER_WITHDRAWN"},
                      VerbCase{"WithdrawnWithdraw", State::kWithdrawn, "withdraw",
                               State::kWithdrawn, "SWITCHER_WITHDRAWN"},
                      VerbCase{"WithdrawnReactivate", State::kWithdrawn, "reactivate",
                               State::kActive, ""}),
    [](const auto& tested) { return tested.param.name; });

TEST(CreateTest, BeginsActiveAndConfirmed) {
  Switcher content = SwitcherValue();
  content.state = State::kWithdrawn;
  content.version = 9;
  const Switcher made = Create(content, Now());
  EXPECT_EQ(made.state, State::kActive);
  EXPECT_EQ(made.version, 1);
  EXPECT_EQ(made.last_confirmed, kTomorrow);
  EXPECT_EQ(made.created, Now());
}

TEST(EditTest, ChangesIdentityAndProfileOnly) {
  Switcher wanted = SwitcherValue();
  wanted.id = SwitcherId("other");
  wanted.partner = TenantId("other");
  wanted.identity->phone = "+31611111111";
  wanted.last_confirmed = kTomorrow;
  wanted.version = 44;
  const StatusOr<Switcher> next = Edit(SwitcherValue(), wanted, Now());
  ASSERT_THAT(next, IsOk());
  EXPECT_EQ(next->identity->phone, "+31611111111");
  EXPECT_EQ(next->id, SwitcherId("s1"));
  EXPECT_EQ(next->partner, TenantId("p1"));
  EXPECT_EQ(next->last_confirmed, SwitcherValue().last_confirmed);
  EXPECT_EQ(next->version, 2);
}

TEST(EditTest, ThatSaysNothingNewIsNoVersion) {
  const StatusOr<Switcher> next = Edit(SwitcherValue(), SwitcherValue(), Now());
  ASSERT_THAT(next, IsOk());
  EXPECT_EQ(*next, SwitcherValue());
}

TEST(ConfirmTest, AgainOnTheSameDayIsNoVersion) {
  const StatusOr<Switcher> once = Confirm(SwitcherValue(), Now());
  ASSERT_THAT(once, IsOk());
  EXPECT_EQ(*Confirm(*once, Now() + std::chrono::hours(1)), *once);
}

}  // namespace
}  // namespace matchgo::profiles::domain
