// Outcomes against all possible outcomes: every assignment of small bare markets is tried, and
// stability is decided by the definition alone.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "common/random/random.h"
#include "services/scheduler/engine/clearing.h"
#include "services/scheduler/engine/market_file.h"
#include "services/scheduler/engine/outcome.h"
#include "services/scheduler/engine/outcome_file.h"
#include "tests/support/engine/contract_table.h"
#include "tests/support/engine/lanes.h"
#include "tests/support/engine/random_market.h"

namespace matchgo::scheduler::engine {
namespace {

// Per switcher: the index of her triple, or -1.
using Assignment = std::vector<int>;

class BruteForce {
 public:
  enum class Ranking { kPlace, kOwn };

  BruteForce(const Market& market, const ContractTable& table, Ranking ranking) : market_(market) {
    for (int32_t place = 0; place < table.size(); ++place) {
      const Contract& contract = table.at(place).contract;
      const GivenTriple& given = *market.FindTriple(contract);
      const bool own = ranking == Ranking::kOwn;
      triples_.push_back({contract, given.score, own ? given.rank_s : place,
                          own ? given.rank_v : place, own ? given.rank_p : place});
    }
    options_.resize(market.switchers.size(), {-1});
    for (size_t i = 0; i < triples_.size(); ++i) {
      options_[static_cast<size_t>(triples_[i].contract.switcher)].push_back(static_cast<int>(i));
    }
  }

  // All stable assignments when exactly these starts may run. A start without participants counts
  // as open: its contracts may block.
  std::vector<Assignment> Stable(const std::vector<bool>& open) const {
    std::vector<Assignment> stable;
    Assignment assignment(options_.size(), -1);
    std::function<void(size_t)> extend = [&](size_t s) {
      if (s == options_.size()) {
        if (IsStable(assignment, open)) stable.push_back(assignment);
        return;
      }
      for (const int option : options_[s]) {
        if (option >= 0 && !IsOpen(option, open)) continue;
        assignment[s] = option;
        if (Fits(assignment, s)) extend(s + 1);
      }
      assignment[s] = -1;
    };
    extend(0);
    return stable;
  }

  int64_t Total(const Assignment& assignment) const {
    int64_t total = 0;
    for (const int option : assignment) total += option < 0 ? 0 : At(option).score;
    return total;
  }

  int64_t Load(const Assignment& assignment, int32_t p) const {
    return std::ranges::count_if(
        assignment, [&](int option) { return option >= 0 && At(option).contract.start == p; });
  }

  bool KeepsMinima(const Assignment& assignment) const {
    for (int32_t p = 0; p < market_.start_count(); ++p) {
      const int64_t load = Load(assignment, p);
      if (load > 0 && load < market_.start(p).min) return false;
    }
    return true;
  }

  std::vector<std::optional<Contract>> Contracts(const Assignment& assignment) const {
    std::vector<std::optional<Contract>> contracts;
    for (const int option : assignment) {
      contracts.push_back(option < 0 ? std::nullopt : std::optional(At(option).contract));
    }
    return contracts;
  }

  int32_t RankFor(size_t s, const Assignment& assignment) const {
    return assignment[s] < 0 ? INT32_MAX : At(assignment[s]).rank_s;
  }

 private:
  struct Triple {
    Contract contract;
    int64_t score;
    int32_t rank_s, rank_v, rank_p;
  };

  const Triple& At(int option) const { return triples_[static_cast<size_t>(option)]; }
  bool IsOpen(int option, const std::vector<bool>& open) const {
    const int32_t p = At(option).contract.start;
    return p == kNone || open[static_cast<size_t>(p)];
  }

  bool Fits(const Assignment& assignment, size_t last) const {
    if (assignment[last] < 0) return true;
    const Contract& added = At(assignment[last]).contract;
    int64_t in_vacancy = 0;
    int64_t in_start = 0;
    for (size_t s = 0; s <= last; ++s) {
      if (assignment[s] < 0) continue;
      const Contract& contract = At(assignment[s]).contract;
      in_vacancy += contract.vacancy == added.vacancy ? 1 : 0;
      in_start += contract.start == added.start ? 1 : 0;
    }
    return in_vacancy <= market_.vacancy(added.vacancy).openings &&
           (added.direct() || in_start <= market_.start(added.start).capacity);
  }

  bool IsStable(const Assignment& assignment, const std::vector<bool>& open) const {
    for (size_t i = 0; i < triples_.size(); ++i) {
      if (IsOpen(static_cast<int>(i), open) && Blocks(triples_[i], assignment)) return false;
    }
    return true;
  }

