// The independent checker: accepts or rejects an outcome, and trusts nothing that made it.
//
// Shares no code with plan, feasibility, score, contracts or clearing: it has its own, simpler
// versions of the rules and reads only the market value and the outcome's ids. It verifies every
// line: feasibility, plan, score, capacities, minima, frozen and declined contracts, stability
// against all feasible contracts, closed loads, unmatched reasons, summary. In a large market it
// searches instead of listing, and says what it left out. Pure. Test:
// tests/property/engine_checker_property_test.cc
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "services/scheduler/engine/market.h"
#include "services/scheduler/engine/outcome.h"
#include "services/scheduler/engine/parallel.h"

namespace matchgo::scheduler::engine {

// One thing that is wrong. The word is stable; the text is for people and holds ids only.
struct CheckProblem {
  std::string word;
  std::string text;

  friend bool operator==(const CheckProblem&, const CheckProblem&) = default;
};

struct CheckReport {
  std::vector<CheckProblem> problems;  // the first of them
  int64_t problem_count = 0;
  // Contracts that block; each is a problem too. Of a large market one for each switcher who has
  // one.
  int64_t blocking = 0;
  // All feasible contracts; of a large market those that bounds could not exclude. Stability is
  // checked against all of them either way.
  int64_t looked_at = 0;
  // What was not checked, because it would take too long.
  std::vector<std::string> not_checked;

  bool ok() const { return problem_count == 0; }
};

struct CheckOptions {
  // Pairs of a switcher and a vacancy up to which all feasible contracts are listed.
  int64_t pairs_listed_max = 200'000'000;
  // Pairs up to which each closed start is opened to see what follows.
  int64_t pairs_opened_max = 5'000'000'000;
  size_t problems_kept = 100;
};

CheckReport CheckOutcome(const Market& market, const Outcome& outcome);
// Spreads the search of a large market over lanes; the report is the same for any number.
CheckReport CheckOutcome(const Market& market, const Outcome& outcome, const CheckOptions& options,
                         Parallel& parallel);

}  // namespace matchgo::scheduler::engine
