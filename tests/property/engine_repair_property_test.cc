// Repair against reading, listing and clearing the changed market from its text again; and repair
// at once against the plain clearing of all feasible contracts.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/random/random.h"
#include "services/scheduler/engine/checker.h"
#include "services/scheduler/engine/live_outcome.h"
#include "services/scheduler/engine/market_file.h"
#include "services/scheduler/engine/outcome.h"
#include "services/scheduler/engine/outcome_file.h"
#include "services/scheduler/engine/repair.h"
#include "tests/support/engine/contract_table.h"
#include "tests/support/engine/random_market.h"
#include "tests/support/engine/reference_clearing.h"

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
    const CandidateIndex index(market, Weights());
    SerialParallel serial;
    const ClearOptions options{.mechanism =
                                   round % 5 == 0 ? Mechanism::kPriority : Mechanism::kScore};
    auto clearing = Clear(index, options, serial);
    ASSERT_TRUE(clearing.ok());
    for (int step = 0; step < 6 && market.switcher_count() > 0; ++step) {
      const auto s = static_cast<int32_t>(random.Below(market.switchers.size()));
      const KnownContract* const held = clearing->HeldBy(s);
      if (held == nullptr || clearing->IsFrozen(s)) continue;
      const Contract contract = held->contract();
      const Commitments now = random.Chance(400) ? WithFrozen(clearing->commitments, contract)
                                                 : WithDeclined(clearing->commitments, contract);
      const auto repaired = Repair(index, *clearing, now, options, serial);
      ASSERT_TRUE(repaired.ok());
      const auto changed = WithCommitments(built->text, market, now);
      ASSERT_TRUE(changed.ok()) << changed.status();
      const auto again = ClearMarket(changed->market, {.clear = options});
      ASSERT_TRUE(again.ok());
      const Outcome outcome = MakeOutcome(changed->market, index, repaired->clearing);
      ASSERT_EQ(FormatOutcome(outcome), FormatOutcome(*again)) << changed->text;
      const CheckReport report = CheckOutcome(changed->market, outcome);
      ASSERT_TRUE(report.ok()) << report.problems[0].word << report.problems[0].text;
      for (const Move& move : repaired->moves) {
        const auto holds = [&](const Clearing& in, const std::optional<KnownContract>& wanted) {
          const KnownContract* const has = in.HeldBy(move.switcher);
          return has == nullptr ? !wanted : wanted == *has;
        };
        EXPECT_TRUE(holds(*clearing, move.before));
        EXPECT_TRUE(holds(repaired->clearing, move.after));
        EXPECT_NE(move.before, move.after);
      }
      ++repairs;
      moved += static_cast<int64_t>(repaired->moves.size());
      clearing = repaired->clearing;
    }
  }
  EXPECT_GT(repairs, 1000);
  EXPECT_GT(moved, repairs / 3);
}

// What a live outcome has to equal: the market as it is now, cleared plainly with the open starts
// that are left, the worst filled of the short ones closed one after the other.
struct Wanted {
  Market market;
  Commitments commitments;
  std::vector<uint8_t> open;
  std::vector<std::optional<Contract>> held;

  void Clear(const ContractTable& table, TakingOrder order) {
    const testing::ReferenceClearing reference(market, table, commitments, order);
    for (;;) {
      const testing::ReferenceOutcome outcome = reference.Clear(open);
      held = outcome.held;
      int32_t worst = kNone;
      for (int32_t p = 0; p < market.start_count(); ++p) {
        const int64_t load = outcome.loads[static_cast<size_t>(p)];
        if (load == 0 || load >= market.start(p).min || reference.FrozenIn(p) > 0) continue;
        if (worst == kNone ||
            load * market.start(worst).min <
                int64_t{outcome.loads[static_cast<size_t>(worst)]} * market.start(p).min) {
          worst = p;
        }
      }
      if (worst == kNone) return;
      open[static_cast<size_t>(worst)] = 0;
    }
  }
  void Refuse(const Contract& contract) {
    auto& declined = commitments.declined;
    const auto at = std::ranges::lower_bound(declined, contract);
    if (at == declined.end() || *at != contract) declined.insert(at, contract);
  }
};

