#include "services/programmes/domain/start.h"

#include <gtest/gtest.h>

#include <functional>
#include <vector>

#include "tests/support/status_matchers.h"

namespace matchgo::programmes::domain {
namespace {

Start MakeStart() {
  Start start;
  start.id = StartId("s");
  start.programme = ProgrammeId("p");
  start.opleider = OpleiderId("o");
  start.begins_on = Day::FromCivil(2027, 2, 1);
  start.capacity = 20;
  start.minimum = 8;
  start.delivery = {Delivery::kClassroom, Delivery::kOnline};
  start.location = Location{.postcode = "3511", .place = "Utrecht", .x = 1360, .y = 4560};
  return start;
}

struct Case {
  const char* name;
  std::function<void(Start&)> change;
  std::vector<Violation> violations;  // empty: accepted
};

class StartRules : public testing::TestWithParam<Case> {};

TEST_P(StartRules, AreAllReported) {
  Start start = MakeStart();
  GetParam().change(start);
  const Status status = Validate(start);
  EXPECT_EQ(status.ok(), GetParam().violations.empty()) << Describe(status);
  EXPECT_EQ(ViolationsOf(status), GetParam().violations) << Describe(status);
}

const Violation kOverCapacity{"start.minimum", "CAPACITY_ORDER", "at most the capacity"};
const Violation kNowhere{"start.location", "LOCATION_MISSING",
                         "a location, unless it is online and self-study only"};
const Violation kLate{"start.decides_on", "DATE_ORDER", "not after begins_on"};

INSTANTIATE_TEST_SUITE_P(
    Table, StartRules,
    testing::Values(
        Case{"NothingWrong", [](Start&) {}, {}},
        Case{"MinimumEqualsCapacity", [](Start& s) { s.minimum = 20; }, {}},
        Case{"MinimumOverCapacity", [](Start& s) { s.minimum = 21; }, {kOverCapacity}},
        Case{"ClassroomNowhere", [](Start& s) { s.location.reset(); }, {kNowhere}},
        Case{"UnknownDeliveryNowhere",
             [](Start& s) {
               s.delivery.clear();
               s.location.reset();
             },
             {kNowhere}},
        Case{"OnlineNowhere",
             [](Start& s) {
               s.delivery = {Delivery::kOnline, Delivery::kSelfStudy};
               s.location.reset();
             },
             {}},
        Case{"WorkplaceNowhere",
             [](Start& s) {
               s.delivery = {Delivery::kOnline, Delivery::kWorkplace};
               s.location.reset();
             },
             {kNowhere}},
        Case{"TownOnly",
             [](Start& s) { s.location = Location{.place = "Utrecht"}; },
             {{"start.location", "REQUIRED", "a postcode or a point"}}},
        Case{"PostcodeIsEnough", [](Start& s) { s.location = Location{.postcode = "3511"}; }, {}},
        Case{"UnknownPostcode",
             [](Start& s) { s.location = Location{.postcode = "1000"}; },
             {{"start.location.postcode", "POSTCODE_UNKNOWN",
               "a Dutch postcode, or a point besides"}}},
        Case{"DeliveryTwice",
             [](Start& s) { s.delivery.push_back(Delivery::kClassroom); },
             {{"start.delivery[2]", "DUPLICATE", "each once"}}},
        Case{"DecidesOnTheFirstDay", [](Start& s) { s.decides_on = s.begins_on; }, {}},
        Case{"DecidesAfterTheFirstDay", [](Start& s) { s.decides_on = s.begins_on + 1; }, {kLate}},
        Case{"ThreeThingsWrong",
             [](Start& s) {
               s.minimum = 21;
               s.location.reset();
               s.decides_on = s.begins_on + 1;
             },
             {kOverCapacity, kNowhere, kLate}}),
    [](const auto& param) { return param.param.name; });

TEST(StartTest, DecidesTwoWeeksBeforeItBeginsUnlessItSaysOtherwise) {
  Start start = MakeStart();
  EXPECT_EQ(DecisionDay(start), Day::FromCivil(2027, 1, 18));
  start.begins_on = Day::FromCivil(2027, 3, 1);
  EXPECT_EQ(DecisionDay(start), Day::FromCivil(2027, 2, 15));
  start.decides_on = Day::FromCivil(2027, 2, 27);
  EXPECT_EQ(DecisionDay(start), Day::FromCivil(2027, 2, 27));
}

struct Move {
  const char* name;
  StartState from;
  const char* close;  // "" or the reason of the refusal
  const char* cancel;
};

class StartLifeCycle : public testing::TestWithParam<Move> {};

TEST_P(StartLifeCycle, NeverLeadsBack) {
  Start start = MakeStart();
  start.state = GetParam().from;
  const StatusOr<Start> closed = Close(start);
  if (GetParam().close[0] == '\0') {
    ASSERT_THAT(closed, IsOk());
    EXPECT_EQ(closed->state, StartState::kClosed);
  } else {
    EXPECT_THAT(closed, HasReason(GetParam().close));
  }
  const StatusOr<Start> cancelled = Cancel(start, "te weinig mensen");
  if (GetParam().cancel[0] == '\0') {
    ASSERT_THAT(cancelled, IsOk());
    EXPECT_EQ(cancelled->state, StartState::kCancelled);
    EXPECT_EQ(cancelled->cancel_explanation, "te weinig mensen");
  } else {
    EXPECT_THAT(cancelled, HasReason(GetParam().cancel));
  }
}

INSTANTIATE_TEST_SUITE_P(Table, StartLifeCycle,
                         testing::Values(Move{"Open", StartState::kOpen, "", ""},
                                         Move{"Closed", StartState::kClosed, "START_CLOSED", ""},
                                         Move{"Cancelled", StartState::kCancelled, "START_CLOSED",
                                              "START_CANCELLED"}),
                         [](const auto& param) { return param.param.name; });

}  // namespace
}  // namespace matchgo::programmes::domain
