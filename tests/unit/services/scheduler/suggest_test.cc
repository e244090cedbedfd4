// Suggestions on a small market: what is found and said, pages, rooms, and when the market is
// renewed. Against brute force: tests/property/suggest_property_test.cc.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/scheduler/actions/refresh_view.h"
#include "services/scheduler/actions/suggest_contracts.h"
#include "tests/unit/services/scheduler/world.h"

namespace matchgo::scheduler {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class SuggestTest : public World {
 protected:
  Refreshed Refresh() {
    auto refreshed = refresher_.Refresh(By(Role::kService));
    EXPECT_TRUE(refreshed.ok()) << refreshed.status();
    return refreshed.value_or(Refreshed::kNothing);
  }
  // Of the profile that everything is possible for, at home near the jobs.
  static SuggestCommand Anybody() {
    SuggestCommand command;
    command.profile = SwitcherAt("");
    command.home = {.x = 1000, .y = 4000};
    return command;
  }
  StatusOr<Suggested> Ask(const SuggestCommand& command, Role role = Role::kAnonymous,
                          const std::string& id = "", const std::string& tenant = "") {
    return SuggestContracts(*deps, By(role, id, tenant), command);
  }
  std::vector<std::string> Vacancies(const SuggestCommand& command) {
    const auto suggested = Ask(command);
    EXPECT_TRUE(suggested.ok()) << suggested.status();
    std::vector<std::string> ids;
    if (!suggested.ok()) return ids;
    for (const Suggestion& one : suggested->suggestions) ids.push_back(one.vacancy.substr(23));
    return ids;
  }
  // Vacancies that differ in what they pay, best paid last; all pay less than she earns.
  void PutVacancies(int count) {
    for (int i = 0; i < count; ++i) {
      domain::VacancyRecord vacancy = VacancyAt("v" + std::to_string(i));
      vacancy.title = "Verpleegkundige " + std::to_string(i);
      vacancy.salary_max = 260000 + 1000 * i;
      vacancies.Put(vacancy);
    }
    programmes.Put(StartAt("p1", "a"));
  }

