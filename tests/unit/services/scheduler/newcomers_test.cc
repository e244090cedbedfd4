// Newcomers of a running round: who joins, what they get, what stays as it was, and that it
// replays.
#include "services/scheduler/domain/newcomers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <string>

#include "common/sql/event_log.h"
#include "services/scheduler/actions/explain_match.h"
#include "services/scheduler/actions/stored_round.h"
#include "services/scheduler/actions/take_in_newcomers.h"
#include "services/scheduler/domain/market_text.h"
#include "services/scheduler/engine/market_file.h"
#include "services/scheduler/engine/outcome_file.h"
#include "tests/unit/services/scheduler/world.h"

namespace matchgo::scheduler {
namespace {

using domain::Decision;
using domain::OfferState;
using domain::Party;
using domain::RoundState;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

// Newer than any freeze of these tests.
constexpr int64_t kLater = 1000;

class NewcomersTest : public World {
 protected:
  static domain::SwitcherRecord NewSwitcher(const std::string& id) {
    domain::SwitcherRecord record = SwitcherAt(id);
    record.sequence = kLater;
    return record;
  }
  static domain::VacancyRecord NewVacancy(const std::string& id) {
    domain::VacancyRecord record = VacancyAt(id);
    record.sequence = kLater;
    return record;
  }
  TakenIn TakeIn() {
    const auto taken = TakeInNewcomers(*deps, By(Role::kService));
    EXPECT_TRUE(taken.ok()) << taken.status();
    return taken.value_or(TakenIn());
  }
  std::map<std::string, std::string> OpenOffers() {
    std::map<std::string, std::string> open;
    for (const domain::Offer& offer : Offers("open")) {
      open[offer.terms.switcher.value()] = offer.terms.vacancy.substr(23);
    }
    return open;
  }
  std::vector<std::string> Kinds() {
    std::vector<std::string> kinds;
    const auto events =
        *database->Read(By(Role::kOps), [](sql::Tx& tx) { return sql::ReadEvents(tx, 0, 1000); });
    for (const auto& event : events) kinds.push_back(event.kind);
    return kinds;
  }
  void ExpectReplays(const RoundId& id, size_t repairs) {
    const auto stored = ReadStoredRound(*deps, By(Role::kOps), id);
    ASSERT_TRUE(stored.ok()) << stored.status();
    ASSERT_EQ(stored->repairs.size(), repairs);
    for (const StoredRepair& repair : stored->repairs) {
      const auto market = engine::ParseMarket(repair.market, "market");
      const auto before = engine::ParseOutcome(repair.outcome, "outcome");
      ASSERT_TRUE(market.ok() && before.ok()) << market.status() << before.status();
      EXPECT_EQ(market->digest, repair.digest);
      const auto again = engine::ClearMarket(*market, {.weights = before->weights, .clear = {}});
      ASSERT_TRUE(again.ok());
      EXPECT_EQ(engine::FormatOutcome(*again), repair.outcome) << "repair " << repair.number;
    }
  }
};

TEST_F(NewcomersTest, SomebodyNewGetsWhatIsFree) {
  Fill(1, 2);
  const domain::Round round = Publish();
  EXPECT_EQ(TakeIn(), TakenIn()) << "nobody is new";
  profiles.Put(NewSwitcher("t"));
  const auto before = Offers("open");
  EXPECT_EQ(TakeIn(), (TakenIn{.switchers = 1, .vacancies = 0, .offers = 1}));
  const auto open = OpenOffers();
  ASSERT_THAT(open, SizeIs(2));
  EXPECT_EQ(open.at("s0"), before[0].terms.vacancy.substr(23));
  EXPECT_NE(open.at("t"), open.at("s0"));
  const domain::Round now = Round(round.id);
  EXPECT_EQ(now.summary.switchers, 2);
  EXPECT_EQ(now.summary.newcomers, 1);
  EXPECT_EQ(now.summary.open, 2);
  EXPECT_EQ(now.market_digest, round.market_digest);
  EXPECT_THAT(Kinds(), Contains("round.extended"));
  EXPECT_EQ(TakeIn(), TakenIn()) << "she joined already";
  ExpectReplays(round.id, 1);
}

// s0 would lose her place to somebody who scores more, were it not hers already.
TEST_F(NewcomersTest, WhatIsOutOrAcceptedIsNotTakenAway) {
  Fill(2, 2);
  const domain::Round round = Publish();
  AcceptAll(Offers("open")[0]);
  const auto before = OpenOffers();
  domain::SwitcherRecord better = NewSwitcher("t");
  better.salary_now = 250000;
  profiles.Put(better);
  EXPECT_EQ(TakeIn(), (TakenIn{.switchers = 1, .vacancies = 0, .offers = 0}));
  EXPECT_EQ(OpenOffers(), before);
  EXPECT_THAT(Contracts("active"), SizeIs(1));
  ExpectReplays(round.id, 1);
  // A no gives her what became free.
  ASSERT_TRUE(Answer(Offers("open")[0].id, Party::kSwitcher, Decision::kDecline).ok());
  Tick();
  EXPECT_THAT(OpenOffers(), ElementsAre(testing::Key("t")));
  shelf.Clear();  // as after a restart
  ExpectReplays(round.id, 2);
}

TEST_F(NewcomersTest, ANewVacancyIsForWhoHasNothing) {
  Fill(2, 1);
  const domain::Round round = Publish();
  EXPECT_THAT(OpenOffers(), SizeIs(1));
  vacancies.Put(NewVacancy("w"));
  EXPECT_EQ(TakeIn(), (TakenIn{.switchers = 0, .vacancies = 1, .offers = 1}));
  EXPECT_THAT(OpenOffers(), SizeIs(2));
  EXPECT_EQ(Seats("employers/e1/vacancies/w"), (store::SeatCount{0, 1, 0}));
  EXPECT_EQ(Round(round.id).summary.vacancies, 2);
  EXPECT_EQ(Round(round.id).summary.openings, 2);
  // When she says no, the opening is free again and nobody else is there to have it.
  for (const domain::Offer& offer : Offers("open")) {
    if (offer.terms.vacancy.ends_with("/w")) {
      ASSERT_TRUE(Answer(offer.id, Party::kSwitcher, Decision::kDecline).ok());
    }
  }
  EXPECT_EQ(Seats("employers/e1/vacancies/w"), (store::SeatCount{1, 0, 0}));
  profiles.Put(NewSwitcher("t"));
  Tick();
  clock.AdvanceBy(domain::kNewcomersEvery);
  Tick();
  EXPECT_EQ(OpenOffers().at("t"), "w") << "all of its openings count, not those of that day";
  ExpectReplays(round.id, 3);
}

// s0 was in a market in which nobody asked for any of this.
TEST_F(NewcomersTest, WhatNobodyAskedBeforeIsKnownOfThoseWhoWereIn) {
  struct Row {
    const char* name;
    std::function<void(domain::VacancyRecord&)> ask;
    bool offered;
  };
  const std::vector<Row> rows = {
      {"a skill on day one that she has", [](auto& v) { v.day_one_skills = {"listening"}; }, true},
      {"one that she does not have", [](auto& v) { v.day_one_skills = {"singing"}; }, false},
      {"the same skill again", [](auto& v) { v.day_one_skills = {"listening"}; }, true},
      {"an accepted opleider", [](auto& v) { v.accepted_opleiders = {"o1"}; }, true},
      {"another opleider", [](auto& v) { v.accepted_opleiders = {"o2"}; }, false},
      {"a first day before the start", [](auto& v) { v.start_from = kToday + 50; }, true},
      {"a first day after the start", [](auto& v) { v.start_from = kToday + 70; }, false},
  };
  domain::SwitcherRecord record = SwitcherAt("s0");
  record.skills.push_back({.skill = "listening", .level = 3});
  profiles.Put(record);
  programmes.Put(StartAt("p1", "a"));
  const domain::Round round = Publish();
  int number = 0;
  size_t repairs = 0;
  for (const Row& row : rows) {
    domain::VacancyRecord vacancy = NewVacancy("w" + std::to_string(number++));
    row.ask(vacancy);
    vacancies.Put(vacancy);
    ++repairs;
    EXPECT_EQ(TakeIn(), (TakenIn{.switchers = 0, .vacancies = 1, .offers = row.offered ? 1 : 0}))
        << row.name;
    for (const domain::Offer& offer : Offers("open")) {
      EXPECT_EQ(offer.terms.vacancy, vacancy.name) << row.name;
      ASSERT_TRUE(Answer(offer.id, Party::kEmployer, Decision::kDecline).ok());
      ASSERT_TRUE(Advance(round, RoundState::kPublished).ok());
      ++repairs;
    }
  }
  ExpectReplays(round.id, repairs);
}

TEST_F(NewcomersTest, WhoDoesNotJoin) {
  struct Row {
    const char* name;
    std::function<void(domain::SwitcherRecord&)> change;
  };
  const std::vector<Row> rows = {
      {"whose record is as it was at the freeze", [](auto& r) { r.sequence = 1; }},
      {"who gave no consent", [](auto& r) { r.matching_consents.clear(); }},
      {"whose test was not passed", [](auto& r) { r.tests[0].score = 100; }},
      {"who has no home", [](auto& r) { r.x = r.y = 0; }},
  };
  Fill(1, 2);
  Publish();
  for (const Row& row : rows) {
    domain::SwitcherRecord record = NewSwitcher("t");
    row.change(record);
    profiles.Put(record);
    EXPECT_EQ(TakeIn(), TakenIn()) << row.name;
  }
  profiles.records.erase("t");
  domain::VacancyRecord closed = NewVacancy("w");
  closed.published = false;
  vacancies.Put(closed);
  EXPECT_EQ(TakeIn(), TakenIn()) << "a vacancy that is not published";
}

TEST_F(NewcomersTest, BetweenRoundsOnly) {
  Fill(1, 2);
  profiles.Put(NewSwitcher("t"));
  EXPECT_EQ(TakeIn(), TakenIn()) << "there is no round";
  const domain::Round round = Create();
  profiles.records.erase("t");
  ASSERT_TRUE(Advance(round, RoundState::kVerified).ok());
  profiles.Put(NewSwitcher("t"));
  EXPECT_EQ(TakeIn(), TakenIn()) << "nothing is published yet";
  ASSERT_TRUE(Advance(round, RoundState::kPublished).ok());
  clock.AdvanceBy(std::chrono::hours(24) * domain::kMatchPhaseDays);
  EXPECT_EQ(TakeIn(), TakenIn()) << "no time is left to answer";
}

TEST_F(NewcomersTest, TheRunnerLooksOnceAnHour) {
  Fill(1, 3);
  Publish();
  Tick();
  profiles.Put(NewSwitcher("t"));
  clock.AdvanceBy(domain::kNewcomersEvery - std::chrono::microseconds(1));
  Tick();
  EXPECT_THAT(OpenOffers(), SizeIs(1));
  clock.AdvanceBy(std::chrono::microseconds(1));
  Tick();
  EXPECT_THAT(OpenOffers(), SizeIs(2));
}

TEST_F(NewcomersTest, TheSumHoldsAtTheClose) {
  Fill(2, 1);
  const domain::Round round = Publish();
  profiles.Put(NewSwitcher("t"));
  profiles.Put(NewSwitcher("u"));
  vacancies.Put(NewVacancy("w"));
  EXPECT_EQ(TakeIn().switchers, 2);
  for (const domain::Offer& offer : Offers("open")) AcceptAll(offer);
  Tick();
  const domain::Round closed = Round(round.id);
  ASSERT_EQ(closed.state, RoundState::kClosed);
  EXPECT_EQ(closed.summary.switchers, 4);
  EXPECT_EQ(closed.summary.newcomers, 2);
  EXPECT_EQ(closed.summary.contracts, 2);
  EXPECT_EQ(closed.summary.unmatched, 2);
  EXPECT_THAT(Adverse(round.id), SizeIs(2));
}

TEST_F(NewcomersTest, AnErasedNewcomerIsForgotten) {
  Fill(1, 2);
  const domain::Round round = Publish();
  Tick();
  profiles.Put(NewSwitcher("t"));
  EXPECT_EQ(TakeIn().offers, 1);
  profiles.Erase("t");
  Tick();
  Tick();
  EXPECT_THAT(OpenOffers(), SizeIs(1));
  const auto stored = ReadStoredRound(*deps, By(Role::kOps), round.id);
  ASSERT_TRUE(stored.ok()) << stored.status();
  for (const StoredRepair& repair : stored->repairs) {
    EXPECT_EQ(repair.market.find("\"t\","), std::string::npos) << repair.market;
  }
}

TEST_F(NewcomersTest, WhoRefusedHerInAnEarlierRoundIsNotAskedAgain) {
  Fill(1, 1);
  const domain::Round first = Publish();
  ASSERT_TRUE(Answer(Offers("open").at(0).id, Party::kEmployer, Decision::kDecline).ok());
  ASSERT_TRUE(Advance(first, RoundState::kClosed).ok());
  // She is not in the next market, and comes back.
  const domain::SwitcherRecord her = profiles.records.at("s0");
  profiles.records.erase("s0");
  Publish();
  domain::SwitcherRecord again = her;
  again.sequence = kLater;
  profiles.Put(again);
  EXPECT_EQ(TakeIn(), (TakenIn{.switchers = 1, .vacancies = 0, .offers = 0}));
  profiles.Put(NewSwitcher("t"));
  EXPECT_EQ(TakeIn(), (TakenIn{.switchers = 1, .vacancies = 0, .offers = 1})) << "others are";
}

TEST(WithNamesTest, PutsNamesInTheirPlaceOnce) {
  struct Row {
    const char* name;
    const char* line;
    std::vector<std::string> more;
    const char* wanted;
  };
  for (const Row& row :
       {Row{"between", R"({"a":["b","d"],"z":1})", {"c"}, R"({"a":["b","c","d"],"z":1})"},
        Row{"into nothing", R"({"a":[],"z":1})", {"c"}, R"({"a":["c"],"z":1})"},
        Row{"what is there", R"({"a":["c"],"z":1})", {"c"}, R"({"a":["c"],"z":1})"},
        Row{"no such list", R"({"b":["c"]})", {"d"}, R"({"b":["c"]})"}}) {
    EXPECT_EQ(domain::WithNames(row.line, R"("a":[)", row.more), row.wanted) << row.name;
  }
}

}  // namespace
}  // namespace matchgo::scheduler
