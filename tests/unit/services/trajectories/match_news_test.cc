#include "services/trajectories/domain/match_news.h"

#include <gtest/gtest.h>

#include "tests/support/status_matchers.h"
#include "tests/unit/services/trajectories/some_trajectory.h"

namespace matchgo::trajectories::domain {
namespace {

using State = MatchNews::State;

MatchNews News(State state) {
  MatchNews news;
  news.sequence = 1;
  news.state = state;
  news.switcher = SwitcherId("s1");
  news.agreement = SomeAgreement();
  news.name = news.contract() ? "contracts/c1" : "offers/o1";
  if (!news.contract()) news.agreement.contract.clear();
  news.began = Noon(news.contract() ? On("2026-03-02") : On("2026-02-20"));
  news.changed = Noon(On("2026-03-03"));
  return news;
}

struct Row {
  const char* name;
  Stage before;
  State state;
  bool known;
  Stage after;
  size_t effects;
  bool exited;
};

TEST(MatchNewsTest, WhatFollowsFromOffersAndContracts) {
  const Row rows[] = {
      {"an offer", Stage::kSelectie, State::kOfferOpen, false, Stage::kIntroductie, 1, false},
      {"the profile was not read yet", Stage::kAangemeld, State::kOfferOpen, false,
       Stage::kIntroductie, 2, false},
      {"the same offer", Stage::kIntroductie, State::kOfferOpen, true, Stage::kIntroductie, 0,
       false},
      {"it fails", Stage::kIntroductie, State::kOfferFailed, true, Stage::kSelectie, 1, false},
      {"it came and went", Stage::kSelectie, State::kOfferFailed, false, Stage::kSelectie, 2,
       false},
      {"it failed before", Stage::kSelectie, State::kOfferFailed, true, Stage::kSelectie, 0, false},
      {"it failed after the contract", Stage::kContract, State::kOfferFailed, true,
       Stage::kContract, 0, false},
      {"a contract", Stage::kIntroductie, State::kContractActive, true, Stage::kContract, 1, false},
      {"a contract first", Stage::kSelectie, State::kContractActive, false, Stage::kContract, 2,
       false},
      {"the same contract", Stage::kGestart, State::kContractActive, true, Stage::kGestart, 0,
       false},
      {"ended before the start", Stage::kContract, State::kContractEnded, true, Stage::kSelectie, 1,
       false},
      {"signed and ended unseen", Stage::kIntroductie, State::kContractEnded, true,
       Stage::kSelectie, 2, false},
      {"ended while learning", Stage::kGestart, State::kContractEnded, true, Stage::kGestart, 1,
       true},
      {"ended after the diploma", Stage::kGediplomeerd, State::kContractEnded, true,
       Stage::kGediplomeerd, 0, false},
      {"a round", Stage::kSelectie, State::kNone, false, Stage::kSelectie, 0, false},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    const Trajectory before = At(row.before);
    const auto followed = Follow(before, News(row.state), row.known, Noon(On("2028-07-01")));
    ASSERT_THAT(followed, IsOk());
    EXPECT_EQ(followed->next.stage, row.after);
    EXPECT_EQ(followed->effects.size(), row.effects);
    EXPECT_EQ(followed->next.exit.has_value(), row.exited);
    EXPECT_EQ(followed->next == before, row.effects == 0);
  }
}

TEST(MatchNewsTest, StepsInBetweenHaveTheirOwnDays) {
  const auto followed =
      Follow(At(Stage::kSelectie), News(State::kContractActive), false, Noon(On("2026-05-01")));
  ASSERT_THAT(followed, IsOk());
  EXPECT_EQ(followed->next.at(Stage::kContract).actual, On("2026-03-02"));
  EXPECT_EQ(followed->next.history.back().actor_role, "SERVICE");
  EXPECT_EQ(followed->next.history.back().actor, kProcess);
}

TEST(MatchNewsTest, AContractThatMovedMovesThePlannedDaysUntilSheBegan) {
  struct Moved {
    const char* name;
    Stage stage;
    const char* contract;
    bool moves;
  };
  const Moved rows[] = {
      {"before she began", Stage::kContract, "contracts/c1", true},
      {"the contract of another try", Stage::kContract, "contracts/other", false},
      {"she has begun", Stage::kGestart, "contracts/c1", false},
  };
  for (const Moved& row : rows) {
    SCOPED_TRACE(row.name);
    const Trajectory before = At(row.stage);
    MatchNews news = News(State::kContractActive);
    news.agreement.contract = row.contract;
    news.agreement.begins_on = *news.agreement.begins_on - 12;
    news.agreement.ready_on = *news.agreement.ready_on - 12;
    const auto followed = Follow(before, news, true, Noon(On("2026-03-04")));
    ASSERT_THAT(followed, IsOk());
    EXPECT_TRUE(followed->effects.empty());
    EXPECT_EQ(followed->next.at(Stage::kGestart).planned == news.agreement.begins_on, row.moves);
    EXPECT_EQ(followed->next.at(Stage::kStartbekwaam).planned == news.agreement.ready_on,
              row.moves);
    EXPECT_EQ(followed->next == before, !row.moves);
  }
}

TEST(MatchNewsTest, AContractThatEndsTakesItsPauseAlong) {
  Trajectory paused = At(Stage::kContract);
  paused.pauses = {{.from = On("2026-03-02"), .to = {}, .reason = "ILLNESS"}};
  const auto followed = Follow(paused, News(State::kContractEnded), true, Noon(On("2026-03-10")));
  ASSERT_THAT(followed, IsOk());
  EXPECT_EQ(followed->next.stage, Stage::kSelectie);
  EXPECT_FALSE(followed->next.paused());
}

TEST(MatchNewsTest, WhoEndedTheContractIsKeptAndWhoDidNothingIsNot) {
  for (const char* who : {"p.jansen", ""}) {
    SCOPED_TRACE(who);
    MatchNews news = News(State::kContractEnded);
    news.agreement.ended_by = who;
    const std::string kept = *who == '\0' ? std::string(kProcess) : who;
    const auto out = Follow(At(Stage::kGestart), news, true, Noon(On("2028-07-01")));
    ASSERT_THAT(out, IsOk());
    ASSERT_TRUE(out->next.exit.has_value());
    EXPECT_EQ(out->next.exit->actor, kept);
    EXPECT_EQ(out->next.history.back().actor, kept);
    // She did not sign: that was told only now.
    const auto back = Follow(At(Stage::kIntroductie), news, true, Noon(On("2028-07-01")));
    ASSERT_THAT(back, IsOk());
    const auto& history = back->next.history;
    ASSERT_GE(history.size(), 2U);
    EXPECT_EQ(history[history.size() - 1].actor, kept);
    EXPECT_EQ(history[history.size() - 2].actor, kProcess);
  }
}

TEST(MatchNewsTest, AnotherOffersFailureChangesNothing) {
  MatchNews news = News(State::kOfferFailed);
  news.agreement.offer = "offers/other";
  const auto followed = Follow(At(Stage::kIntroductie), news, true, Noon(On("2026-03-10")));
  ASSERT_THAT(followed, IsOk());
  EXPECT_EQ(followed->next.stage, Stage::kIntroductie);
}

TEST(MatchNewsTest, ProfilesQualifyAndWithdraw) {
  ProfileNews news;
  news.switcher = SwitcherId("s1");
  news.active = true;
  news.changed = Noon(On("2026-02-02"));
  const Instant now = Noon(On("2026-02-05"));
  EXPECT_EQ(Follow(At(Stage::kAangemeld), news, now)->next.stage, Stage::kAangemeld);
  news.eligible = true;
  EXPECT_EQ(Follow(At(Stage::kAangemeld), news, now)->next.stage, Stage::kSelectie);
  EXPECT_TRUE(Follow(At(Stage::kContract), news, now)->effects.empty());
  news.active = false;
  const auto gone = Follow(At(Stage::kSelectie), news, now);
  ASSERT_THAT(gone, IsOk());
  ASSERT_TRUE(gone->next.exit.has_value());
  EXPECT_EQ(gone->next.exit->reason, ExitReason::kWithdrew);
  EXPECT_EQ(gone->next.exit->actor, kProcess);
  EXPECT_EQ(gone->next.exit->stage, Stage::kSelectie);
}

}  // namespace
}  // namespace matchgo::trajectories::domain
