// The checker's own search: every contract that could upset an outcome, without listing all.
//
// Bounds come from the outcome alone: what a switcher holds, and the worst holding that a vacancy
// or a start would give up. What they cannot exclude is worked out with CheckedRules, so nothing
// that is feasible is passed over unless it surely does not block. Shares nothing with
// candidate_search.h. Pure; spread over lanes, the same answer for any number. Test:
// tests/property/engine_checker_search_property_test.cc
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "services/scheduler/engine/checker_rules.h"
#include "services/scheduler/engine/checker_table.h"
#include "services/scheduler/engine/market.h"
#include "services/scheduler/engine/parallel.h"
#include "services/scheduler/engine/score.h"

namespace matchgo::scheduler::engine {

// What a party would still take: anything, nothing, or what ranks before its worst holding.
struct CheckedSeats {
  bool room = false;
  std::optional<CheckedRank> worst = {};

  bool Takes(const CheckedRank& rank) const { return room || (worst && rank < *worst); }
  bool TakesNothing() const { return !room && !worst; }
};

// An outcome as its parties see it.
struct CheckedSituation {
  std::vector<uint8_t> settled;                   // per switcher: 1 when nothing can move her
  std::vector<std::optional<CheckedRank>> holds;  // per switcher
  std::vector<CheckedSeats> vacancies;
  std::vector<CheckedSeats> starts;  // takes nothing: does not run
};

struct CheckedFindings {
  std::vector<Contract> contracts;  // at most one a switcher, ascending
  int64_t worked_out = 0;           // contracts that were scored
  // Per switcher: 1 when a feasible contract of hers that is not declined was worked out.
  std::vector<uint8_t> able;
};

// A contract of each switcher who has one that blocks.
CheckedFindings FindBlocking(const CheckedTable& table, const Weights& weights,
                             const CheckedRanks& ranks, const CheckedSituation& situation,
                             Parallel& parallel);
// A feasible contract that is not declined of each of these switchers who has one; `asked`: per
// switcher.
CheckedFindings FindFeasible(const CheckedTable& table, const std::vector<uint8_t>& asked,
                             Parallel& parallel);
// All contracts of those who are asked that block; with `direct` also those without a start.
// Nothing when there are too many.
std::optional<std::vector<CheckedContract>> FindAllBlocking(const CheckedTable& table,
                                                            const Weights& weights,
                                                            const CheckedRanks& ranks,
                                                            const CheckedSituation& situation,
                                                            const std::vector<uint8_t>& asked,
                                                            bool direct, Parallel& parallel);

}  // namespace matchgo::scheduler::engine
