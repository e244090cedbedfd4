// What a checker's report says, for tests that compare two ways of checking: words, without what
// the ways may say differently.
//
// Pure. Used by tests/property/engine_checker*_test.cc.
#pragma once

#include <algorithm>
#include <set>
#include <string>

#include "services/scheduler/engine/checker.h"

namespace matchgo::testing {

inline bool AboutOpenings(const scheduler::engine::CheckProblem& problem) {
  return problem.word == "closed_load" || problem.word == "reopenable" ||
         problem.text == "summary.total_score_minima_ignored";
}

// What a report says; of the contracts that block the switchers. What follows from opening a start
// is searched for only if all else is right.
inline std::set<std::string> Said(const scheduler::engine::CheckReport& report) {
  std::set<std::string> said;
  const bool right = std::ranges::all_of(report.problems, AboutOpenings);
  for (const scheduler::engine::CheckProblem& problem : report.problems) {
    if (AboutOpenings(problem) && !right) continue;
    const bool blocks = problem.word == "blocking";
    said.insert(problem.word + " " +
                (blocks ? problem.text.substr(0, problem.text.find(',')) : problem.text));
  }
  return said;
}

}  // namespace matchgo::testing
