// Repair: what a decline, an expiry or an acceptance changes, with accepted contracts kept.
//
// It equals a clearing with the new commitments on the same contract table, by definition and by
// test, and names everybody who moved. The table is what costs time, and it is not made again.
// Pure. Test: tests/unit/services/scheduler/engine/clearing_test.cc,
// tests/property/engine_repair_property_test.cc
#pragma once

#include <cstdint>
#include <vector>

#include "common/base/status.h"
#include "services/scheduler/engine/clearing.h"
#include "services/scheduler/engine/contracts.h"
#include "services/scheduler/engine/market.h"

namespace matchgo::scheduler::engine {

// One switcher whose contract is another one now; kNone stands for no contract.
struct Move {
  int32_t switcher = 0;
  int32_t place_before = kNone;
  int32_t place_after = kNone;

  friend bool operator==(const Move&, const Move&) = default;
};

struct RepairResult {
  Clearing clearing;
  std::vector<Move> moves;             // ascending by switcher
  std::vector<int32_t> starts_closed;  // ran before, do not run now
  std::vector<int32_t> starts_opened;  // run now, did not before
};

// `now` holds all commitments, old and new: what was accepted or is still out as frozen, what was
// declined or has expired as declined.
StatusOr<RepairResult> Repair(const Market& market, const ContractTable& table,
                              const Clearing& before, Commitments now);

// Convenience for the usual cases: before.commitments and one more. The lists stay sorted.
Commitments WithDeclined(Commitments commitments, const Contract& contract);
Commitments WithFrozen(Commitments commitments, const Contract& contract);

}  // namespace matchgo::scheduler::engine