  bool Blocks(const Triple& triple, const Assignment& assignment) const {
    if (RankFor(static_cast<size_t>(triple.contract.switcher), assignment) <= triple.rank_s) {
      return false;
    }
    int64_t held_v = 0;
    int64_t held_p = 0;
    bool worse_v = false;
    bool worse_p = false;
    for (const int option : assignment) {
      if (option < 0) continue;
      const Triple& other = At(option);
      if (other.contract.vacancy == triple.contract.vacancy) {
        ++held_v;
        worse_v = worse_v || other.rank_v > triple.rank_v;
      }
      if (!triple.contract.direct() && other.contract.start == triple.contract.start) {
        ++held_p;
        worse_p = worse_p || other.rank_p > triple.rank_p;
      }
    }
    const bool vacancy_takes =
        held_v < market_.vacancy(triple.contract.vacancy).openings || worse_v;
    if (triple.contract.direct()) return vacancy_takes;
    return vacancy_takes && (held_p < market_.start(triple.contract.start).capacity || worse_p);
  }

  const Market& market_;
  std::vector<Triple> triples_;
  std::vector<std::vector<int>> options_;
};

std::vector<bool> OpenSet(uint64_t mask, int32_t starts) {
  std::vector<bool> open;
  for (int32_t p = 0; p < starts; ++p) open.push_back((mask >> p & 1U) != 0);
  return open;
}

std::vector<std::optional<Contract>> Held(const Market& market, const Clearing& clearing) {
  std::vector<std::optional<Contract>> contracts(market.switchers.size());
  for (const KnownContract& held : clearing.holdings) {
    contracts[static_cast<size_t>(held.switcher)] = held.contract();
  }
  return contracts;
}

StatusOr<Clearing> ClearOf(const Market& market, const ClearOptions& options = {}) {
  SerialParallel serial;
  return Clear(CandidateIndex(market, Weights()), options, serial);
}

const testing::MarketShape kTiny{.switchers_max = 5, .vacancies_max = 3, .starts_max = 3};
const testing::MarketShape kBusy{
    .switchers_max = 16, .vacancies_max = 7, .starts_max = 6, .modules_max = 3, .skills = 4};

TEST(ClearingProperty, ScoreIsTheOneStableOutcomeOfTheBestOpenSet) {
  Random random(21);
  int64_t closed = 0;
  for (int round = 0; round < 1500; ++round) {
    const auto built = BuildMarket(testing::RandomTriples(random, kTiny));
    ASSERT_TRUE(built.ok()) << built.status();
    const Market& market = built->market;
    if (!market.bare) continue;
    const auto table = FindContracts(market, Weights());
    const auto clearing = ClearOf(market);
    ASSERT_TRUE(clearing.ok());
    const BruteForce brute(market, *table, BruteForce::Ranking::kPlace);

    int64_t best = -1;
    for (uint64_t mask = 0; mask < uint64_t{1} << market.start_count(); ++mask) {
      const auto stable = brute.Stable(OpenSet(mask, market.start_count()));
      ASSERT_EQ(stable.size(), 1U) << built->text;
      if (brute.KeepsMinima(stable[0])) best = std::max(best, brute.Total(stable[0]));
    }
    EXPECT_EQ(clearing->total_score, best) << built->text;

    std::vector<bool> running;
    for (int32_t p = 0; p < market.start_count(); ++p) running.push_back(clearing->Runs(p));
    const auto mine = brute.Stable(running);
    ASSERT_EQ(Held(market, *clearing), brute.Contracts(mine[0])) << built->text;
    EXPECT_TRUE(brute.KeepsMinima(mine[0]));
    for (const ClosedStartLoad& line : clearing->closed) {
      ++closed;
      std::vector<bool> with = running;
      with[static_cast<size_t>(line.start)] = true;
      EXPECT_EQ(line.load, brute.Load(brute.Stable(with)[0], line.start)) << built->text;
    }
  }
  EXPECT_GT(closed, 50);
}

TEST(ClearingProperty, NestedIsStableAndBestForEverySwitcher) {
  Random random(22);
  int64_t several = 0;
  for (int round = 0; round < 1500; ++round) {
    const auto nesting = round % 2 == 0 ? testing::RandomNesting::kVacanciesInStarts
                                        : testing::RandomNesting::kStartsInVacancies;
    testing::MarketShape shape = kTiny;
    shape.min_max = 0;
    const auto built = BuildMarket(testing::RandomNested(random, shape, nesting));
    ASSERT_TRUE(built.ok());
    const Market& market = built->market;
    if (!market.bare) continue;
    const auto table = FindContracts(market, Weights());
    const auto clearing = ClearOf(market, {.mechanism = Mechanism::kNested});
    ASSERT_TRUE(clearing.ok()) << clearing.status() << "\n" << built->text;
    const BruteForce brute(market, *table, BruteForce::Ranking::kOwn);
    const auto stable = brute.Stable(std::vector<bool>(market.starts.size(), true));
    ASSERT_FALSE(stable.empty());
    several += stable.size() > 1 ? 1 : 0;
    const auto mine = Held(market, *clearing);
    bool found = false;
    for (const Assignment& assignment : stable) {
      if (brute.Contracts(assignment) != mine) continue;
      found = true;
      for (const Assignment& other : stable) {
        for (size_t s = 0; s < mine.size(); ++s) {
          EXPECT_LE(brute.RankFor(s, assignment), brute.RankFor(s, other)) << built->text;
        }
      }
    }
    EXPECT_TRUE(found) << built->text;
  }
  EXPECT_GT(several, 3);
}

TEST(ClearingProperty, PriorityIsTheSerialResultOnTheStartsThatRun) {
  Random random(23);
  for (int round = 0; round < 400; ++round) {
    MarketInput input = testing::RandomTriples(random, {});
    testing::AddCommitments(random, input);
    const auto built = BuildMarket(input);
    ASSERT_TRUE(built.ok());
    const Market& market = built->market;
    const auto table = FindContracts(market, Weights());
    const auto clearing = ClearOf(market, {.mechanism = Mechanism::kPriority});
    ASSERT_TRUE(clearing.ok());
    std::vector<int32_t> turn;
    for (int32_t s = 0; s < market.switcher_count(); ++s) turn.push_back(s);
    std::ranges::sort(turn, {}, [&](int32_t s) {
      return std::tuple(market.switcher(s).priority,
                        LotteryHash(market.seed, market.switcher_ids[s]), s);
    });
    std::map<int32_t, int> openings;
    std::map<int32_t, int> places;
    for (int32_t v = 0; v < market.vacancy_count(); ++v) openings[v] = market.vacancy(v).openings;
    for (int32_t p = 0; p < market.start_count(); ++p) places[p] = market.start(p).capacity;
    std::vector<std::optional<Contract>> wanted(market.switchers.size());
    const auto take = [&](const Contract& contract) {
      wanted[static_cast<size_t>(contract.switcher)] = contract;
      --openings[contract.vacancy];
      if (!contract.direct()) --places[contract.start];
    };
    for (const Contract& contract : market.commitments.frozen) take(contract);
    for (const int32_t s : turn) {
      if (wanted[static_cast<size_t>(s)]) continue;
      for (const int32_t place : table->OfSwitcher(s)) {
        const Contract& contract = table->at(place).contract;
        const bool declined = std::ranges::binary_search(market.commitments.declined, contract);
        const bool runs = contract.direct() || clearing->Runs(contract.start);
        if (declined || !runs || openings[contract.vacancy] == 0) continue;
        if (!contract.direct() && places[contract.start] == 0) continue;
        take(contract);
        break;
      }
    }
    EXPECT_EQ(Held(market, *clearing), wanted) << built->text;
  }
}

// Lines in any order, any number of lanes, however little is searched at a time: the same bytes.
TEST(ClearingProperty, NeitherOrderNorLanesNorListLengthsChangeAByte) {
  Random random(24);
  for (int round = 0; round < 1500; ++round) {
    const bool nested = round % 5 == 0;
    MarketInput input =
        nested ? testing::RandomNested(random, {}, testing::RandomNesting::kVacanciesInStarts)
        : round % 5 == 1 ? testing::RandomTriples(random, {})
                         : testing::RandomMarket(random, kBusy);
    if (round % 5 == 2) testing::MakeDense(random, input);
    testing::AddCommitments(random, input);
    const std::string text = FormatMarket(input);
    const auto market = ParseMarket(text, "a");
    const auto shuffled = ParseMarket(testing::ShuffleLines(random, text), "b");
    ASSERT_TRUE(market.ok() && shuffled.ok());
    for (const Mechanism mechanism :
         {Mechanism::kScore, Mechanism::kPriority, Mechanism::kNested}) {
      if (mechanism == Mechanism::kNested && !nested) continue;
      ClearMarketOptions options{.clear = {.mechanism = mechanism}};
      if (!nested) options.clear.search.list_all = 0;
      const auto a = ClearMarket(*market, options);
      options.clear.search.first = static_cast<int>(random.Between(1, 5));
      options.clear.search.more = static_cast<int>(random.Between(1, 5));
      options.clear.search.many = static_cast<size_t>(random.Between(1, 9));
      options.clear.search.many_askers = static_cast<size_t>(random.Between(1, 4));
      options.clear.search.many_parties = static_cast<size_t>(random.Between(1, 9));
      options.clear.search.spare_at_vacancy = static_cast<size_t>(random.Between(0, 2));
      options.clear.search.spare_at_start = static_cast<size_t>(random.Between(0, 3));
      testing::Lanes lanes(static_cast<int>(random.Between(1, 3)));
      const auto b = ClearMarket(*shuffled, options, lanes, {});
      if (nested && market->triples.empty()) continue;
      ASSERT_TRUE(a.ok() && b.ok()) << a.status() << b.status();
      ASSERT_EQ(FormatOutcome(*a), FormatOutcome(*b)) << text;
    }
  }
}

}  // namespace
}  // namespace matchgo::scheduler::engine
