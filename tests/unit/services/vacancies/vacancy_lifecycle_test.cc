#include "services/vacancies/domain/vacancy_lifecycle.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/status_matchers.h"
#include "tests/unit/services/vacancies/examples.h"

namespace matchgo::vacancies::domain {
namespace {

Instant NoonOf(Day day) { return StartOf(day) + std::chrono::hours(12); }

const Day kToday = Day::FromCivil(2026, 11, 23);

Vacancy InState(State state) {
  Vacancy vacancy = VacancyValue();
  vacancy.state = state;
  vacancy.version = 4;
  return vacancy;
}

// The whole product of states and verbs. `reason` is empty when the verb is allowed.
struct TransitionCase {
  const char* name;
  State from;
  const char* verb;
  State to;
  const char* reason;
};

class TransitionTest : public ::testing::TestWithParam<TransitionCase> {};

TEST_P(TransitionTest, IsAllowedOrRefusedWithItsReason) {
  const TransitionCase& param = GetParam();
  const Vacancy current = InState(param.from);
  Vacancy wanted = current;
  wanted.title = "Something else";
  const std::string verb = param.verb;
  const Instant now = NoonOf(kToday);
  const StatusOr<Vacancy> next = verb == "publish"  ? Publish(current, now)
                                 : verb == "close"  ? Close(current, now)
                                 : verb == "edit"   ? Edit(current, wanted, now)
                                 : verb == "import" ? Replace(current, wanted, false, now)
                                                    : Replace(current, wanted, true, now);
  if (*param.reason != '\0') {
    EXPECT_THAT(next, HasReason(param.reason));
    return;
  }
  ASSERT_THAT(next, IsOk());
  EXPECT_EQ(next->state, param.to);
  EXPECT_EQ(next->version, 5);
  EXPECT_EQ(next->updated, now);
  EXPECT_EQ(next->id, current.id);
}

INSTANTIATE_TEST_SUITE_P(
    StateTimesVerb, TransitionTest,
    ::testing::Values(
        TransitionCase{"DraftPublish", State::kDraft, "publish", State::kPublished, ""},
        TransitionCase{"DraftClose", State::kDraft, "close", State::kClosed, ""},
        TransitionCase{"DraftEdit", State::kDraft, "edit", State::kDraft, ""},
        TransitionCase{"DraftImport", State::kDraft, "import", State::kDraft, ""},
        TransitionCase{"DraftImportPublished", State::kDraft, "replace", State::kPublished, ""},
        TransitionCase{"PublishedPublish", State::kPublished, "publish", State::kPublished,
                       "VACANCY_PUBLISHED"},
        TransitionCase{"PublishedClose", State::kPublished, "close", State::kClosed, ""},
        TransitionCase{"PublishedEdit", State::kPublished, "edit", State::kPublished, ""},
        TransitionCase{"PublishedImport", State::kPublished, "import", State::kPublished, ""},
        TransitionCase{"PublishedImportPublished", State::kPublished, "replace", State::kPublished,
                       ""},
        TransitionCase{"ClosedPublish", State::kClosed, "publish", State::kPublished, ""},
        TransitionCase{"ClosedClose", State::kClosed, "close", State::kClosed, "VACANCY_CLOSED"},
        TransitionCase{"ClosedEdit", State::kClosed, "edit", State::kClosed, "VACANCY_CLOSED"},
        TransitionCase{"ClosedImport", State::kClosed, "import", State::kClosed, "VACANCY_CLOSED"},
        TransitionCase{"ClosedImportPublished", State::kClosed, "replace", State::kPublished, ""}),
    [](const auto& tested) { return tested.param.name; });

TEST(PublishTest, AcceptsTheLastDayItself) {
  Vacancy vacancy = InState(State::kDraft);
  vacancy.expires_on = kToday;
  const Instant last_moment = StartOf(kToday + 1) - Duration(1);
  EXPECT_THAT(Publish(vacancy, last_moment), IsOk());
}

TEST(PublishTest, RefusesTheDayAfter) {
  Vacancy vacancy = InState(State::kDraft);
  vacancy.expires_on = kToday;
  EXPECT_THAT(Publish(vacancy, StartOf(kToday + 1)), HasReason("VACANCY_EXPIRED"));
}

TEST(CreateTest, BeginsAtVersionOneEitherWay) {
  for (const bool publish : {false, true}) {
    const StatusOr<Vacancy> made = Create(InState(State::kClosed), publish, NoonOf(kToday));
    ASSERT_THAT(made, IsOk());
    EXPECT_EQ(made->version, 1);
    EXPECT_EQ(made->state, publish ? State::kPublished : State::kDraft);
    EXPECT_EQ(made->created, NoonOf(kToday));
  }
}

TEST(CreateTest, DoesNotPublishWhatIsOver) {
  Vacancy vacancy = VacancyValue();
  vacancy.expires_on = kToday - 1;
  EXPECT_THAT(Create(vacancy, true, NoonOf(kToday)), HasReason("VACANCY_EXPIRED"));
  EXPECT_THAT(Create(vacancy, false, NoonOf(kToday)), IsOk());
}

TEST(EditTest, KeepsTheIdentityOfTheRecord) {
  Vacancy wanted = InState(State::kClosed);
  wanted.id = VacancyId("other");
  wanted.employer = EmployerId("other");
  wanted.version = 77;
  wanted.openings = 9;
  const Vacancy current = InState(State::kDraft);
  const StatusOr<Vacancy> next = Edit(current, wanted, NoonOf(kToday));
  ASSERT_THAT(next, IsOk());
  EXPECT_EQ(next->id, current.id);
  EXPECT_EQ(next->employer, current.employer);
  EXPECT_EQ(next->state, State::kDraft);
  EXPECT_EQ(next->version, 5);
  EXPECT_EQ(next->openings, 9);
}

TEST(EditTest, ThatSaysNothingNewIsNoVersion) {
  const Vacancy current = InState(State::kPublished);
  const StatusOr<Vacancy> next = Edit(current, current, NoonOf(kToday));
  ASSERT_THAT(next, IsOk());
  EXPECT_EQ(*next, current);
}

}  // namespace
}  // namespace matchgo::vacancies::domain
