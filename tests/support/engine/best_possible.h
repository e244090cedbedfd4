// The best that any choice of feasible contracts could reach, by trying all of them.
//
// Contracts fit the seats of all three sides; frozen ones stay, declined ones do not count, minima
// of starts do not either. What bounds are compared with; for a handful of people. Used by
// tests/property.
#pragma once

#include <cstdint>

#include "services/scheduler/engine/market.h"
#include "tests/support/engine/contract_table.h"

namespace matchgo::testing {

struct BestPossible {
  int64_t total_score = 0;  // of the choice with the highest total
  int64_t placed = 0;       // of the choice that places most
};

// REQUIRES: the commitments are valid.
BestPossible FindBestPossible(const scheduler::engine::Market& market,
                              const scheduler::engine::ContractTable& table,
                              const scheduler::engine::Commitments& commitments);

}  // namespace matchgo::testing
