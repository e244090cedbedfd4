// The checker accepts what the engine makes, for every mechanism, and rejects it after any of many
// small changes.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "common/random/random.h"
#include "services/scheduler/engine/checker.h"
#include "services/scheduler/engine/market_file.h"
#include "services/scheduler/engine/outcome.h"
#include "services/scheduler/engine/outcome_file.h"
#include "tests/support/engine/check_words.h"
#include "tests/support/engine/contract_table.h"
#include "tests/support/engine/lanes.h"
#include "tests/support/engine/random_market.h"

namespace matchgo::scheduler::engine {
namespace {

using testing::Said;

std::string Show(const CheckReport& report) {
  std::string text;
  for (const CheckProblem& problem : report.problems) {
    text += problem.word + " " + problem.text + "\n";
  }
  return text;
}

TEST(CheckerProperty, AcceptsEveryOutcomeOfTheEngine) {
  Random random(51);
  for (int round = 0; round < 900; ++round) {
    MarketInput input;
    Mechanism mechanism = round % 2 == 0 ? Mechanism::kScore : Mechanism::kPriority;
    if (round % 3 == 0) {
      input = testing::RandomMarket(random, {});
    } else if (round % 3 == 1) {
      input = testing::RandomTriples(random, {});
    } else {
      input = testing::RandomNested(random, {},
                                    round % 2 == 0 ? testing::RandomNesting::kVacanciesInStarts
                                                   : testing::RandomNesting::kStartsInVacancies);
      if (!input.triples.empty()) mechanism = Mechanism::kNested;
    }
    testing::AddCommitments(random, input);
    const auto built = BuildMarket(input);
    ASSERT_TRUE(built.ok());
    const auto outcome = ClearMarket(built->market, {.clear = {.mechanism = mechanism}});
    ASSERT_TRUE(outcome.ok()) << outcome.status();
    const auto read = ParseOutcome(FormatOutcome(*outcome), "outcome");
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_EQ(*read, *outcome);
    const CheckReport report = CheckOutcome(built->market, *read);
    ASSERT_TRUE(report.ok()) << Show(report) << built->text << FormatOutcome(*outcome);
    SerialParallel serial;
    const CheckReport searched =
        CheckOutcome(built->market, *read, {.pairs_listed_max = -1}, serial);
    ASSERT_TRUE(searched.ok()) << Show(searched) << built->text << FormatOutcome(*outcome);
  }
}

// Changes an outcome so that it must be wrong; false when this outcome has nothing to change.
using Mutation = std::function<bool(Random&, const Market&, Outcome&)>;

struct NamedMutation {
  const char* name;
  Mutation mutate;
};

OutcomeMatch* AnyMatch(Random& random, Outcome& outcome) {
  if (outcome.matches.empty()) return nullptr;
  return &outcome.matches[random.Below(outcome.matches.size())];
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

// Takes a match out and reports its switcher as unmatched, with a consistent summary.
bool DropMatch(Random& random, Outcome& outcome) {
  if (outcome.matches.empty()) return false;
  const auto i = static_cast<std::ptrdiff_t>(random.Below(outcome.matches.size()));
  OutcomeUnmatched unmatched{outcome.matches[static_cast<size_t>(i)].contract.switcher,
                             WhyUnmatched::kOutcompeted};
  outcome.matches.erase(outcome.matches.begin() + i);
  const auto at = std::ranges::lower_bound(outcome.unmatched, unmatched.switcher, {},
                                           &OutcomeUnmatched::switcher);
  outcome.unmatched.insert(at, std::move(unmatched));
  Recount(outcome);
  return true;
}

bool AddFirstFree(const Market& market, Outcome& outcome) {
  const auto table = FindContracts(market, outcome.weights);
  for (size_t i = 0; i < outcome.unmatched.size(); ++i) {
    const int32_t s = *market.switcher_ids.Find(outcome.unmatched[i].switcher);
    if (table->OfSwitcher(s).empty()) continue;
    const FeasibleContract& entry = table->at(table->OfSwitcher(s).front());
    OutcomeMatch match{.contract = market.Ids(entry.contract), .score = entry.score};
    match.ready = entry.ready;
    match.modules.emplace();
    if (!entry.contract.direct()) {
      match.modules = ModuleIds(market, entry.contract.start, entry.modules);
    }
    outcome.unmatched.erase(outcome.unmatched.begin() + static_cast<std::ptrdiff_t>(i));
    const auto at =
        std::ranges::lower_bound(outcome.matches, match.contract.switcher, {},
                                 [](const OutcomeMatch& other) { return other.contract.switcher; });
    outcome.matches.insert(at, std::move(match));
    Recount(outcome);
    return true;
  }
  return false;
}

// Moves somebody to a contract of hers that is worse, and leaves her seats to nobody.
bool Demote(Random& random, const Market& market, Outcome& outcome) {
  const auto table = FindContracts(market, outcome.weights);
  OutcomeMatch* match = AnyMatch(random, outcome);
  if (match == nullptr) return false;
  const Contract held = *market.Find(match->contract);
  if (std::ranges::binary_search(market.commitments.frozen, held)) return false;
  const std::span<const int32_t> hers = table->OfSwitcher(held.switcher);
  const FeasibleContract& worse = table->at(hers.back());
  if (worse.contract == held) return false;
  match->contract = market.Ids(worse.contract);
  match->score = worse.score;
  match->ready = worse.ready;
  match->modules.emplace();
  if (!worse.contract.direct()) {
    match->modules = ModuleIds(market, worse.contract.start, worse.modules);
  }
  Recount(outcome);
  return true;
}

const NamedMutation kMutations[] = {
    {"another market",
     [](Random&, const Market&, Outcome& o) {
       o.market_digest.back() = o.market_digest.back() == '0' ? '1' : '0';
       return true;
     }},
    {"another seed", [](Random&, const Market&, Outcome& o) { return (o.seed += "x", true); }},
    {"unknown mechanism",
     [](Random&, const Market&, Outcome& o) { return (o.mechanism = "best", true); }},
    {"weights do not sum",
     [](Random&, const Market&, Outcome& o) {
       ++o.weights.of[0];
       return true;
     }},
    {"negative weight",
     [](Random&, const Market&, Outcome& o) {
       o.weights.of = {1001, -1, 0, 0, 0, 0, 0};
       return true;
     }},
    {"score one too high",
     [](Random& r, const Market&, Outcome& o) {
       OutcomeMatch* match = AnyMatch(r, o);
       if (match == nullptr) return false;
       ++match->score;
       Recount(o);
       return true;
     }},
    {"ready a day early",
     [](Random& r, const Market&, Outcome& o) {
       OutcomeMatch* match = AnyMatch(r, o);
       if (match == nullptr) return false;
       --*match->ready;
       return true;
     }},
    {"a module more",
     [](Random& r, const Market&, Outcome& o) {
       OutcomeMatch* match = AnyMatch(r, o);
       if (match == nullptr) return false;
       match->modules->emplace_back("zz");
       return true;
     }},
    {"a module less",
     [](Random&, const Market&, Outcome& o) {
       for (OutcomeMatch& match : o.matches) {
         if (match.modules->empty()) continue;
         match.modules->pop_back();
         return true;
       }
       return false;
     }},
    {"modules missing",
     [](Random& r, const Market&, Outcome& o) {
       OutcomeMatch* match = AnyMatch(r, o);
       if (match == nullptr) return false;
       match->modules.reset();
       return true;
     }},
    {"a match dropped", [](Random& r, const Market&, Outcome& o) { return DropMatch(r, o); }},
    {"a match dropped silently",
     [](Random&, const Market&, Outcome& o) {
       if (o.matches.empty()) return false;
       o.matches.pop_back();
       return true;
     }},
    {"a match added over capacity or out of turn",
     [](Random&, const Market& m, Outcome& o) { return AddFirstFree(m, o); }},
    {"a match twice",
     [](Random&, const Market&, Outcome& o) {
       if (o.matches.empty()) return false;
       o.matches.push_back(o.matches.back());
       Recount(o);
       return true;
     }},
    {"matches out of order",
     [](Random&, const Market&, Outcome& o) {
       if (o.matches.size() < 2) return false;
       std::swap(o.matches.front(), o.matches.back());
       return true;
     }},
    {"vacancies of two swapped",
     [](Random&, const Market&, Outcome& o) {
       for (OutcomeMatch& match : o.matches) {
         OutcomeMatch& first = o.matches.front();
         if (match.contract.vacancy == first.contract.vacancy) continue;
         std::swap(match.contract.vacancy, first.contract.vacancy);
         return true;
       }
       return false;
     }},
    {"a worse contract of hers",
     [](Random& r, const Market& m, Outcome& o) { return Demote(r, m, o); }},
    {"unknown vacancy",
     [](Random& r, const Market&, Outcome& o) {
       OutcomeMatch* match = AnyMatch(r, o);
       return match != nullptr && (match->contract.vacancy = "nowhere", true);
     }},
    {"start taken away",
     [](Random&, const Market&, Outcome& o) {
       for (OutcomeMatch& match : o.matches) {
         if (!match.contract.start) continue;
         match.contract.start.reset();
         Recount(o);
         return true;
       }
       return false;
     }},
    {"unmatched missing",
     [](Random&, const Market&, Outcome& o) {
       return !o.unmatched.empty() && (o.unmatched.pop_back(), true);
     }},
    {"unmatched reason",
     [](Random&, const Market&, Outcome& o) {
       if (o.unmatched.empty()) return false;
       WhyUnmatched& why = o.unmatched.front().why;
       why = why == WhyUnmatched::kOutcompeted ? WhyUnmatched::kNoFeasibleContract
                                               : WhyUnmatched::kOutcompeted;
       return true;
     }},
    {"unknown unmatched",
     [](Random&, const Market&, Outcome& o) {
       o.unmatched.push_back({"zz", WhyUnmatched::kOutcompeted});
       return true;
     }},
    {"closed missing", [](Random&, const Market&,
                          Outcome& o) { return !o.closed.empty() && (o.closed.pop_back(), true); }},
    {"closed though it runs",
     [](Random&, const Market&, Outcome& o) {
       for (const OutcomeMatch& match : o.matches) {
         if (!match.contract.start) continue;
         o.closed.push_back({*match.contract.start, 0, 0});
         return true;
       }
       return false;
     }},
    {"closed load",
     [](Random&, const Market&, Outcome& o) {
       return !o.closed.empty() && (++o.closed.front().load, true);
     }},
    {"load of a start that stays empty",
     [](Random&, const Market&, Outcome& o) {
       for (OutcomeClosed& closed : o.closed) {
         if (closed.load == 0) return (closed.load = 1, true);
       }
       return false;
     }},
    {"no load of a start that does not stay empty",
     [](Random&, const Market&, Outcome& o) {
       for (OutcomeClosed& closed : o.closed) {
         if (closed.load > 0) return (closed.load = 0, true);
       }
       return false;
     }},
    {"closed minimum",
     [](Random&, const Market&, Outcome& o) {
       return !o.closed.empty() && (++o.closed.front().min, true);
     }},
    {"summary matched",
     [](Random&, const Market&, Outcome& o) { return (++o.summary.matched, true); }},
    {"summary switchers",
     [](Random&, const Market&, Outcome& o) { return (++o.summary.switchers, true); }},
    {"summary openings",
     [](Random&, const Market&, Outcome& o) { return (++o.summary.openings, true); }},
    {"summary starts",
     [](Random&, const Market&, Outcome& o) { return (++o.summary.starts, true); }},
    {"summary running",
     [](Random&, const Market&, Outcome& o) { return (++o.summary.running, true); }},
    {"summary seats",
     [](Random&, const Market&, Outcome& o) { return (++o.summary.seats_filled, true); }},
    {"summary total",
     [](Random&, const Market&, Outcome& o) { return (++o.summary.total_score, true); }},
    {"summary cost of minima",
     [](Random&, const Market&, Outcome& o) {
       return (++o.summary.total_score_minima_ignored, true);
     }},
};

TEST(CheckerProperty, RejectsEveryMutation) {
  Random random(53);
  testing::Lanes lanes(2);
  std::vector<int> applied(std::size(kMutations), 0);
  for (int round = 0; round < 150; ++round) {
    MarketInput input = testing::RandomMarket(random, {.switchers_max = 9, .starts_max = 5});
    testing::AddCommitments(random, input);
    const auto built = BuildMarket(input);
    const auto outcome = ClearMarket(built->market, {});
    ASSERT_TRUE(outcome.ok());
    for (size_t i = 0; i < std::size(kMutations); ++i) {
      Outcome changed = *outcome;
      if (!kMutations[i].mutate(random, built->market, changed)) continue;
      ++applied[i];
      EXPECT_FALSE(CheckOutcome(built->market, changed).ok())
          << kMutations[i].name << "\n"
          << built->text << FormatOutcome(changed);
      EXPECT_FALSE(CheckOutcome(built->market, changed, {.pairs_listed_max = -1}, lanes).ok())
          << kMutations[i].name << " (searching)\n"
          << built->text << FormatOutcome(changed);
    }
  }
  for (size_t i = 0; i < std::size(kMutations); ++i) {
    EXPECT_GT(applied[i], 5) << kMutations[i].name << " was hardly ever possible";
  }
}

// Keeps some of the matches only: much that blocks, at full and at half empty parties.
void DropSome(Random& random, const Market& market, Outcome& outcome) {
  for (int i = static_cast<int>(random.Below(4)); i > 0; --i) DropMatch(random, outcome);
  std::set<std::string> running;
  for (const OutcomeMatch& match : outcome.matches)
    running.insert(match.contract.start.value_or(""));
  outcome.closed.clear();
  for (int32_t p = 0; p < market.start_count(); ++p) {
    const std::string id(market.start_ids[p]);
    if (!running.contains(id)) outcome.closed.push_back({id, 0, market.start(p).min});
  }
}

TEST(CheckerProperty, SearchingSaysWhatListingSays) {
  Random random(55);
  testing::Lanes lanes(3);
  int64_t blocking = 0;
  int same = 0;
  for (int round = 0; round < 1200; ++round) {
    MarketInput input = testing::RandomMarket(random, {.switchers_max = 9, .starts_max = 5});
    testing::AddCommitments(random, input);
    const auto built = BuildMarket(input);
    const Mechanism mechanism = round % 3 == 0 ? Mechanism::kPriority : Mechanism::kScore;
    const auto outcome = ClearMarket(built->market, {.clear = {.mechanism = mechanism}});
    ASSERT_TRUE(outcome.ok());
    Outcome changed = *outcome;
    if (round % 2 == 0) {
      DropSome(random, built->market, changed);
    } else {
      kMutations[random.Below(std::size(kMutations))].mutate(random, built->market, changed);
    }
    const CheckReport listed = CheckOutcome(built->market, changed);
    const CheckReport searched =
        CheckOutcome(built->market, changed, {.pairs_listed_max = -1}, lanes);
    ASSERT_EQ(Said(searched), Said(listed)) << built->text << FormatOutcome(changed);
    EXPECT_EQ(listed.blocking > 0, searched.blocking > 0);
    blocking += searched.blocking;
    same += listed.ok() ? 1 : 0;
  }
  EXPECT_GT(blocking, 250);
  EXPECT_GT(same, 50);
}

// Outcomes that only the wider rules find wrong.
TEST(CheckerProperty, RejectsAnotherOpenSetAndBrokenCommitments) {
  Random random(54);
  SerialParallel serial;
  int worse_sets = 0;
  int broken = 0;
  for (int round = 0; round < 300; ++round) {
    MarketInput input = testing::RandomMarket(random, {.switchers_max = 9, .starts_max = 4});
    const auto plain = BuildMarket(input);
    const auto free_outcome = ClearMarket(plain->market, {});
    ASSERT_TRUE(free_outcome.ok());
    testing::AddCommitments(random, input);
    const auto built = BuildMarket(input);
    const auto kept = ClearMarket(built->market, {});
    ASSERT_TRUE(kept.ok());
    if (kept->matches != free_outcome->matches) {
      Outcome ignoring = *free_outcome;
      ignoring.market_digest = built->market.digest;
      EXPECT_FALSE(CheckOutcome(built->market, ignoring).ok()) << built->text;
      ++broken;
    }
    // Closing one start that runs: stable for its set, but it can be reopened with profit.
    for (const OutcomeMatch& match : free_outcome->matches) {
      if (!match.contract.start) continue;
      MarketInput without = input;
      without.frozen.clear();
      without.declined.clear();
      std::erase_if(without.starts,
                    [&](const MarketStart& p) { return p.id == match.contract.start; });
      const auto closed = ClearMarket(BuildMarket(without)->market, {});
      if (closed->summary.total_score >= free_outcome->summary.total_score) break;
      Outcome worse = *closed;
      worse.market_digest = plain->market.digest;
      EXPECT_FALSE(CheckOutcome(plain->market, worse).ok()) << plain->text;
      EXPECT_FALSE(CheckOutcome(plain->market, worse, {.pairs_listed_max = -1}, serial).ok())
          << plain->text;
      ++worse_sets;
      break;
    }
  }
  EXPECT_GT(worse_sets, 20);
  EXPECT_GT(broken, 20);
}

}  // namespace
}  // namespace matchgo::scheduler::engine
