// The bound of a round: due from its publication, found beside everything else, kept with it.
#include <gtest/gtest.h>

#include <stop_token>
#include <string>

#include "services/scheduler/actions/bound_round.h"
#include "services/scheduler/actions/stored_round.h"
#include "services/scheduler/engine/market_file.h"
#include "services/scheduler/engine/outcome_file.h"
#include "services/scheduler/engine/parallel.h"
#include "services/scheduler/rpc/scheduler_codec.h"
#include "tests/unit/services/scheduler/world.h"

namespace matchgo::scheduler {
namespace {

using domain::RoundState;

class BoundsTest : public World {
 protected:
  BoundStep BoundNext(const std::stop_token& stop = {}) {
    const auto step = BoundNextRound(*deps, By(Role::kService), stop);
    EXPECT_TRUE(step.ok()) << step.status();
    return step.ok() ? *step : BoundStep::kStopped;
  }
  // What the engine says of a stored market.
  engine::Bound BoundOfStored(const RoundId& id) {
    const auto stored = ReadStoredRound(*deps, By(Role::kOps), id);
    EXPECT_TRUE(stored.ok()) << stored.status();
    const auto market = engine::ParseMarket(stored->market.text, "market");
    EXPECT_TRUE(market.ok()) << market.status();
    engine::SerialParallel serial;
    return engine::FindBound(engine::CandidateIndex(*market, stored->round.weights),
                             market->commitments, BoundOptionsFor(market->switcher_count()),
                             serial);
  }
};

TEST_F(BoundsTest, APublishedRoundSaysWhatItCouldHaveComeToAtMost) {
  Fill(6, 4);
  const RoundId id = Publish().id;
  const domain::Round published = Round(id);
  EXPECT_EQ(published.summary.placed, 4);
  EXPECT_FALSE(published.summary.bound.has_value());
  EXPECT_FALSE(Encode(published).summary().has_placed_bound());
  EXPECT_FALSE(Encode(published).summary().has_score_bound());

  ASSERT_EQ(BoundNext(), BoundStep::kDone);
  const domain::Round bounded = Round(id);
  ASSERT_TRUE(bounded.summary.bound.has_value());
  EXPECT_EQ(*bounded.summary.bound, BoundOfStored(id));
  EXPECT_EQ(bounded.summary.bound->placed, 4) << "there are four openings";
  EXPECT_GE(bounded.summary.bound->total_score, bounded.summary.total_score);
  EXPECT_EQ(Encode(bounded).summary().placed(), 4);
  EXPECT_EQ(Encode(bounded).summary().placed_bound(), 4);
  EXPECT_EQ(Encode(bounded).summary().score_bound(), bounded.summary.bound->total_score);
  EXPECT_GT(bounded.version, published.version);
  EXPECT_GT(bounded.sequence, published.sequence) << "who follows rounds hears of it";

  EXPECT_EQ(BoundNext(), BoundStep::kNothingDue);
  EXPECT_EQ(Round(id).version, bounded.version);
}

TEST_F(BoundsTest, NothingIsDueBeforeOffersAreOut) {
  Fill(3, 2);
  const domain::Round round = Create();
  for (const RoundState state :
       {RoundState::kFrozen, RoundState::kCleared, RoundState::kVerified}) {
    ASSERT_TRUE(Advance(round, state).ok());
    EXPECT_EQ(BoundNext(), BoundStep::kNothingDue);
  }
  EXPECT_EQ(Round(round.id).summary.placed, 2);
  ASSERT_TRUE(Advance(round, RoundState::kPublished).ok());
  EXPECT_EQ(BoundNext(), BoundStep::kDone);
}

TEST_F(BoundsTest, IsTheSameWithoutTheMarketInMemoryAndAfterTheClose) {
  Fill(6, 4);
  const RoundId id = Publish().id;
  const engine::Bound wanted = BoundOfStored(id);
  for (const domain::Offer& offer : Offers("open")) AcceptAll(offer);
  ASSERT_TRUE(Advance(Round(id), RoundState::kClosed).ok());
  shelf.Clear();  // as after a restart
  ASSERT_EQ(BoundNext(), BoundStep::kDone);
  EXPECT_EQ(Round(id).state, RoundState::kClosed);
  EXPECT_EQ(Round(id).summary.bound, wanted);
  EXPECT_EQ(Round(id).summary.contracts, 4);
}

TEST_F(BoundsTest, RepairsAndTheCloseKeepIt) {
  Fill(6, 4);
  const RoundId id = Publish().id;
  ASSERT_EQ(BoundNext(), BoundStep::kDone);
  const engine::Bound wanted = *Round(id).summary.bound;
  const auto declined =
      Answer(Offers("open").front().id, domain::Party::kSwitcher, domain::Decision::kDecline);
  ASSERT_TRUE(declined.ok()) << declined.status();
  Tick();  // repairs
  for (const domain::Offer& offer : Offers("open")) AcceptAll(offer);
  ASSERT_TRUE(Advance(Round(id), RoundState::kClosed).ok());
  EXPECT_EQ(Round(id).summary.bound, wanted);
  EXPECT_EQ(Round(id).summary.placed, 4);
}

TEST_F(BoundsTest, AnOutcomeStillReplaysToItsBytes) {
  Fill(6, 4);
  const RoundId id = Publish().id;
  ASSERT_EQ(BoundNext(), BoundStep::kDone);
  const auto stored = ReadStoredRound(*deps, By(Role::kOps), id);
  ASSERT_TRUE(stored.ok()) << stored.status();
  const auto market = engine::ParseMarket(stored->market.text, "market");
  ASSERT_TRUE(market.ok()) << market.status();
  EXPECT_EQ(market->digest, stored->round.market_digest);
  const auto again = engine::ClearMarket(*market, {.weights = stored->round.weights, .clear = {}});
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(engine::FormatOutcome(*again), stored->outcome);
  EXPECT_EQ(static_cast<int64_t>(again->matches.size()), stored->round.summary.placed);
}

TEST_F(BoundsTest, WhatWasStoppedStaysDue) {
  Fill(3, 2);
  const RoundId id = Publish().id;
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(BoundNext(stop.get_token()), BoundStep::kStopped);
  EXPECT_FALSE(Round(id).summary.bound.has_value());
  EXPECT_EQ(BoundNext(), BoundStep::kDone);
  EXPECT_TRUE(Round(id).summary.bound.has_value());
}

TEST_F(BoundsTest, AMarketWithSomebodyMissingIsLeftWithout) {
  Fill(4, 3);
  const RoundId id = Publish().id;
  profiles.Erase("s1");
  Tick();  // her key goes
  shelf.Clear();
  const domain::Round before = Round(id);
  ASSERT_EQ(BoundNext(), BoundStep::kDone);
  EXPECT_FALSE(Round(id).summary.bound.has_value());
  EXPECT_EQ(Round(id).version, before.version);
  EXPECT_EQ(BoundNext(), BoundStep::kNothingDue);
}

TEST(BoundOptionsFor, LessCareForACountry) {
  EXPECT_EQ(BoundOptionsFor(kBoundCarefullyUpTo).passes, engine::BoundOptions().passes);
  EXPECT_LT(BoundOptionsFor(kBoundCarefullyUpTo + 1).passes, engine::BoundOptions().passes);
}

}  // namespace
}  // namespace matchgo::scheduler