  ViewRefresher refresher_{*deps};
};

TEST_F(SuggestTest, SaysWhatSheLearnsUntilWhenAndWhy) {
  PutVacancies(1);
  Refresh();
  SuggestCommand command = Anybody();
  command.home = {.x = 1003, .y = 4004};
  const auto suggested = Ask(command);
  ASSERT_TRUE(suggested.ok()) << suggested.status();
  ASSERT_THAT(suggested->suggestions, SizeIs(1));
  const Suggestion& one = suggested->suggestions[0];
  EXPECT_EQ(one.vacancy, "employers/e1/vacancies/v0");
  EXPECT_EQ(one.title, "Verpleegkundige 0");
  EXPECT_EQ(one.occupation, "nurse");
  EXPECT_EQ(one.sector, "zorg");
  EXPECT_EQ(one.start.name, "opleiders/o1/programmes/p1/starts/a");
  EXPECT_THAT(one.learns, ElementsAre("wounds"));
  EXPECT_THAT(one.plan.modules, ElementsAre(domain::PlannedModule{.id = "m1", .hours = 80}));
  EXPECT_EQ(one.plan.begins_on, kToday + 60);
  EXPECT_EQ(one.plan.ready_on, kToday + 130) << "80 hours at 8 a week";
  EXPECT_EQ(one.terms.salary_max, 260000);
  EXPECT_EQ(one.terms.distance, 5) << "3, 4, 5";
  EXPECT_EQ(one.start_distance, 0) << "online";
  EXPECT_TRUE(one.has_room);
  ASSERT_THAT(one.sentences, SizeIs(5));
  EXPECT_THAT(one.sentences[3].nl, HasSubstr("1 module, 80 studie-uren"));
  EXPECT_EQ(one.sentences[4].nl,
            "Het werk is 0,5 km van uw huis en betaalt tot € 2.600 per maand bij 32 uur per week.");
  EXPECT_EQ(one.sentences[4].en,
            "The job is 0.5 km from your home and pays up to €2,600 a month for 32 hours a week.");
  EXPECT_FALSE(suggested->next.has_value());
  EXPECT_EQ(suggested->as_of, clock.Now());
  EXPECT_EQ(suggested->position.vacancies, vacancies.sequence);
  EXPECT_THAT(suggested->obstacles, IsEmpty());
}

TEST_F(SuggestTest, WhoCanDoItAlreadyNeedsNoStartAndIsExempted) {
  PutVacancies(1);
  domain::VacancyRecord second = VacancyAt("w");
  second.learnable_skills = {"wounds", "plaster"};
  vacancies.Put(second);
  programmes.programmes[0].modules.push_back({.id = "m2",
                                              .skills = {"plaster"},
                                              .hours = 40,
                                              .core = false,
                                              .recognition = engine::Recognition::kNone,
                                              .after = {}});
  programmes.Put(StartAt("p1", "a"));
  Refresh();
  SuggestCommand command = Anybody();
  command.profile.skills.push_back({.skill = "wounds", .level = 3});
  const auto suggested = Ask(command);
  ASSERT_TRUE(suggested.ok()) << suggested.status();
  ASSERT_THAT(suggested->suggestions, SizeIs(2));
  const Suggestion& direct = suggested->suggestions[0];
  EXPECT_EQ(direct.start.name, "");
  EXPECT_THAT(direct.learns, IsEmpty());
  EXPECT_THAT(direct.sentences[3].en, HasSubstr("need not learn anything"));
  const Suggestion& learns = suggested->suggestions[1];
  EXPECT_THAT(learns.learns, ElementsAre("plaster"));
  EXPECT_THAT(learns.exempt_modules, ElementsAre("m1"));
  EXPECT_EQ(learns.sentences[5].nl,
            "Voor 1 module krijgt u vrijstelling: u beheerst wat zij leert.");
}

TEST_F(SuggestTest, PagesGoOnWhereTheLastOneEnded) {
  PutVacancies(7);
  Refresh();
  SuggestCommand command = Anybody();
  command.limit = 3;
  std::vector<std::string> ids;
  int pages = 0;
  for (bool more = true; more; ++pages) {
    const auto page = Ask(command);
    ASSERT_TRUE(page.ok()) << page.status();
    for (const Suggestion& one : page->suggestions) ids.push_back(one.vacancy.substr(23));
    more = page->next.has_value();
    command.after = page->next;
  }
  EXPECT_THAT(ids, ElementsAre("v6", "v5", "v4", "v3", "v2", "v1", "v0"));
  EXPECT_EQ(pages, 3);
}

TEST_F(SuggestTest, APageGoesOnInARenewedMarket) {
  PutVacancies(4);
  Refresh();
  SuggestCommand command = Anybody();
  command.limit = 2;
  command.after = Ask(command)->next;
  ASSERT_TRUE(command.after.has_value());
  vacancies.records.erase("employers/e1/vacancies/v2");  // where the first page ended
  domain::VacancyRecord between = VacancyAt("w");
  between.salary_max = 260500;
  vacancies.Put(between);
  domain::VacancyRecord above = VacancyAt("x");
  above.salary_max = 300000;
  vacancies.Put(above);
  EXPECT_EQ(Refresh(), Refreshed::kMarket);
  EXPECT_THAT(Vacancies(command), ElementsAre("v1", "w"));
}

TEST_F(SuggestTest, OfEachOccupationOnlyTheBest) {
  PutVacancies(3);
  for (const char* occupation : {"baker", "carer"}) {
    for (int i = 0; i < 2; ++i) {
      domain::VacancyRecord vacancy = VacancyAt(occupation + std::to_string(i));
      vacancy.occupation = occupation;
      vacancy.salary_max = 255000 + 1000 * i + (occupation[0] == 'b' ? 0 : 500);
      // A first day of its own makes an occupation of its own in a market, not in the vocabulary.
      if (i == 1) vacancy.start_from = kToday + 30;
      vacancies.Put(vacancy);
    }
  }
  programmes.programmes[0].occupations = {"baker", "carer", "nurse"};
  Refresh();
  SuggestCommand command = Anybody();
  command.distinct_occupations = true;
  EXPECT_THAT(Vacancies(command), ElementsAre("v2", "carer1", "baker1"));
  command.limit = 1;
  std::vector<std::string> ids;
  for (bool more = true; more;) {
    const auto page = Ask(command);
    ASSERT_TRUE(page.ok());
    for (const Suggestion& one : page->suggestions) ids.push_back(one.vacancy.substr(23));
    more = page->next.has_value();
    command.after = page->next;
  }
  EXPECT_THAT(ids, ElementsAre("v2", "carer1", "baker1")) << "none is shown twice";
}

TEST_F(SuggestTest, FullPlacesAreShownAsFullOrLeftOut) {
  PutVacancies(2);
  for (const char* id : {"s0", "s1", "s2"}) profiles.Put(SwitcherAt(id));
  Refresh();
  EXPECT_THAT(Vacancies(Anybody()), ElementsAre("v1", "v0"));
  Publish();  // both openings are offered
  EXPECT_EQ(Refresh(), Refreshed::kSeats);
  const auto all = Ask(Anybody());
  ASSERT_THAT(all->suggestions, SizeIs(2));
  EXPECT_FALSE(all->suggestions[0].has_room);
  EXPECT_EQ(all->suggestions[0].sentences.back().en, "At this moment no place is free.");
  SuggestCommand command = Anybody();
  command.only_with_room = true;
  const auto none = Ask(command);
  EXPECT_THAT(none->suggestions, IsEmpty());
  ASSERT_THAT(none->sentences, SizeIs(1));
  EXPECT_THAT(none->sentences[0].nl, HasSubstr("waar nu plaats is"));
  // A no frees the seat again.
  ASSERT_TRUE(Answer(Offers()[0].id, domain::Party::kEmployer, domain::Decision::kDecline).ok());
  Refresh();
  EXPECT_THAT(Vacancies(command), SizeIs(1));
}

TEST_F(SuggestTest, AFullStartLeavesNoRoom) {
  PutVacancies(2);
  domain::StartRecord start = StartAt("p1", "a");
  start.capacity = 1;
  programmes.Put(start);
  profiles.Put(SwitcherAt("s0"));
  Publish();
  Refresh();
  SuggestCommand command = Anybody();
  EXPECT_THAT(Vacancies(command), SizeIs(2));
  command.only_with_room = true;
  EXPECT_THAT(Vacancies(command), IsEmpty());
}

TEST_F(SuggestTest, AnEmptyMarketHasNothingAndSaysSo) {
  EXPECT_EQ(Refresh(), Refreshed::kMarket);
  const auto suggested = Ask(Anybody());
  ASSERT_TRUE(suggested.ok()) << suggested.status();
  EXPECT_THAT(suggested->suggestions, IsEmpty());
  EXPECT_FALSE(suggested->next.has_value());
  ASSERT_THAT(suggested->sentences, SizeIs(1));
  EXPECT_EQ(suggested->sentences[0].en, "No job fits this profile now, not even with a programme.");
}

TEST_F(SuggestTest, BeforeTheFeedsWereReadThereIsNoMarket) {
  vacancies.synced = false;
  EXPECT_EQ(Refresh(), Refreshed::kNothing);
  EXPECT_EQ(ReasonOf(Ask(Anybody()).status()), "MARKET_NOT_READY");
  EXPECT_EQ(Ask(Anybody()).status().code(), absl::StatusCode::kUnavailable);
}

TEST_F(SuggestTest, AMarketThatIsNotRenewedGrowsStale) {
  PutVacancies(1);
  Refresh();
  const Instant seen = clock.Now();
  clock.AdvanceBy(kViewAgeMax);
  ASSERT_TRUE(Ask(Anybody()).ok()) << "exactly the oldest that is shown";
  EXPECT_EQ(Ask(Anybody())->as_of, seen);
  clock.AdvanceBy(std::chrono::microseconds(1));
  EXPECT_EQ(ReasonOf(Ask(Anybody()).status()), "MARKET_STALE");
  EXPECT_EQ(Refresh(), Refreshed::kNothing) << "nothing changed, and that is known now";
  EXPECT_EQ(Ask(Anybody())->as_of, clock.Now());
}

TEST_F(SuggestTest, RenewsWhatChangedAndNothingElse) {
  struct Row {
    const char* name;
    std::function<void()> change;
    Refreshed wanted;
  };
  PutVacancies(2);
  Refresh();
  const std::vector<Row> rows = {
      {"nothing", [] {}, Refreshed::kNothing},
      {"a switcher", [&] { profiles.Put(SwitcherAt("s0")); }, Refreshed::kNothing},
      {"a vacancy", [&] { vacancies.Put(VacancyAt("w")); }, Refreshed::kMarket},
      {"a start", [&] { programmes.Put(StartAt("p1", "b")); }, Refreshed::kMarket},
      {"seats", [&] { Publish(); }, Refreshed::kSeats},
      {"a second look", [] {}, Refreshed::kNothing},
      {"a lowered capacity",
       [&] {
         ASSERT_TRUE(database
                         ->Write(By(Role::kService),
                                 [](sql::Tx& tx) {
                                   return store::SeatStore(tx).PutLimit(
                                       "employers/e1/vacancies/v0",
                                       {.capacity = 0, .known_sequence = 9});
                                 })
                         .ok());
       },
       Refreshed::kMarket},
      {"a day", [&] { clock.AdvanceBy(std::chrono::hours(24)); }, Refreshed::kMarket},
  };
  for (const Row& row : rows) {
    row.change();
    EXPECT_EQ(Refresh(), row.wanted) << row.name;
  }
}

TEST_F(SuggestTest, ASwitcherIsForHerselfAndHerPartner) {
  struct Row {
    const char* name;
    Role role;
    const char* id;
    const char* tenant;
    const char* reason;
  };
  PutVacancies(1);
  profiles.Put(SwitcherAt("s0"));
  Refresh();
  SuggestCommand hers;
  hers.switcher = SwitcherId("s0");
  for (const Row& row :
       {Row{"herself", Role::kSwitcher, "s0", "", ""},
        Row{"another switcher", Role::kSwitcher, "s1", "", "NOT_FOUND"},
        Row{"her partner", Role::kPartner, "x", "partner1", ""},
        Row{"another partner", Role::kPartner, "x", "partner2", "NOT_FOUND"},
        Row{"nobody in particular", Role::kAnonymous, "", "", "NOT_FOUND"},
        Row{"operations", Role::kOps, "x", "", ""}, Row{"an auditor", Role::kAuditor, "x", "", ""},
        Row{"a service", Role::kService, "x", "", ""}}) {
    EXPECT_EQ(ReasonOf(Ask(hers, row.role, row.id, row.tenant).status()), row.reason) << row.name;
  }
  hers.switcher = SwitcherId("absent");
  EXPECT_EQ(ReasonOf(Ask(hers, Role::kOps).status()), "NOT_FOUND");
}

TEST_F(SuggestTest, WhatKeepsHerOutOfARoundIsSaidAndDoesNotHideAnything) {
  PutVacancies(1);
  domain::SwitcherRecord record = SwitcherAt("s0");
  record.matching_consents.clear();
  profiles.Put(record);
  Refresh();
  SuggestCommand hers;
  hers.switcher = SwitcherId("s0");
  const auto suggested = Ask(hers, Role::kSwitcher, "s0");
  ASSERT_TRUE(suggested.ok());
  EXPECT_THAT(suggested->suggestions, SizeIs(1));
  EXPECT_THAT(suggested->obstacles, ElementsAre(domain::Obstacle::kNoConsent));
  EXPECT_EQ(suggested->sentences[0].en, "There is no consent to match you.");
}

TEST_F(SuggestTest, AProfileMustHoldTogether) {
  struct Row {
    const char* name;
    std::function<void(SuggestCommand&)> spoil;
    const char* field;
    const char* reason;
  };
  Refresh();
  const std::vector<Row> rows = {
      {"more hours at least than at most", [](auto& c) { c.profile.hours_min = 41; },
       "profile.hours_max", "RANGE"},
      {"no home", [](auto& c) { c.home = {}; }, "profile.home", "REQUIRED"},
      {"a postcode nobody knows", [](auto& c) { c.home = {.postcode = "1000 AA"}; },
       "profile.home.postcode", "POSTCODE_UNKNOWN"},
  };
  for (const Row& row : rows) {
    SuggestCommand command = Anybody();
    row.spoil(command);
    const auto refused = Ask(command);
    ASSERT_THAT(ViolationsOf(refused.status()), SizeIs(1)) << row.name;
    EXPECT_EQ(ViolationsOf(refused.status())[0].field, row.field) << row.name;
    EXPECT_EQ(ViolationsOf(refused.status())[0].reason, row.reason) << row.name;
  }
}

TEST_F(SuggestTest, APostcodeIsAHome) {
  domain::VacancyRecord vacancy = VacancyAt("v0");
  vacancy.x = 1365;
  vacancy.y = 4559;
  vacancies.Put(vacancy);
  programmes.Put(StartAt("p1", "a"));
  Refresh();
  SuggestCommand command = Anybody();
  command.home = {.postcode = "3511"};
  EXPECT_THAT(Vacancies(command), SizeIs(1));
}

}  // namespace
}  // namespace matchgo::scheduler
