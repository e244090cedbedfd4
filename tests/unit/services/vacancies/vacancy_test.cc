#include "services/vacancies/domain/vacancy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "services/vacancies/domain/seat_release.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/vacancies/examples.h"

namespace matchgo::vacancies::domain {
namespace {

using ::testing::UnorderedElementsAreArray;

struct ValidateCase {
  const char* name;
  std::function<void(Vacancy&)> change;
  std::vector<std::string> wrong;  // "field REASON"
};

class ValidateTest : public ::testing::TestWithParam<ValidateCase> {};

TEST_P(ValidateTest, NamesAllThatIsWrong) {
  Vacancy vacancy = VacancyValue();
  GetParam().change(vacancy);
  std::vector<std::string> wrong;
  const Status status = Validate(vacancy);
  for (const Violation& found : ViolationsOf(status)) {
    wrong.push_back(found.field + " " + found.reason);
  }
  EXPECT_EQ(status.ok(), GetParam().wrong.empty());
  EXPECT_THAT(wrong, UnorderedElementsAreArray(GetParam().wrong));
}

INSTANTIATE_TEST_SUITE_P(
    Rules, ValidateTest,
    ::testing::Values(
        ValidateCase{"Sound", [](Vacancy&) {}, {}},
        ValidateCase{"PostcodeIsEnough", [](Vacancy& v) { v.location = {.postcode = "3511"}; }, {}},
        ValidateCase{"UnknownPostcode",
                     [](Vacancy& v) { v.location = {.postcode = "1000"}; },
                     {"vacancy.location.postcode POSTCODE_UNKNOWN"}},
        ValidateCase{"PointIsEnough", [](Vacancy& v) { v.location = {.x = 1, .y = 0}; }, {}},
        ValidateCase{"TownIsNotEnough",
                     [](Vacancy& v) { v.location = {.place = "Utrecht"}; },
                     {"vacancy.location REQUIRED"}},
        ValidateCase{
            "EqualSalaries", [](Vacancy& v) { v.salary_min_cents = v.salary_max_cents; }, {}},
        ValidateCase{"SalariesReversed",
                     [](Vacancy& v) { v.salary_min_cents = v.salary_max_cents + 1; },
                     {"vacancy.salary_min_cents SALARY_ORDER"}},
        ValidateCase{"EqualHours", [](Vacancy& v) { v.hours_min = v.hours_max; }, {}},
        ValidateCase{"HoursReversed",
                     [](Vacancy& v) { v.hours_min = v.hours_max + 1; },
                     {"vacancy.hours_min HOURS_ORDER"}},
        ValidateCase{"AnyStart", [](Vacancy& v) { v.start_from.reset(); }, {}},
        ValidateCase{"ReadyOnTheFirstDay", [](Vacancy& v) { v.ready_by = *v.start_from; }, {}},
        ValidateCase{"ReadyBeforeTheStart",
                     [](Vacancy& v) { v.ready_by = *v.start_from - 1; },
                     {"vacancy.ready_by DATE_ORDER"}},
        ValidateCase{"SkillTwiceInAList",
                     [](Vacancy& v) { v.requirements.nice.push_back(SkillId("autorijden")); },
                     {"vacancy.requirements.nice_skills DUPLICATE"}},
        ValidateCase{"SkillInTwoLists",
                     [](Vacancy& v) { v.requirements.learnable.push_back(SkillId("luisteren")); },
                     {"vacancy.requirements.learnable_skills DUPLICATE"}},
        ValidateCase{"OpleiderTwice",
                     [](Vacancy& v) {
                       v.accepted_opleiders = {OpleiderId("hu"), OpleiderId("hu")};
                     },
                     {"vacancy.accepted_opleiders DUPLICATE"}},
        ValidateCase{"AllAtOnce",
                     [](Vacancy& v) {
                       v.location = {};
                       v.salary_min_cents = v.salary_max_cents + 1;
                       v.hours_min = v.hours_max + 1;
                       v.ready_by = *v.start_from - 1;
                     },
                     {"vacancy.location REQUIRED", "vacancy.salary_min_cents SALARY_ORDER",
                      "vacancy.hours_min HOURS_ORDER", "vacancy.ready_by DATE_ORDER"}}),
    [](const auto& tested) { return tested.param.name; });

struct SeatsCase {
  const char* name;
  State state;
  int32_t openings;
  int32_t guidance_capacity;
  int32_t seats;
};

class SeatsTest : public ::testing::TestWithParam<SeatsCase> {};

TEST_P(SeatsTest, AreWhatThereIsRoomAndGuidanceFor) {
  Vacancy vacancy = VacancyValue();
  vacancy.state = GetParam().state;
  vacancy.openings = GetParam().openings;
  vacancy.guidance_capacity = GetParam().guidance_capacity;
  EXPECT_EQ(SeatsOf(vacancy), GetParam().seats);
}

INSTANTIATE_TEST_SUITE_P(Rules, SeatsTest,
                         ::testing::Values(SeatsCase{"Draft", State::kDraft, 3, 0, 0},
                                           SeatsCase{"Closed", State::kClosed, 3, 0, 0},
                                           SeatsCase{"Openings", State::kPublished, 3, 0, 3},
                                           SeatsCase{"FewCoaches", State::kPublished, 3, 2, 2},
                                           SeatsCase{"ManyCoaches", State::kPublished, 3, 9, 3}),
                         [](const auto& tested) { return tested.param.name; });

TEST(SeatReleaseTest, IsNeededOnlyWhenSeatsGo) {
  Vacancy current = VacancyValue();
  current.state = State::kPublished;
  current.version = 5;
  Vacancy next = current;
  next.version = 6;
  next.openings = 4;
  EXPECT_EQ(ReleaseFor(current, next), std::nullopt);
  next.openings = 1;
  EXPECT_EQ(ReleaseFor(current, next),
            (SeatRelease{.vacancy = "employers/e1/vacancies/v1", .version = 5, .seats_left = 1}));
  next.openings = 3;
  next.guidance_capacity = 2;
  ASSERT_TRUE(ReleaseFor(current, next).has_value());
  EXPECT_EQ(ReleaseFor(current, next)->seats_left, 2);
  EXPECT_FALSE(ReleaseFor(current, next)->contracts_stand) << "only closing lets them";
  next.state = State::kClosed;
  ASSERT_TRUE(ReleaseFor(current, next).has_value());
  EXPECT_EQ(ReleaseFor(current, next)->seats_left, 0);
  EXPECT_TRUE(ReleaseFor(current, next)->contracts_stand) << "closing does not undo contracts";
}

}  // namespace
}  // namespace matchgo::vacancies::domain
