// Repair against reading, listing and clearing the changed market from its text again.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "common/random/random.h"
#include "services/scheduler/engine/checker.h"
#include "services/scheduler/engine/market_file.h"
#include "services/scheduler/engine/outcome.h"
#include "services/scheduler/engine/outcome_file.h"
#include "services/scheduler/engine/repair.h"
#include "tests/support/engine/random_market.h"

namespace matchgo::scheduler::engine {
namespace {

const testing::MarketShape kShape{.switchers_max = 10, .vacancies_max = 5, .starts_max = 5};

// One answer after another: accepted contracts are frozen, others are declined.
TEST(RepairProperty, EqualsRecomputationAfterEveryAnswer) {
  Random random(41);
  int64_t repairs = 0;
  int64_t moved = 0;
  for (int round = 0; round < 1200; ++round) {
    const MarketInput input = round % 2 == 0 ? testing::RandomMarket(random, kShape)
                                             : testing::RandomTriples(random, kShape);
    const auto built = BuildMarket(input);
    ASSERT_TRUE(built.ok());
    const Market& market = built->market;
    const auto table = FindContracts(market, Weights());
    const Mechanism mechanism = round % 5 == 0 ? Mechanism::kPriority : Mechanism::kScore;
    auto clearing = Clear(market, *table, {.mechanism = mechanism});
    ASSERT_TRUE(clearing.ok());
    for (int step = 0; step < 6 && market.switcher_count() > 0; ++step) {
      const auto s = random.Below(market.switchers.size());
      const int32_t place = clearing->place_of[s];
      if (place == kNone || clearing->frozen_switcher[s] != 0) continue;
      const Contract contract = table->at(place).contract;
      const Commitments now = random.Chance(400) ? WithFrozen(clearing->commitments, contract)
                                                 : WithDeclined(clearing->commitments, contract);
      const auto repaired = Repair(market, *table, *clearing, now);
      ASSERT_TRUE(repaired.ok());
      const auto changed = WithCommitments(built->text, market, now);
      ASSERT_TRUE(changed.ok()) << changed.status();
      const auto again = ClearMarket(changed->market, {.clear = {.mechanism = mechanism}});
      ASSERT_TRUE(again.ok());
      const Outcome outcome = MakeOutcome(changed->market, *table, repaired->clearing);
      ASSERT_EQ(FormatOutcome(outcome), FormatOutcome(*again)) << changed->text;
      const CheckReport report = CheckOutcome(changed->market, outcome);
      ASSERT_TRUE(report.ok()) << report.problems[0].word << report.problems[0].text;
      for (const Move& move : repaired->moves) {
        const auto i = static_cast<size_t>(move.switcher);
        EXPECT_EQ(move.place_before, clearing->place_of[i]);
        EXPECT_EQ(move.place_after, repaired->clearing.place_of[i]);
        EXPECT_NE(move.place_before, move.place_after);
      }
      ++repairs;
      moved += static_cast<int64_t>(repaired->moves.size());
      clearing = repaired->clearing;
    }
  }
  EXPECT_GT(repairs, 1000);
  EXPECT_GT(moved, repairs / 3);
}

}  // namespace
}  // namespace matchgo::scheduler::engine
