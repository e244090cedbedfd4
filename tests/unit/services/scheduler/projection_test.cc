// One test per rule of the projection, named after the rule; and the whole of it once.
#include "services/scheduler/domain/projection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/scheduler/domain/market_ids.h"
#include "services/scheduler/engine/market_file.h"
#include "tests/unit/services/scheduler/records.h"

namespace matchgo::scheduler {
namespace {

using domain::Obstacle;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

TEST(ProjectionTest, DayOneSkillIsRequiredAsItsOwnSkill) {
  EXPECT_THAT(domain::RequiredSkills(VacancyAt("v1")), ElementsAre("care!", "wounds"));
}

TEST(ProjectionTest, DayOneSkillIsHeldByWhoeverHoldsTheSkill) {
  EXPECT_THAT(domain::SkillsHeld(SwitcherAt("s1"), {"care"}),
              ElementsAre("care", "care!", "dutch:4!", "dutch:5!"));
  EXPECT_THAT(domain::SkillsHeld(SwitcherAt("s1"), {"other"}),
              ElementsAre("care", "dutch:4!", "dutch:5!"));
}

TEST(ProjectionTest, DayOneSkillIsTaughtByNoModule) {
  domain::MarketSources sources =
      SourcesOf({SwitcherAt("s1")}, {VacancyAt("v1")}, {StartAt("p1", "a")});
  sources.programmes[0].modules[0].skills = {"care", "wounds"};
  const auto market = domain::Project(sources);
  ASSERT_THAT(market.input.starts, SizeIs(1));
  EXPECT_THAT(market.input.starts[0].modules[0].skills, ElementsAre("care", "wounds"));
}

TEST(ProjectionTest, BeginnersDoNotHoldASkillYet) {
  domain::SwitcherRecord record = SwitcherAt("s1");
  record.dutch_level = 3;
  record.skills = {{.skill = "a", .level = 1}, {.skill = "b", .level = 2}};
  EXPECT_THAT(domain::SkillsHeld(record, {}), ElementsAre("b"));
}

TEST(ProjectionTest, DutchAboveB1IsRequiredLikeADayOneSkill) {
  domain::VacancyRecord record = VacancyAt("v1");
  record.dutch_level = 3;
  EXPECT_THAT(domain::RequiredSkills(record), Not(Contains("dutch:3!")));
  record.dutch_level = 5;
  EXPECT_THAT(domain::RequiredSkills(record), Contains("dutch:5!"));
}

TEST(ProjectionTest, RestrictedVacancyHasAnOccupationOfItsOwn) {
  domain::VacancyRecord record = VacancyAt("v1");
  EXPECT_EQ(domain::OccupationFor(record, kToday), "nurse");
  record.accepted_opleiders = {"o1"};
  EXPECT_EQ(domain::OccupationFor(record, kToday), "@e1/v1");
}

TEST(ProjectionTest, OnlyAcceptedOpleidersServeARestrictedVacancy) {
  domain::VacancyRecord restricted = VacancyAt("v1");
  restricted.accepted_opleiders = {"o1"};
  const auto served = [&](const char* opleider) {
    return domain::OccupationsServed(
        ProgrammeAt("p1"), {.opleider = opleider, .begins = kToday + 60, .earliest = kToday},
        {restricted});
  };
  EXPECT_THAT(served("o1"), ElementsAre("@e1/v1", "nurse"));
  EXPECT_THAT(served("o2"), ElementsAre("nurse"));
  restricted.occupation = "welder";  // accepted, but it does not prepare for the job
  EXPECT_THAT(served("o1"), ElementsAre("nurse"));
}

TEST(ProjectionTest, NobodyBeginsBeforeTheFirstDayOfTheJob) {
  domain::VacancyRecord open = VacancyAt("open");
  domain::VacancyRecord later = VacancyAt("later");
  later.start_from = kToday + 50;
  domain::VacancyRecord also_later = VacancyAt("also_later");
  also_later.start_from = later.start_from;
  domain::VacancyRecord begun = VacancyAt("begun");
  begun.start_from = kToday - 50;
  domain::VacancyRecord restricted = VacancyAt("restricted");
  restricted.start_from = later.start_from;
  restricted.accepted_opleiders = {"o1"};
  domain::StartRecord soon = StartAt("p1", "soon");
  soon.begins_on = kToday + 49;
  domain::StartRecord just = StartAt("p1", "just");
  just.begins_on = kToday + 50;
  const auto market =
      domain::Project(SourcesOf({}, {open, later, also_later, begun, restricted}, {just, soon}));
  const std::string window = "nurse@" + FormatDay(*later.start_from);
  ASSERT_THAT(market.input.vacancies, SizeIs(5));
  EXPECT_EQ(market.input.vacancies[0].occupation, "nurse");
  EXPECT_EQ(market.input.vacancies[1].occupation, window);
  EXPECT_EQ(market.input.vacancies[2].occupation, window) << "those of one day share it";
  EXPECT_EQ(market.input.vacancies[3].occupation, "nurse") << "every start begins later";
  ASSERT_THAT(market.input.starts, SizeIs(2));
  EXPECT_THAT(market.input.starts[0].occupations, ElementsAre("@e1/restricted", "nurse", window));
  EXPECT_THAT(market.input.starts[1].occupations, ElementsAre("nurse"));
}

TEST(ProjectionTest, WhoCouldBeginSoonerWaitsForTheFirstDayOfTheJob) {
  domain::VacancyRecord record = VacancyAt("v1");
  EXPECT_EQ(domain::DirectBeginning(record, kToday + 3), kToday + 3);
  record.start_from = kToday + 50;
  EXPECT_EQ(domain::DirectBeginning(record, kToday + 3), kToday + 50);
  EXPECT_EQ(domain::DirectBeginning(record, kToday + 60), kToday + 60);
}

TEST(ProjectionTest, WhatHasNoPointIsNowhere) {
  domain::SwitcherRecord switcher = SwitcherAt("s1");
  switcher.x = 0;
  switcher.y = 0;
  EXPECT_THAT(domain::ObstaclesOn(switcher, kToday), ElementsAre(Obstacle::kNoLocation));
  domain::VacancyRecord vacancy = VacancyAt("v1");
  vacancy.x = 0;
  vacancy.y = 0;
  domain::StartRecord online = StartAt("p1", "online");
  domain::StartRecord classroom = StartAt("p1", "classroom");
  classroom.online = false;
  const auto market = domain::Project(SourcesOf({switcher}, {vacancy}, {online, classroom}));
  EXPECT_THAT(market.input.switchers, IsEmpty());
  EXPECT_THAT(market.input.vacancies, IsEmpty());
  ASSERT_THAT(market.input.starts, SizeIs(1)) << "nobody travels to an online start";
  EXPECT_EQ(market.input.starts[0].id, "o1/p1/online");
  EXPECT_EQ(market.kept_out.at(Obstacle::kNoLocation), 1);
}

TEST(ProjectionTest, GuidanceCapacityCapsTheOpeningsAndTakenSeatsCount) {
  struct Row {
    const char* name;
    int32_t openings, guidance, taken, left;
  };
  const Row rows[] = {{"no cap", 5, 0, 0, 5},
                      {"capped", 5, 2, 0, 2},
                      {"taken", 5, 0, 3, 2},
                      {"capped and taken", 5, 2, 1, 1},
                      {"guidance is full", 5, 2, 2, 0},
                      {"more guidance than jobs", 2, 9, 0, 2}};
  for (const Row& row : rows) {
    domain::VacancyRecord record = VacancyAt("v1");
    record.guidance_capacity = row.guidance;
    EXPECT_EQ(domain::OpeningsLeft(record, row.openings, row.taken), row.left) << row.name;
  }
}

TEST(ProjectionTest, RollingStartIsOneStartAMonth) {
  domain::StartRecord record = StartAt("p1", "a");
  record.rhythm = domain::Rhythm::kRolling;
  record.begins_on = Day::FromCivil(2026, 1, 31);
  const std::vector<Day> days = domain::Beginnings(record, Day::FromCivil(2026, 11, 9));
  EXPECT_THAT(days, ElementsAre(Day::FromCivil(2026, 11, 30), Day::FromCivil(2026, 12, 31),
                                Day::FromCivil(2027, 1, 31), Day::FromCivil(2027, 2, 28),
                                Day::FromCivil(2027, 3, 31), Day::FromCivil(2027, 4, 30)));
  const auto market = domain::Project(SourcesOf({}, {}, {record}));
  ASSERT_THAT(market.input.starts, SizeIs(6));
  EXPECT_EQ(market.input.starts[0].id, "o1/p1/a@2026-11");
  EXPECT_EQ(market.seats[0].resource, record.name + "@2026-11");
}

TEST(ProjectionTest, RollingStartBeforeItsFirstMonthWaitsForIt) {
  domain::StartRecord record = StartAt("p1", "a");
  record.rhythm = domain::Rhythm::kRolling;
  record.begins_on = Day::FromCivil(2027, 2, 1);
  EXPECT_EQ(domain::Beginnings(record, kToday).front(), Day::FromCivil(2027, 2, 1));
}

TEST(ProjectionTest, FixedStartLeavesOnceItWouldBeginBeforeTheAnswers) {
  domain::StartRecord record = StartAt("p1", "a");
  record.begins_on = kToday + 7;
  EXPECT_THAT(domain::Beginnings(record, kToday + 7), SizeIs(1));
  EXPECT_THAT(domain::Beginnings(record, kToday + 8), IsEmpty());
}

TEST(ProjectionTest, NoticePeriodMovesTheFirstDay) {
  domain::SwitcherRecord record = SwitcherAt("s1");
  EXPECT_EQ(domain::AvailableIn(record, kToday), 0);
  record.notice_days = 60;
  EXPECT_EQ(domain::AvailableIn(record, kToday), 0) << "without a job there is nothing to give up";
  record.employed = true;
  EXPECT_EQ(domain::AvailableIn(record, kToday), 60);
  record.available_from = kToday + 90;
  EXPECT_EQ(domain::AvailableIn(record, kToday), 90);
  record.available_from = kToday - 90;
  record.employed = false;
  EXPECT_EQ(domain::AvailableIn(record, kToday), 0);
}

TEST(ProjectionTest, ProfileNotConfirmedFor180DaysIsStale) {
  domain::SwitcherRecord record = SwitcherAt("s1");
  record.last_confirmed = kToday - 180;
  EXPECT_THAT(domain::ObstaclesOn(record, kToday), IsEmpty());
  EXPECT_THAT(domain::ObstaclesOn(record, kToday + 1), ElementsAre(Obstacle::kStale));
}

TEST(ProjectionTest, TestsAreLookedAtOnTheDayOfTheFreeze) {
  domain::SwitcherRecord record = SwitcherAt("s1");
  record.tests[0].valid_until = kToday;
  EXPECT_TRUE(domain::HasPassedTest(record, kToday));
  EXPECT_FALSE(domain::HasPassedTest(record, kToday + 1)) << "expired";
  record.tests[0].taken_on = kToday + 1;
  EXPECT_FALSE(domain::HasPassedTest(record, kToday)) << "not taken yet";
  record = SwitcherAt("s1");
  record.tests[0].score = record.tests[0].norm;
  EXPECT_TRUE(domain::HasPassedTest(record, kToday));
  --record.tests[0].score;
  EXPECT_THAT(domain::ObstaclesOn(record, kToday), ElementsAre(Obstacle::kNoValidTest));
}

TEST(ProjectionTest, WithdrawnConsentKeepsHerOut) {
  domain::SwitcherRecord record = SwitcherAt("s1");
  record.matching_consents[0].withdrawn_on = kToday;
  EXPECT_THAT(domain::ObstaclesOn(record, kToday - 1), IsEmpty());
  EXPECT_THAT(domain::ObstaclesOn(record, kToday), ElementsAre(Obstacle::kNoConsent));
}

TEST(ProjectionTest, StandingObstaclesOfProfilesKeepHerOut) {
  for (const Obstacle obstacle : {Obstacle::kWithdrawn, Obstacle::kLanguage, Obstacle::kEducation,
                                  Obstacle::kNoExperience, Obstacle::kNoLocation}) {
    domain::SwitcherRecord record = SwitcherAt("s1");
    record.standing = {obstacle};
    const auto market = domain::Project(SourcesOf({record, SwitcherAt("s2")}, {}, {}));
    ASSERT_THAT(market.input.switchers, SizeIs(1)) << domain::ObstacleName(obstacle);
    EXPECT_EQ(market.input.switchers[0].id, "s2");
    EXPECT_EQ(market.kept_out.at(obstacle), 1);
  }
}

TEST(ProjectionTest, WhoHasAContractOrAnOpenOfferLeaves) {
  domain::MarketSources sources =
      SourcesOf({SwitcherAt("s1"), SwitcherAt("s2"), SwitcherAt("s3")}, {}, {});
  sources.with_contract = {"s1"};
  sources.with_offer = {"s2"};
  const auto market = domain::Project(sources);
  ASSERT_THAT(market.input.switchers, SizeIs(1));
  EXPECT_EQ(market.input.switchers[0].id, "s3");
}

TEST(ProjectionTest, AptitudeIsTheBestValidResultPerSector) {
  domain::SwitcherRecord record = SwitcherAt("s1");  // 700 everywhere
  const auto test = [](const char* sector, int32_t score, Day until) {
    return domain::TestTaken{
        .sector = sector, .norm = 1, .score = score, .taken_on = kToday, .valid_until = until};
  };
  record.tests.push_back(test("ict", 300, kToday));
  record.tests.push_back(test("ict", 400, kToday));
  record.tests.push_back(test("bouw", 900, kToday - 1));
  EXPECT_THAT(domain::AptitudeOn(record, kToday, {"ict", "zorg"}),
              ElementsAre(std::make_pair("ict", 400), std::make_pair("zorg", 700)));
}

TEST(ProjectionTest, WhoeverWaitsLongestChoosesFirst) {
  EXPECT_EQ(domain::PriorityOn(SwitcherAt("s1"), kToday), -40);
}

TEST(ProjectionTest, OnlyPublishedVacanciesOfTheDayTakePart) {
  struct Row {
    const char* name;
    void (*change)(domain::VacancyRecord&);
    bool takes_part;
  };
  const Row rows[] = {
      {"as it is", [](domain::VacancyRecord&) {}, true},
      {"draft or closed", [](domain::VacancyRecord& v) { v.published = false; }, false},
      {"last day", [](domain::VacancyRecord& v) { v.expires_on = kToday; }, true},
      {"expired", [](domain::VacancyRecord& v) { v.expires_on = kToday - 1; }, false},
      {"nobody can be ready", [](domain::VacancyRecord& v) { v.ready_by = kToday - 1; }, false},
  };
  for (const Row& row : rows) {
    domain::VacancyRecord record = VacancyAt("v1");
    row.change(record);
    EXPECT_EQ(domain::TakesPart(record, kToday), row.takes_part) << row.name;
  }
}

TEST(ProjectionTest, OnlyOpenStartsOfActiveProgrammesTakePart) {
  struct Row {
    const char* name;
    void (*change)(domain::StartRecord&, domain::ProgrammeRecord&);
    bool takes_part;
  };
  const Row rows[] = {
      {"as it is", [](domain::StartRecord&, domain::ProgrammeRecord&) {}, true},
      {"closed",
       [](domain::StartRecord& s, domain::ProgrammeRecord&) {
         s.state = domain::StartState::kClosed;
       },
       false},
      {"cancelled",
       [](domain::StartRecord& s, domain::ProgrammeRecord&) {
         s.state = domain::StartState::kCancelled;
       },
       false},
      {"retired programme",
       [](domain::StartRecord&, domain::ProgrammeRecord& p) { p.active = false; }, false},
      {"groups of a company only",
       [](domain::StartRecord& s, domain::ProgrammeRecord&) { s.groups_only = true; }, false},
  };
  for (const Row& row : rows) {
    domain::StartRecord start = StartAt("p1", "a");
    domain::ProgrammeRecord programme = ProgrammeAt("p1");
    row.change(start, programme);
    EXPECT_EQ(domain::TakesPart(start, programme), row.takes_part) << row.name;
  }
}

TEST(ProjectionTest, PeopleAlreadyInCountForCapacityAndMinimum) {
  domain::StartRecord record = StartAt("p1", "a");
  record.minimum = 4;
  domain::MarketSources sources = SourcesOf({}, {}, {record});
  sources.taken[record.name] = 3;
  const auto market = domain::Project(sources);
  ASSERT_THAT(market.input.starts, SizeIs(1));
  EXPECT_EQ(market.input.starts[0].capacity, 7);
  EXPECT_EQ(market.input.starts[0].min, 1);
  EXPECT_EQ(market.seats[0].capacity, 10);
}

TEST(ProjectionTest, PastItsDecisionDateOnlyAStartThatRunsTakesMore) {
  domain::StartRecord record = StartAt("p1", "a");
  record.minimum = 4;
  record.decides_on = kToday;
  domain::MarketSources sources = SourcesOf({}, {}, {record});
  EXPECT_THAT(domain::Project(sources).input.starts, IsEmpty());
  sources.cohorts[record.name] = {.state = domain::CohortState::kRuns};
  EXPECT_THAT(domain::Project(sources).input.starts, SizeIs(1));
  sources.cohorts[record.name] = {.state = domain::CohortState::kCancelled};
  EXPECT_THAT(domain::Project(sources).input.starts, IsEmpty());
}

TEST(ProjectionTest, AStartAtAMinimumBeginsOnTheDayItWasConfirmedFor) {
  struct Row {
    const char* name;
    std::optional<domain::Cohort> decided;
    std::vector<int64_t> begins;
  };
  const Row rows[] = {
      {"until then on its latest day", std::nullopt, {60}},
      {"confirmed", domain::Cohort{domain::CohortState::kRuns, kToday + 20}, {20}},
      {"decided on its date", domain::Cohort{domain::CohortState::kRuns, {}}, {60}},
      {"before the answers are due", domain::Cohort{domain::CohortState::kRuns, kToday + 6}, {}},
      {"cancelled", domain::Cohort{domain::CohortState::kCancelled, {}}, {}},
  };
  for (const Row& row : rows) {
    domain::StartRecord record = StartAt("p1", "a");
    record.rhythm = domain::Rhythm::kAtMinimum;
    record.minimum = 4;
    domain::MarketSources sources = SourcesOf({}, {}, {record});
    if (row.decided.has_value()) sources.cohorts[record.name] = *row.decided;
    std::vector<int64_t> begins;
    for (const auto& start : domain::Project(sources).input.starts) begins.push_back(start.begins);
    EXPECT_EQ(begins, row.begins) << row.name;
  }
}

TEST(ProjectionTest, ReleasedSeatsAreGoneBeforeTheFeedSaysSo) {
  domain::VacancyRecord vacancy = VacancyAt("v1");
  vacancy.openings = 5;
  domain::MarketSources sources = SourcesOf({}, {vacancy}, {});
  sources.seats_at_most[vacancy.name] = 2;
  EXPECT_EQ(domain::Project(sources).input.vacancies[0].openings, 2);
}

TEST(ProjectionTest, NobodyIsSentBackToWhoRefusedHer) {
  domain::MarketSources sources =
      SourcesOf({SwitcherAt("s1")}, {VacancyAt("v1")}, {StartAt("p1", "a"), StartAt("p1", "b")});
  sources.refusals = {
      {.switcher = "s1", .vacancy = "employers/e1/vacancies/v1", .start_seats = ""},
      {.switcher = "gone", .vacancy = "employers/e1/vacancies/v1", .start_seats = ""}};
  EXPECT_THAT(domain::Project(sources).input.declined, SizeIs(3)) << "direct and both starts";
  sources.refusals[0].start_seats = StartAt("p1", "b").name;
  const auto one = domain::Project(sources).input.declined;
  ASSERT_THAT(one, SizeIs(1));
  EXPECT_EQ(one[0].start, "o1/p1/b");
}

TEST(ProjectionTest, NamesAndMarketIdsAreTheSameThing) {
  EXPECT_EQ(domain::VacancyName(domain::VacancyMarketId("employers/e/vacancies/v")),
            "employers/e/vacancies/v");
  const domain::StartKey key{.name = "opleiders/o/programmes/p/starts/s", .month = "2026-12"};
  EXPECT_EQ(domain::StartMarketId(key), "o/p/s@2026-12");
  EXPECT_EQ(domain::StartOfMarketId("o/p/s@2026-12"), key);
  EXPECT_EQ(domain::StartOfSeats(domain::SeatResource(key)), key);
  EXPECT_EQ(domain::ProgrammeOf(key.name), "opleiders/o/programmes/p");
}

TEST(ProjectionTest, TheWholeIsAMarketWhateverTheOrder) {
  domain::MarketSources sources =
      SourcesOf({SwitcherAt("s1"), SwitcherAt("s2")}, {VacancyAt("v1"), VacancyAt("v2")},
                {StartAt("p1", "a"), StartAt("p1", "b")});
  const auto frozen = engine::BuildMarket(domain::Project(sources).input);
  ASSERT_TRUE(frozen.ok()) << frozen.status();
  std::swap(sources.switchers[0], sources.switchers[1]);
  std::swap(sources.vacancies[0], sources.vacancies[1]);
  std::swap(sources.starts[0], sources.starts[1]);
  const auto again = engine::BuildMarket(domain::Project(sources).input);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(frozen->market.digest, again->market.digest);
  EXPECT_EQ(frozen->market.switcher_count(), 2);
  EXPECT_EQ(frozen->market.vacancy(0).latest_ready, 400);
  EXPECT_EQ(frozen->market.start(0).begins, 60);
  EXPECT_EQ(frozen->market.switcher(0).max_dist, 300);
}

}  // namespace
}  // namespace matchgo::scheduler