const testing::MarketShape kDense{.switchers_max = 12,
                                  .vacancies_max = 6,
                                  .starts_max = 5,
                                  .modules_max = 2,
                                  .skills = 3,
                                  .min_max = 3};

class LiveRound {
 public:
  LiveRound(Random& random, RepairMode mode, int round)
      : random_(random),
        mode_(mode),
        order_(round % 4 == 3 ? TakingOrder::kBySwitcher : TakingOrder::kByPlace),
        built_(*BuildMarket(Input(random, round))),
        table_(*FindContracts(built_.market, Weights())),
        index_(built_.market, Weights()) {
    const ClearOptions options{
        .mechanism = order_ == TakingOrder::kByPlace ? Mechanism::kScore : Mechanism::kPriority,
        .search = {.first = static_cast<int>(random.Between(1, 3)),
                   .more = static_cast<int>(random.Between(1, 3)),
                   .list_all = 0,
                   .many = static_cast<size_t>(random.Between(1, 4)),
                   .many_askers = static_cast<size_t>(random.Between(1, 4)),
                   .many_parties = random.Chance(300) ? size_t{2} : size_t{1000},
                   .spare_at_vacancy = static_cast<size_t>(random.Between(0, 2)),
                   .spare_at_start = static_cast<size_t>(random.Between(0, 3))}};
    wanted_.market = built_.market;
    wanted_.commitments = built_.market.commitments;
    ClearedState cleared = ClearAndKeep(index_, wanted_.commitments, options, serial_, {});
    for (int32_t p = 0; p < market().start_count(); ++p) {
      wanted_.open.push_back(cleared.state->IsOpen(p) ? 1 : 0);
    }
    wanted_.Clear(table_, order_);
    live_ = std::make_unique<LiveOutcome>(index_, std::move(cleared), mode);
  }

  const Market& market() const { return built_.market; }
  const std::string& text() const { return built_.text; }
  LiveOutcome& live() { return *live_; }
  Wanted& wanted() { return wanted_; }
  const ContractTable& table() const { return table_; }
  TakingOrder order() const { return order_; }

  std::vector<std::optional<Contract>> Held() const {
    std::vector<std::optional<Contract>> held(market().switchers.size());
    for (const Contract& c : wanted_.commitments.frozen) held[static_cast<size_t>(c.switcher)] = c;
    for (int32_t s = 0; s < market().switcher_count(); ++s) {
      if (const auto own = live_->state().HeldBy(s)) {
        held[static_cast<size_t>(s)] = own->contract();
      }
    }
    return held;
  }

  // Somebody answers or something happens; nothing when there is nobody to answer.
  std::optional<Repaired> Happen(bool declines_only) {
    // To look ahead changes nothing.
    if (mode_ == RepairMode::kStable && random_.Chance(200)) live_->Stock();
    const auto s = static_cast<int32_t>(random_.Below(market().switchers.size()));
    const auto own = live_->state().HeldBy(s);
    const uint64_t what = declines_only ? 0 : random_.Below(10);
    if (what < 6) {
      if (!own) return std::nullopt;
      wanted_.Refuse(own->contract());
      return live_->Decline(own->contract());
    }
    if (what == 6) {
      if (!own) return std::nullopt;
      auto& frozen = wanted_.commitments.frozen;
      frozen.insert(std::ranges::lower_bound(frozen, own->contract()), own->contract());
      live_->Accept(s);
      return Repaired{};
    }
    if (what == 7) {
      if (!live_->state().state().HasSeat(s)) return std::nullopt;
      for (const int32_t place : table_.OfSwitcher(s)) wanted_.Refuse(table_.at(place).contract);
      return live_->Withdraw(s);
    }
    return Resize(what == 8);
  }

 private:
  static MarketInput Input(Random& random, int round) {
    MarketInput input = round % 5 == 0 ? testing::RandomTriples(random, kDense)
                                       : testing::RandomMarket(random, kDense);
    if (input.triples.empty() && random.Chance(700)) testing::MakeDense(random, input);
    testing::AddCommitments(random, input);
    return input;
  }

