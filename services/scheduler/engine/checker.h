// The independent checker: accepts or rejects an outcome, and trusts nothing that made it.
//
// Shares no code with plan, feasibility, score, contracts or clearing: it has its own, simpler
// versions of the rules and reads only the market value and the outcome's ids. It verifies every
// line: feasibility, plan, score, capacities, minima, frozen and declined contracts, stability
// against all feasible contracts, closed loads, unmatched reasons, summary. Pure. Test:
// tests/property/engine_checker_property_test.cc
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "services/scheduler/engine/market.h"
#include "services/scheduler/engine/outcome.h"

namespace matchgo::scheduler::engine {

// One thing that is wrong. The word is stable; the text is for people and holds ids only.
struct CheckProblem {
  std::string word;
  std::string text;

  friend bool operator==(const CheckProblem&, const CheckProblem&) = default;
};

struct CheckReport {
  std::vector<CheckProblem> problems;  // at most kProblemsMax are kept
  int64_t problem_count = 0;
  int64_t blocking = 0;  // contracts that block; each is a problem too
  int64_t feasible = 0;  // contracts that were looked at

  bool ok() const { return problem_count == 0; }
};

inline constexpr size_t kProblemsMax = 100;

CheckReport CheckOutcome(const Market& market, const Outcome& outcome);

}  // namespace matchgo::scheduler::engine
