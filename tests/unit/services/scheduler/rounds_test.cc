// Rounds on a real store: frozen, cleared, verified, published, repaired, closed; and explained.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "common/base/sha256.h"
#include "services/scheduler/actions/cancel_round.h"
#include "services/scheduler/actions/explain_match.h"
#include "services/scheduler/actions/record_adverse.h"
#include "services/scheduler/actions/stored_round.h"
#include "services/scheduler/engine/market_file.h"
#include "services/scheduler/engine/outcome_file.h"
#include "tests/unit/services/scheduler/world.h"

namespace matchgo::scheduler {
namespace {

using domain::Decision;
using domain::OfferState;
using domain::Party;
using domain::RoundState;
using testing::Each;
using testing::IsEmpty;
using testing::SizeIs;

constexpr sql::Query kTamper{
    "tamper", "DELETE FROM outcome_line WHERE round = :round AND kind = 'match' AND subject = :s",
    ""};

class RoundsTest : public World {
 protected:
  std::string StoredOutcome(const RoundId& id) {
    return ReadStoredRound(*deps, By(Role::kOps), id)->outcome;
  }
  // What clearing a stored text again gives.
  static std::string ClearedAgain(const std::string& market_text, const std::string& outcome_text,
                                  std::string* digest) {
    const auto market = engine::ParseMarket(market_text, "market");
    const auto before = engine::ParseOutcome(outcome_text, "outcome");
    EXPECT_TRUE(market.ok()) << market.status();
    EXPECT_TRUE(before.ok()) << before.status();
    if (!market.ok() || !before.ok()) return "";
    *digest = market->digest;
    const auto again = engine::ClearMarket(*market, {.weights = before->weights, .clear = {}});
    EXPECT_TRUE(again.ok()) << again.status();
    return again.ok() ? engine::FormatOutcome(*again) : "";
  }
  static std::map<std::string, std::string> FactsIn(const Status& status) {
    const auto facts = FactsOf(status);
    return {facts.begin(), facts.end()};
  }
};

TEST_F(RoundsTest, TheSeedIsDrawnAtCreationAndOnlyItsHashIsPublic) {
  const domain::Round round = Create();
  EXPECT_EQ(round.state, RoundState::kCollecting);
  EXPECT_EQ(round.seed.size(), 32u);
  EXPECT_EQ(round.seed_hash, Sha256Hex(round.seed));
  EXPECT_FALSE(round.SeedIsPublic());
}

TEST_F(RoundsTest, OneRoundCollectsAtATime) {
  Create();
  const auto second =
      database->Write(By(Role::kOps), [&](sql::Tx& tx) { return CreateRound(tx, entropy, {}); });
  EXPECT_EQ(ReasonOf(second.status()), "ROUND_RUNNING");
}

TEST_F(RoundsTest, WeightsMustSumTo1000) {
  engine::Weights weights;
  weights.of[0] += 1;
  const auto round = database->Write(By(Role::kOps), [&](sql::Tx& tx) {
    return CreateRound(tx, entropy, {.title = "", .weights = weights, .collect_until = {}});
  });
  EXPECT_EQ(ReasonOf(round.status()), "WEIGHTS_SUM");
}

TEST_F(RoundsTest, StepsOneByOneWhenNothingIsSaid) {
  Fill(2, 1);
  const domain::Round round = Create();
  for (const RoundState state :
       {RoundState::kFrozen, RoundState::kCleared, RoundState::kVerified, RoundState::kPublished}) {
    const auto next = Advance(round, std::nullopt);
    ASSERT_TRUE(next.ok()) << next.status();
    EXPECT_EQ(next->state, state);
  }
  EXPECT_EQ(ReasonOf(Advance(round, std::nullopt).status()), "OFFERS_OPEN");
}

TEST_F(RoundsTest, StepsThatComputeUseTheLanesOfTheService) {
  Fill(4, 2);
  const domain::Round round = Create();
  ASSERT_TRUE(Advance(round, RoundState::kFrozen).ok());
  for (const RoundState state : {RoundState::kCleared, RoundState::kVerified}) {
    const int before = lanes.loops;
    ASSERT_TRUE(Advance(round, state).ok());
    EXPECT_GT(lanes.loops, before);
  }
  ASSERT_TRUE(Advance(round, RoundState::kPublished).ok());
  const domain::Offer declined = Offers("open").front();
  ASSERT_TRUE(Answer(declined.id, Party::kSwitcher, Decision::kDecline).ok());
  const int before = lanes.loops;
  Tick();
  EXPECT_GT(lanes.loops, before) << "a repair is cleared and checked";
}

TEST_F(RoundsTest, PublishedOffersHoldTheirSeats) {
  Fill(3, 2);
  const domain::Round round = Publish();
  EXPECT_EQ(round.summary.switchers, 3);
  EXPECT_EQ(round.summary.openings, 2);
  EXPECT_EQ(round.summary.blocking, 0);
  EXPECT_EQ(round.summary.open, 2);
  EXPECT_EQ(round.summary.unmatched, 1);
  const auto offers = Offers("open");
  ASSERT_THAT(offers, SizeIs(2));
  for (const domain::Offer& offer : offers) {
    EXPECT_EQ(Seats(offer.terms.vacancy), (store::SeatCount{0, 1, 0}));
    EXPECT_EQ(offer.deadline, clock.Now() + std::chrono::hours(24) * 7);
    EXPECT_EQ(offer.terms.partner, "partner1");
    ASSERT_THAT(offer.terms.plan.modules, SizeIs(1));
    EXPECT_EQ(offer.terms.plan.hours, 80);
    EXPECT_EQ(offer.terms.plan.begins_on, kToday + 60);
    EXPECT_EQ(offer.terms.plan.ready_on, kToday + 60 + 70);
  }
  EXPECT_EQ(Seats(StartAt("p1", "a").name), (store::SeatCount{8, 2, 0}));
}

TEST_F(RoundsTest, TheStoredMarketReplaysToTheStoredBytes) {
  Fill(6, 4);
  const domain::Round round = Publish();
  shelf.Clear();  // as after a restart
  const auto market = MarketOf(*deps, By(Role::kOps), Round(round.id));
  ASSERT_TRUE(market.ok()) << market.status();
  const auto parsed = engine::ParseMarket((*market)->text, "market");
  ASSERT_TRUE(parsed.ok());
  EXPECT_EQ(parsed->digest, round.market_digest);
  const auto outcome = engine::ClearMarket(*parsed, {.weights = round.weights, .clear = {}});
  ASSERT_TRUE(outcome.ok());
  EXPECT_EQ(engine::FormatOutcome(*outcome), StoredOutcome(round.id));
}

TEST_F(RoundsTest, LinesOfPeopleAreSealedAtRest) {
  Fill(2, 1);
  const domain::Round round = Publish();
  const auto lines = *database->Read(
      By(Role::kOps), [&](sql::Tx& tx) { return store::RoundStore(tx).Market(round.id); });
  int sealed = 0;
  for (const store::MarketLine& line : lines) {
    if (line.kind != "switcher") continue;
    ++sealed;
    EXPECT_FALSE(line.subject.empty());
    EXPECT_EQ(line.text.find("salary"), std::string::npos);
  }
  EXPECT_EQ(sealed, 2);
}

TEST_F(RoundsTest, WhatAnOutcomeSaysOfPeopleIsSealedAtRest) {
  Fill(2, 1);
  const domain::Round round = Publish();
  const auto lines = *database->Read(
      By(Role::kOps), [&](sql::Tx& tx) { return store::RoundStore(tx).Outcome(round.id); });
  int about_people = 0;
  for (const store::MarketLine& line : lines) {
    if (line.kind != "match" && line.kind != "unmatched") continue;
    ++about_people;
    EXPECT_FALSE(line.subject.empty());
    EXPECT_EQ(line.text.find("\"score\""), std::string::npos);
    EXPECT_EQ(line.text.find("\"why\""), std::string::npos);
  }
  EXPECT_EQ(about_people, 2);
}

TEST_F(RoundsTest, EveryRepairReplaysToTheStoredBytes) {
  Fill(6, 3);
  const domain::Round round = Publish();
  ASSERT_TRUE(Answer(Offers("open").at(0).id, Party::kEmployer, Decision::kDecline).ok());
  Tick();
  AcceptAll(Offers("open").at(0));
  ASSERT_TRUE(Answer(Offers("open").at(0).id, Party::kSwitcher, Decision::kDecline).ok());
  // A seat that goes meanwhile is part of what a repair knew.
  domain::VacancyRecord fewer = VacancyAt("v2");
  fewer.published = false;
  vacancies.Put(fewer);
  Tick();
  shelf.Clear();  // as after a restart
  const auto stored = ReadStoredRound(*deps, By(Role::kOps), round.id);
  ASSERT_TRUE(stored.ok()) << stored.status();
  EXPECT_GE(stored->repairs.size(), 2u);
  std::string digest;
  EXPECT_EQ(ClearedAgain(stored->market.text, stored->outcome, &digest), stored->outcome);
  EXPECT_EQ(digest, round.market_digest);
  std::set<std::string> digests = {digest};
  for (const StoredRepair& repair : stored->repairs) {
    EXPECT_EQ(ClearedAgain(repair.market, repair.outcome, &digest), repair.outcome)
        << "repair " << repair.number;
    EXPECT_EQ(digest, repair.digest);
    digests.insert(digest);
  }
  EXPECT_EQ(digests.size(), stored->repairs.size() + 1) << "each knew something else";
}

TEST_F(RoundsTest, ARoundIsCancelledBeforeItsMarketIsFrozenOnly) {
  const domain::Round round = Create();
  const auto cancel = [&](std::optional<int64_t> version) {
    return database->Write(By(Role::kOps), [&](sql::Tx& tx) {
      return CancelRound(tx, {.id = round.id, .expected_version = version});
    });
  };
  EXPECT_EQ(ReasonOf(cancel(99).status()), "STALE");
  const auto cancelled = cancel(round.version);
  ASSERT_TRUE(cancelled.ok()) << cancelled.status();
  EXPECT_EQ(cancelled->state, RoundState::kCancelled);
  EXPECT_FALSE(cancelled->SeedIsPublic());
  EXPECT_EQ(ReasonOf(cancel({}).status()), "ROUND_STATE");
  EXPECT_EQ(ReasonOf(Advance(round, RoundState::kPublished).status()), "ROUND_STATE");
  Tick();
  EXPECT_EQ(Round(round.id).state, RoundState::kCancelled);
  Fill(2, 1);
  const domain::Round next = Publish();  // it is in nobody's way
  const auto late = database->Write(By(Role::kOps), [&](sql::Tx& tx) {
    return CancelRound(tx, {.id = next.id, .expected_version = {}});
  });
  EXPECT_EQ(ReasonOf(late.status()), "ROUND_STATE");
}

TEST_F(RoundsTest, AnAdvanceThatStopsSaysHowFarItCame) {
  Fill(3, 1);
  const domain::Round round = Create();
  const Status on_the_way = Advance(round, RoundState::kClosed).status();
  EXPECT_EQ(ReasonOf(on_the_way), "OFFERS_OPEN");
  auto facts = FactsIn(on_the_way);
  EXPECT_EQ(facts["state"], "published");
  EXPECT_EQ(facts["changed"], "frozen, cleared, verified, published");
  EXPECT_EQ(facts["sequence"], std::to_string(Round(round.id).sequence));

  const int64_t before = Round(round.id).sequence;
  const Status nothing = Advance(round, RoundState::kClosed).status();
  EXPECT_EQ(ReasonOf(nothing), "OFFERS_OPEN");
  EXPECT_FALSE(FactsIn(nothing).contains("changed"));
  EXPECT_EQ(Round(round.id).sequence, before) << "and nothing changed";

  ASSERT_TRUE(Answer(Offers("open").at(0).id, Party::kEmployer, Decision::kDecline).ok());
  const Status repaired = Advance(round, RoundState::kClosed).status();
  EXPECT_EQ(ReasonOf(repaired), "OFFERS_OPEN");
  facts = FactsIn(repaired);
  EXPECT_EQ(facts["state"], "published");
  EXPECT_EQ(facts["changed"], "repaired");
  EXPECT_EQ(facts["sequence"], std::to_string(Round(round.id).sequence));
  EXPECT_GT(Round(round.id).sequence, before);
}

TEST_F(RoundsTest, AnOfferForAJobThatBeginsLaterWaitsForItsFirstDay) {
  domain::SwitcherRecord ready = SwitcherAt("ready");
  ready.skills.push_back({.skill = "wounds", .level = 3});
  profiles.Put(ready);
  domain::VacancyRecord later = VacancyAt("v0");
  later.start_from = kToday + 90;
  vacancies.Put(later);
  Publish();
  const auto offers = Offers("open");
  ASSERT_THAT(offers, SizeIs(1));
  EXPECT_TRUE(offers[0].terms.direct());
  EXPECT_EQ(offers[0].terms.plan.begins_on, kToday + 90);
  EXPECT_EQ(offers[0].terms.plan.ready_on, kToday + 90);
}

TEST_F(RoundsTest, ATamperedOutcomeFailsTheRound) {
  Fill(3, 2);
  const domain::Round round = Create();
  ASSERT_TRUE(Advance(round, RoundState::kCleared).ok());
  const auto lines = *database->Read(
      By(Role::kOps), [&](sql::Tx& tx) { return store::RoundStore(tx).Outcome(round.id); });
  const auto match = std::find_if(lines.begin(), lines.end(), [](const store::MarketLine& line) {
    return line.kind == "match";
  });
  ASSERT_NE(match, lines.end());
  ASSERT_TRUE(database
                  ->Write(By(Role::kOps),
                          [&](sql::Tx& tx) {
                            return tx.Execute(kTamper, {round.id, match->subject}).status();
                          })
                  .ok());
  EXPECT_EQ(ReasonOf(Advance(round, RoundState::kPublished).status()), "CHECK_FAILED");
  EXPECT_EQ(Round(round.id).state, RoundState::kFailed);
  EXPECT_EQ(Round(round.id).failure, "CHECK_FAILED");
  EXPECT_THAT(Offers(), IsEmpty());
  EXPECT_EQ(ReasonOf(Advance(round, RoundState::kPublished).status()), "ROUND_STATE");
}

TEST_F(RoundsTest, ADeclineIsRepairedByWhoWasOutcompeted) {
  Fill(2, 1);
  const domain::Round round = Publish();
  const domain::Offer first = Offers("open").at(0);
  ASSERT_TRUE(Answer(first.id, Party::kEmployer, Decision::kDecline).ok());
  EXPECT_EQ(Seats(first.terms.vacancy), (store::SeatCount{1, 0, 0}));
  Tick();
  const auto open = Offers("open");
  ASSERT_THAT(open, SizeIs(1));
  EXPECT_NE(open[0].terms.switcher, first.terms.switcher);
  EXPECT_TRUE(open[0].repair);
  EXPECT_EQ(open[0].terms.vacancy, first.terms.vacancy);
  ASSERT_EQ(AcceptAll(open[0]).state, OfferState::kAccepted);
  Tick();
  const domain::Round closed = Round(round.id);
  EXPECT_EQ(closed.state, RoundState::kClosed);
  EXPECT_EQ(closed.summary.contracts, 1);
  EXPECT_EQ(closed.summary.unmatched, 1);
  EXPECT_EQ(closed.summary.repaired, 1);
  EXPECT_EQ(closed.summary.declined, 1);
}

TEST_F(RoundsTest, WhoSaidNoToAJobIsNotAskedAgainForIt) {
  Fill(1, 1);
  const domain::Round round = Publish();
  ASSERT_TRUE(Answer(Offers("open").at(0).id, Party::kSwitcher, Decision::kDecline).ok());
  Tick();
  Tick();
  EXPECT_THAT(Offers("open"), IsEmpty());
  EXPECT_EQ(Round(round.id).state, RoundState::kClosed);
  const domain::Round second = Publish();
  EXPECT_THAT(Offers("open"), IsEmpty()) << "nor in the next round";
  EXPECT_EQ(second.summary.switchers, 1);
}

TEST_F(RoundsTest, ClosingRecordsEverybodyWithoutAContractForAHuman) {
  Fill(3, 1);
  const domain::Round round = Publish();
  AcceptAll(Offers("open").at(0));
  Tick();
  const auto adverse = Adverse(round.id);
  ASSERT_THAT(adverse, SizeIs(2));
  std::vector<std::string> ids;
  for (const domain::AdverseOutcome& outcome : adverse) {
    EXPECT_EQ(outcome.kind, domain::AdverseKind::kUnmatched);
    EXPECT_TRUE(outcome.confirmed_by.empty());
    ids.push_back(outcome.id);
  }
  const auto confirm = [&](Role role) {
    return database->Write(By(role, "anna"),
                           [&](sql::Tx& tx) { return ConfirmOutcomes(tx, round.id, ids, "seen"); });
  };
  EXPECT_EQ(ReasonOf(confirm(Role::kService).status()), "HUMAN_REQUIRED");
  EXPECT_TRUE(Adverse(round.id).at(0).confirmed_by.empty());
  EXPECT_TRUE(confirm(Role::kOps).ok());
  EXPECT_EQ(Adverse(round.id).at(1).confirmed_by, "anna");
  EXPECT_EQ(ReasonOf(confirm(Role::kOps).status()), "ALREADY_CONFIRMED");
}

TEST_F(RoundsTest, TheNextRoundWaitsForTheOneThatHoldsTheMarket) {
  Fill(2, 1);
  Publish();
  const domain::Round second = Create();
  EXPECT_EQ(ReasonOf(Advance(second, RoundState::kFrozen).status()), "ROUND_RUNNING");
  AcceptAll(Offers("open").at(0));
  Tick();
  const auto frozen = Advance(second, RoundState::kFrozen);
  ASSERT_TRUE(frozen.ok()) << frozen.status();
  EXPECT_EQ(frozen->summary.switchers, 1) << "who has a contract left";
  EXPECT_EQ(frozen->summary.openings, 0);
}

TEST_F(RoundsTest, TheRunnerFreezesOnItsDateAndFinishesByItself) {
  Fill(2, 1);
  const domain::Round round =
      Create({.title = "", .weights = {}, .collect_until = clock.Now() + std::chrono::hours(1)});
  Tick();
  EXPECT_EQ(Round(round.id).state, RoundState::kCollecting);
  clock.AdvanceBy(std::chrono::hours(1));
  Tick();
  EXPECT_EQ(Round(round.id).state, RoundState::kPublished);
}

TEST_F(RoundsTest, AnErasedPersonLeavesAndHerLinesCanNotBeRead) {
  Fill(2, 1);
  const domain::Round round = Publish();
  const domain::Offer first = Offers("open").at(0);
  profiles.Erase(first.terms.switcher.value());
  Tick();
  const auto open = Offers("open");
  ASSERT_THAT(open, SizeIs(1)) << "the seat went to the other";
  EXPECT_NE(open[0].terms.switcher, first.terms.switcher);
  const auto market = MarketOf(*deps, By(Role::kOps), Round(round.id));
  ASSERT_TRUE(market.ok()) << market.status();
  EXPECT_THAT((*market)->erased, testing::ElementsAre(first.terms.switcher.value()));
}

TEST_F(RoundsTest, TheMetricsTellWhatItTookToGetIn) {
  Fill(2, 1);
  Publish();
  const std::string score = std::to_string(Offers("open").at(0).score.total);
  const std::string text = metrics.Text();
  for (const char* quantile : {"0.1", "0.5", "0.9"}) {
    EXPECT_NE(text.find("matchgo_round_cutoff_score{quantile=\"" + std::string(quantile) +
                        "\",side=\"vacancy\"} " + score + "\n"),
              std::string::npos);
  }
  EXPECT_NE(text.find("matchgo_round_full_ratio{side=\"vacancy\"} 1\n"), std::string::npos);
}

TEST_F(RoundsTest, AMatchIsExplainedInBothLanguagesAndAlternativesToo) {
  Fill(2, 1);
  const domain::Round round = Publish();
  const domain::Offer offer = Offers("open").at(0);
  const auto why = ExplainMatch(*deps, By(Role::kOps), round.id, offer.terms.switcher);
  ASSERT_TRUE(why.ok()) << why.status();
  EXPECT_THAT(why->sentences, SizeIs(4));
  EXPECT_EQ(why->better_count, 0);
  const SwitcherId other(offer.terms.switcher.value() == "s0" ? "s1" : "s0");
  EXPECT_EQ(ReasonOf(ExplainMatch(*deps, By(Role::kOps), round.id, other).status()), "NOT_MATCHED");
  const auto why_not = ExplainNoMatch(*deps, By(Role::kOps), round.id, other, "");
  ASSERT_TRUE(why_not.ok()) << why_not.status();
  EXPECT_TRUE(why_not->in_market);
  EXPECT_EQ(why_not->feasible, 1);
  ASSERT_THAT(why_not->better, SizeIs(1));
  EXPECT_EQ(why_not->better[0].why, engine::WhyNot::kVacancyFull);
  EXPECT_EQ(why_not->better[0].begins_on, FormatDay(offer.terms.plan.begins_on));
  EXPECT_EQ(why_not->better[0].cutoff_score, offer.score.total);
  const auto stranger =
      ExplainMatch(*deps, By(Role::kEmployer, "x", "e2"), round.id, offer.terms.switcher);
  EXPECT_EQ(ReasonOf(stranger.status()), "NOT_FOUND");
}

TEST_F(RoundsTest, RulesThatKeptHerFromEverythingAreCounted) {
  Fill(1, 2);
  domain::SwitcherRecord far = SwitcherAt("far");
  far.x = 3000;
  profiles.Put(far);
  domain::SwitcherRecord stale = SwitcherAt("stale");
  stale.last_confirmed = kToday - 200;
  profiles.Put(stale);
  const domain::Round round = Publish();
  const auto why = ExplainNoMatch(*deps, By(Role::kOps), round.id, SwitcherId("far"), "");
  ASSERT_TRUE(why.ok()) << why.status();
  EXPECT_EQ(why->feasible, 0);
  ASSERT_FALSE(why->failed_rules.empty());
  EXPECT_EQ(why->failed_rules[0].rule, "TRAVEL");
  EXPECT_EQ(why->failed_rules[0].count, 4) << "two jobs, directly and with the start";
  ASSERT_THAT(why->placed_if, SizeIs(1)) << "one job is free, 200 km away";
  ASSERT_THAT(why->placed_if[0].changes, SizeIs(1));
  EXPECT_EQ(why->placed_if[0].changes[0].dimension, engine::Dimension::kMaxDist);
  EXPECT_EQ(why->placed_if[0].changes[0].from, 300);
  EXPECT_EQ(why->placed_if[0].changes[0].to, 2000);
  EXPECT_EQ(why->placed_if[0].sentence.en,
            "You would have had a place by travelling up to 200 km (now 30 km).");
  const auto out = ExplainNoMatch(*deps, By(Role::kOps), round.id, SwitcherId("stale"), "");
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_FALSE(out->in_market);
  EXPECT_THAT(out->obstacles, testing::ElementsAre("STALE"));
}

}  // namespace
}  // namespace matchgo::scheduler
