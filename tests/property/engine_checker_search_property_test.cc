// Searching a market says of every switcher what listing all contracts says, in markets large
// enough for several blocks of rows, words of bits and neighbourhoods.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "common/random/random.h"
#include "services/scheduler/engine/certificate.h"
#include "services/scheduler/engine/checker.h"
#include "services/scheduler/engine/market_file.h"
#include "services/scheduler/engine/outcome.h"
#include "services/scheduler/engine/outcome_file.h"
#include "tests/support/engine/check_words.h"
#include "tests/support/engine/lanes.h"
#include "tests/support/engine/random_market.h"

namespace matchgo::scheduler::engine {
namespace {

using testing::Said;

// Some names of a list, the first ones most of all.
std::vector<std::string> FewOf(Random& random, int64_t at_most, int64_t skills) {
  std::set<std::string> names;
  for (int64_t i = random.Between(0, at_most); i > 0; --i) {
    names.insert("k" + std::to_string(random.Between(0, random.Between(0, skills - 1))));
  }
  return {names.begin(), names.end()};
}

// One large occupation and a small one in a country that nobody crosses.
MarketInput WideMarket(Random& random, int64_t switchers_max) {
  constexpr int64_t kSkills = 110;
  MarketInput input = testing::RandomMarket(
      random,
      {.switchers_max = switchers_max, .vacancies_max = 450, .starts_max = 7, .skills = kSkills});
  for (MarketSwitcher& s : input.switchers) {
    s.x = random.Between(0, 40);
    s.y = random.Between(0, 12);
    s.max_dist = random.Between(0, 25);
  }
  for (MarketVacancy& v : input.vacancies) {
    v.x = random.Between(0, 40);
    v.y = random.Between(0, 12);
    v.required = FewOf(random, 5, kSkills);
    v.nice = FewOf(random, 4, kSkills);
    v.occupation = random.Chance(850) ? "o0" : "o1";
    v.sector = random.Chance(900) ? "sector1" : "sector2";
    v.openings = random.Between(0, 2);
  }
  for (MarketStart& p : input.starts) {
    p.x = random.Between(0, 40);
    p.y = random.Between(0, 12);
    p.capacity = random.Between(3, 30);
    p.min = random.Between(0, 2);
  }
  return input;
}

void Recount(Outcome& outcome) {
  outcome.summary.matched = static_cast<int64_t>(outcome.matches.size());
  outcome.summary.seats_filled = 0;
  outcome.summary.total_score = 0;
  for (const OutcomeMatch& match : outcome.matches) {
    outcome.summary.seats_filled += match.contract.start ? 1 : 0;
    outcome.summary.total_score += match.score;
  }
}

// Takes a tenth of the matches away.
void DropMany(Random& random, Outcome& outcome) {
  std::vector<OutcomeMatch> kept;
  for (OutcomeMatch& match : outcome.matches) {
    if (random.Chance(100)) {
      outcome.unmatched.push_back({match.contract.switcher, WhyUnmatched::kOutcompeted});
    } else {
      kept.push_back(match);
    }
  }
  outcome.matches = kept;
  std::ranges::sort(outcome.unmatched, {}, &OutcomeUnmatched::switcher);
  Recount(outcome);
}

// What was made with other weights, as if it had been made with these.
void Pretend(const Market& market, const Weights& weights, Outcome& outcome) {
  const CandidateIndex index(market, weights);
  outcome.weights = weights;
  for (OutcomeMatch& match : outcome.matches) {
    match.score = FindContract(index, *market.Find(match.contract))->score;
  }
  Recount(outcome);
}

TEST(CheckerSearchProperty, FindsEverybodyWhoBlocksInWideMarkets) {
  Random random(57);
  testing::Lanes lanes(2);
  constexpr size_t kAll = 1'000'000;
  int64_t blocking = 0;
  int64_t rows = 0;
  int64_t people = 0;
  for (int round = 0; round < 24; ++round) {
    MarketInput input = WideMarket(random, round % 4 == 3 ? 1'500 : 300);
    testing::AddCommitments(random, input);
    const auto built = BuildMarket(input);
    ASSERT_TRUE(built.ok());
    const Weights other{{100, 50, 50, 400, 100, 250, 50}};
    const Mechanism mechanism = round % 3 == 0 ? Mechanism::kPriority : Mechanism::kScore;
    const auto outcome = ClearMarket(built->market, {.weights = round % 2 == 0 ? other : Weights(),
                                                     .clear = {.mechanism = mechanism}});
    ASSERT_TRUE(outcome.ok());
    Outcome changed = *outcome;
    if (round % 2 == 0) Pretend(built->market, Weights(), changed);
    if (round % 4 > 0) DropMany(random, changed);
    const CheckReport listed = CheckOutcome(built->market, changed, {.problems_kept = kAll}, lanes);
    const CheckReport searched = CheckOutcome(
        built->market, changed, {.pairs_listed_max = -1, .problems_kept = kAll}, lanes);
    ASSERT_EQ(Said(searched), Said(listed)) << built->text << FormatOutcome(changed);
    EXPECT_GE(listed.blocking, searched.blocking);
    blocking += searched.blocking;
    rows = std::max<int64_t>(rows, built->market.vacancy_count());
    people = std::max<int64_t>(people, built->market.switcher_count());
  }
  EXPECT_GT(blocking, 500);
  EXPECT_GT(rows, 300);
  EXPECT_GT(people, 1'100);
}

// The market without some of its starts, and without what was said of them.
MarketInput WithoutSome(Random& random, MarketInput input) {
  std::set<std::string> kept = {""};
  for (const MarketContract& contract : input.frozen) kept.insert(contract.start.value_or(""));
  std::erase_if(input.starts, [&](const MarketStart& start) {
    return !kept.contains(start.id) && random.Chance(500);
  });
  for (const MarketStart& start : input.starts) kept.insert(start.id);
  std::erase_if(input.declined, [&](const MarketContract& contract) {
    return !kept.contains(contract.start.value_or(""));
  });
  return input;
}

// An outcome of a market with fewer starts as one of this market, where those are closed. Loads are
// drawn.
void Adopt(Random& random, const Market& market, Outcome& outcome) {
  outcome.market_digest = market.digest;
  outcome.summary.starts = market.start_count();
  std::set<std::string> running;
  for (const OutcomeMatch& match : outcome.matches) {
    running.insert(match.contract.start.value_or(""));
  }
  outcome.closed.clear();
  for (int32_t p = 0; p < market.start_count(); ++p) {
    const std::string id(market.start_ids[p]);
    const int64_t load = random.Between(0, std::min(2, market.start(p).capacity));
    if (!running.contains(id)) outcome.closed.push_back({id, load, market.start(p).min});
  }
  std::set<std::string> able;
  for (const CheckProblem& problem : CheckOutcome(market, outcome).problems) {
    if (problem.word == "why_unmatched") able.insert(problem.text);
  }
  for (OutcomeUnmatched& unmatched : outcome.unmatched) {
    if (able.contains(unmatched.switcher)) unmatched.why = WhyUnmatched::kOutcompeted;
  }
}

// Loads and reopenings of many closed starts, each with a chain of changes behind it.
TEST(CheckerSearchProperty, FollowsWhatAnOpenedStartSetsOff) {
  Random random(58);
  testing::Lanes lanes(2);
  int64_t joined = 0;
  int64_t reopenable = 0;
  int64_t unknown = 0;
  for (int round = 0; round < 250; ++round) {
    MarketInput input = testing::RandomMarket(
        random, {.switchers_max = 40, .vacancies_max = 25, .starts_max = 8, .min_max = 2});
    for (MarketSwitcher& s : input.switchers) s.max_dist = random.Between(4, 9);
    testing::AddCommitments(random, input);
    const auto all = BuildMarket(input);
    ASSERT_TRUE(all.ok());
    const auto without = BuildMarket(WithoutSome(random, input));
    ASSERT_TRUE(without.ok());
    const Mechanism mechanism = round % 3 == 0 ? Mechanism::kPriority : Mechanism::kScore;
    const auto outcome = ClearMarket(without->market, {.clear = {.mechanism = mechanism}});
    ASSERT_TRUE(outcome.ok());
    Outcome changed = *outcome;
    Adopt(random, all->market, changed);
    const CheckReport listed = CheckOutcome(all->market, changed);
    const CheckReport searched =
        CheckOutcome(all->market, changed, {.pairs_listed_max = -1}, lanes);
    ASSERT_EQ(Said(searched), Said(listed)) << all->text << FormatOutcome(changed);
    for (const CheckProblem& problem : searched.problems) {
      joined += problem.word == "closed_load" ? 1 : 0;
      reopenable += problem.word == "reopenable" ? 1 : 0;
    }
    unknown += searched.not_checked.size() > 1 ? 1 : 0;
  }
  EXPECT_GT(joined, 60);
  EXPECT_GT(reopenable, 30);
  EXPECT_LT(unknown, 5);
}

}  // namespace
}  // namespace matchgo::scheduler::engine
