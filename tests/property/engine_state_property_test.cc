// The lazy state against the plain clearing of all feasible contracts, however little it searches
// at a time, on any number of lanes, while starts open and close and seats and contracts go.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "common/random/random.h"
#include "services/scheduler/engine/exact_state.h"
#include "services/scheduler/engine/market_file.h"
#include "tests/support/engine/lanes.h"
#include "tests/support/engine/random_market.h"
#include "tests/support/engine/reference_clearing.h"

namespace matchgo::scheduler::engine {
namespace {

const testing::MarketShape kCrowded{.switchers_max = 14,
                                    .vacancies_max = 7,
                                    .starts_max = 5,
                                    .modules_max = 2,
                                    .skills = 3,
                                    .min_max = 4};

// Small enough that every way of learning more is taken.
// Some of them of nobody.
std::array<uint32_t, 4> AnyTurns(Random& random) {
  std::array<uint32_t, 4> ends = {0, 0, 0, 256};
  for (size_t i = 0; i < 3; ++i) ends[i] = static_cast<uint32_t>(random.Below(200));
  std::ranges::sort(ends);
  return ends;
}

SearchSizes Frugal(Random& random) {
  return {.first = static_cast<int>(random.Between(1, 3)),
          .more = static_cast<int>(random.Between(1, 3)),
          .list_all = 0,
          .many = static_cast<size_t>(random.Between(1, 4)),
          .many_askers = 2,
          .many_parties = random.Chance(300) ? size_t{2} : size_t{1000},
          .turn_ends = AnyTurns(random),
          .spare_between_turns = random.Chance(300) ? size_t{1} : size_t{0},
          .spare_at_vacancy = random.Chance(300) ? size_t{1} : size_t{0},
          .spare_at_start = random.Chance(100) ? size_t{2} : size_t{0}};
}

struct Instance {
  FrozenMarket built;
  std::optional<ContractTable> table;

  const Market& market() const { return built.market; }
};

Instance Draw(Random& random, bool triples) {
  MarketInput input =
      triples ? testing::RandomTriples(random, kCrowded) : testing::RandomMarket(random, kCrowded);
  if (!triples && random.Chance(700)) testing::MakeDense(random, input);
  testing::AddCommitments(random, input);
  Instance instance{*BuildMarket(input), std::nullopt};
  instance.table = *FindContracts(instance.market(), Weights());
  return instance;
}

void ExpectSame(const Instance& instance, const ExactState& state,
                const testing::ReferenceOutcome& wanted) {
  const Market& market = instance.market();
  for (int32_t s = 0; s < market.switcher_count(); ++s) {
    if (!state.state().HasSeat(s)) continue;
    const auto held = state.HeldBy(s);
    std::optional<Contract> contract;
    if (held) contract = held->contract();
    ASSERT_EQ(contract, wanted.held[static_cast<size_t>(s)]) << instance.built.text;
  }
  for (int32_t p = 0; p < market.start_count(); ++p) {
    ASSERT_EQ(state.LoadOf(p), wanted.loads[static_cast<size_t>(p)]) << instance.built.text;
  }
}

// What frozen contracts score, which a state does not count.
int64_t FrozenScore(const Instance& instance) {
  int64_t score = 0;
  for (const Contract& contract : instance.market().commitments.frozen) {
    score += instance.table->at(*instance.table->Find(contract)).score;
  }
  return score;
}

TEST(StateProperty, LazyOpeningClosingAndTryingEqualsClearingAllContracts) {
  Random random(61);
  SearchTally counts;
  for (int round = 0; round < 9000; ++round) {
    const Instance instance = Draw(random, round % 8 == 0);
    const Market& market = instance.market();
    const auto order = round % 3 == 0 ? TakingOrder::kBySwitcher : TakingOrder::kByPlace;
    const testing::ReferenceClearing reference(market, *instance.table, market.commitments, order);
    const CandidateIndex index(market, Weights());
    testing::Lanes lanes(round % 50 == 0 ? 3 : 1);
    ExactState state(index, market.commitments, order, Frugal(random), lanes, {});
    std::vector<uint8_t> open(market.starts.size(), 1);
    ExpectSame(instance, state, reference.Clear(open));
    for (int step = 0; step < 6 && market.start_count() > 0; ++step) {
      const auto p = static_cast<int32_t>(random.Below(market.starts.size()));
      const auto flip = [&] { return open[static_cast<size_t>(p)] ^= 1U; };
      if (random.Chance(400)) {
        const StableState::Mark mark = state.BeginTrial();
        flip() != 0 ? state.Open(p) : state.Close(p);
        ExpectSame(instance, state, reference.Clear(open));
        flip();
        state.UndoTrial(mark);
      } else if (open[static_cast<size_t>(p)] != 0 && random.Chance(500)) {
        flip();
        state.CloseRoughly(p);
        state.Complete();
      } else {
        flip() != 0 ? state.Open(p) : state.Close(p);
      }
      const testing::ReferenceOutcome wanted = reference.Clear(open);
      ExpectSame(instance, state, wanted);
      ASSERT_EQ(state.total_score() + FrozenScore(instance), wanted.total_score);
      if (::testing::Test::HasFatalFailure()) return;
    }
    counts.further += state.searches().further;
    counts.vacancies += state.searches().vacancies;
    counts.starts += state.searches().starts;
    counts.fresh_lines += state.searches().fresh_lines;
  }
  // It has to be lazy in every way to prove something.
  EXPECT_GT(counts.further, 2000);
  EXPECT_GT(counts.vacancies, 100);
  EXPECT_GT(counts.starts, 20);
  EXPECT_GT(counts.fresh_lines, 50);
}

}  // namespace
}  // namespace matchgo::scheduler::engine