  std::optional<Repaired> Resize(bool vacancy) {
    const size_t parties = vacancy ? market().vacancies.size() : market().starts.size();
    if (parties == 0) return std::nullopt;
    const auto party = static_cast<int32_t>(random_.Below(parties));
    int32_t size = static_cast<int32_t>(random_.Between(0, 3));
    int32_t frozen = 0;
    for (const Contract& c : wanted_.commitments.frozen) {
      frozen += (vacancy ? c.vacancy : c.start) == party ? 1 : 0;
    }
    size = std::max(size, frozen);
    if (vacancy) {
      wanted_.market.vacancies[static_cast<size_t>(party)].openings = size;
      return live_->SetOpenings(party, size);
    }
    wanted_.market.starts[static_cast<size_t>(party)].capacity = size;
    return live_->SetCapacity(party, size);
  }

  Random& random_;
  const RepairMode mode_;
  const TakingOrder order_;
  const FrozenMarket built_;
  const ContractTable table_;
  const CandidateIndex index_;
  SerialParallel serial_;
  Wanted wanted_;
  std::unique_ptr<LiveOutcome> live_;
};

// Moves are exactly the differences.
void ExpectMoves(const std::vector<Move>& moves, const std::vector<std::optional<Contract>>& before,
                 const std::vector<std::optional<Contract>>& after) {
  const auto contract = [](const std::optional<KnownContract>& known) {
    return known ? std::optional(known->contract()) : std::nullopt;
  };
  auto move = moves.begin();
  for (size_t s = 0; s < before.size(); ++s) {
    if (before[s] == after[s]) continue;
    ASSERT_TRUE(move != moves.end() && move->switcher == static_cast<int32_t>(s));
    EXPECT_EQ(contract(move->before), before[s]);
    EXPECT_EQ(contract(move->after), after[s]);
    ++move;
  }
  EXPECT_TRUE(move == moves.end());
}

TEST(RepairProperty, AtOnceEqualsClearingAllContractsAgain) {
  Random random(42);
  int64_t declines = 0;
  int64_t moved = 0;
  int64_t ahead = 0;
  for (int round = 0; declines < 50000; ++round) {
    LiveRound live(random, RepairMode::kStable, round);
    if (live.market().switcher_count() == 0) continue;
    for (int step = 0; step < 25; ++step) {
      const auto before = live.Held();
      const auto repaired = live.Happen(round % 2 == 0);
      if (!repaired) continue;
      live.wanted().Clear(live.table(), live.order());
      const auto after = live.Held();
      ASSERT_EQ(after, live.wanted().held) << live.text();
      ExpectMoves(repaired->moves, before, after);
      if (HasFatalFailure()) return;
      ++declines;
      moved += static_cast<int64_t>(repaired->moves.size());
    }
    ahead += live.live().state().searches().ahead;
  }
  EXPECT_GT(moved, declines / 2);
  EXPECT_GT(ahead, declines / 10) << "something to look ahead for";
}

TEST(RepairProperty, WhereNobodyMovesWhatBlocksIsCounted) {
  Random random(43);
  int64_t repairs = 0;
  int64_t blocking = 0;
  for (int round = 0; round < 3000; ++round) {
    LiveRound live(random, RepairMode::kNobodyMoves, round - round % 4);
    if (live.market().switcher_count() == 0) continue;
    for (int step = 0; step < 5; ++step) {
      const auto before = live.Held();
      const auto repaired = live.Happen(true);
      if (!repaired) continue;
      const auto after = live.Held();
      for (const int32_t p : repaired->starts_closed) {
        live.wanted().open[static_cast<size_t>(p)] = 0;
      }
      size_t lost = 0;
      for (size_t s = 0; s < before.size(); ++s) {
        if (!before[s] || after[s] == before[s]) continue;
        const int32_t p = before[s]->start;
        if (p == kNone || live.wanted().open[static_cast<size_t>(p)] != 0) ++lost;
      }
      EXPECT_LE(lost, 1U) << "only the one who declined and those of closed starts";
      const testing::ReferenceClearing reference(live.market(), live.table(),
                                                 live.wanted().commitments, live.order());
      ASSERT_EQ(repaired->blocking, reference.CountBlocking(after, live.wanted().open))
          << live.text();
      ++repairs;
      blocking += repaired->blocking;
    }
  }
  EXPECT_GT(repairs, 2000);
  EXPECT_GT(blocking, 100);
}

}  // namespace
}  // namespace matchgo::scheduler::engine
