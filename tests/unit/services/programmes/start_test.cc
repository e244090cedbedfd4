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
const Violation kNotWhole{"start.delivery_mix", "MIX_SUM", "together 100 per cent"};
const Violation kOtherWays{"start.delivery", "MIX_DELIVERY", "the ways of delivery_mix, or none"};
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
        Case{"SharesOfAllItsWays",
             [](Start& s) {
               s.delivery_mix = {{Delivery::kOnline, 30}, {Delivery::kClassroom, 70}};
             },
             {}},
        Case{"SharesOfMoreThanAll",
             [](Start& s) {
               s.delivery_mix = {{Delivery::kOnline, 31}, {Delivery::kClassroom, 70}};
             },
             {kNotWhole}},
        Case{"SharesOfOtherWays",
             [](Start& s) {
               s.delivery_mix = {{Delivery::kOnline, 30}, {Delivery::kWorkplace, 70}};
             },
             {kOtherWays}},
        Case{"SharesOfOneWayTwice",
             [](Start& s) {
               s.delivery_mix = {{Delivery::kOnline, 30}, {Delivery::kOnline, 20}};
             },
             {{"start.delivery_mix[1].delivery", "DUPLICATE", "each once"}, kNotWhole, kOtherWays}},
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

TEST(StartTest, WaysAndSharesOfTeachingFollowEachOther) {
  const Start before = MakeStart();
  Start next = before;
  next.delivery_mix = {{Delivery::kWorkplace, 60}, {Delivery::kOnline, 40}};
  MatchDelivery(before, &next);
  EXPECT_EQ(next.delivery, (std::vector<Delivery>{Delivery::kWorkplace, Delivery::kOnline}));
  const Start mixed = next;
  next.delivery = {Delivery::kOnline, Delivery::kWorkplace};
  MatchDelivery(mixed, &next);
  EXPECT_EQ(next.delivery_mix, mixed.delivery_mix) << "the same ways in another order";
  next.delivery = {Delivery::kOnline};
  MatchDelivery(mixed, &next);
  EXPECT_TRUE(next.delivery_mix.empty()) << "nobody said how much of these ways";
  next = mixed;
  next.delivery_mix.clear();
  MatchDelivery(mixed, &next);
  EXPECT_EQ(next.delivery, mixed.delivery) << "only the shares are not known any more";
}

TEST(StartTest, AtAMinimumItBeginsOnce) {
  Start start = MakeStart();
  const Day promised = start.begins_on;
  const Day day = promised - 30;
  EXPECT_THAT(Begin(start, day), HasReason("NOT_AT_MINIMUM"));
  start.rhythm = Rhythm::kAtMinimum;
  start.decides_on = promised - 20;
  const StatusOr<Start> begun = Begin(start, day);
  ASSERT_THAT(begun, IsOk());
  EXPECT_EQ(begun->begins_on, day);
  EXPECT_EQ(begun->promised_on, promised);
  EXPECT_THAT(Validate(*begun), IsOk());
  const StatusOr<Start> again = Begin(*begun, day);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(*again, *begun);
  EXPECT_THAT(Begin(*begun, day + 1), HasReason("START_BEGINS"));
  start.state = StartState::kCancelled;
  EXPECT_THAT(Begin(start, day), HasReason("START_CANCELLED"));
}

TEST(StartTest, ADayThatPeopleWereToldStays) {
  Start begun = MakeStart();
  begun.rhythm = Rhythm::kAtMinimum;
  EXPECT_THAT(CheckBeginning(MakeStart(), begun), IsOk()) << "nobody was told yet";
  begun.promised_on = begun.begins_on;
  Start next = begun;
  next.times = "di en do";
  EXPECT_THAT(CheckBeginning(begun, next), IsOk());
  next.begins_on = begun.begins_on + 7;
  EXPECT_THAT(CheckBeginning(begun, next), HasReason("START_BEGINS"));
  next = begun;
  next.rhythm = Rhythm::kDate;
  EXPECT_THAT(CheckBeginning(begun, next), HasReason("START_BEGINS"));
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
