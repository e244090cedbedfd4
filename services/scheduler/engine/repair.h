// Repair: what a decline, an expiry or an acceptance changes, with accepted contracts kept.
//
// This one clears the market again with the new commitments, the choice of open starts included,
// and names everybody who moved. live_outcome.h keeps the starts that run and answers at once.
// Pure. Test: tests/unit/services/scheduler/engine/clearing_test.cc,
// tests/property/engine_repair_property_test.cc
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "common/base/status.h"
#include "services/scheduler/engine/candidate_index.h"
#include "services/scheduler/engine/clearing.h"
#include "services/scheduler/engine/market.h"
#include "services/scheduler/engine/parallel.h"

namespace matchgo::scheduler::engine {

// One switcher whose contract is another one now; nothing stands for no contract.
struct Move {
  int32_t switcher = 0;
  std::optional<KnownContract> before = {};
  std::optional<KnownContract> after = {};

  friend bool operator==(const Move&, const Move&) = default;
};

struct RepairResult {
  Clearing clearing;
  std::vector<Move> moves;             // ascending by switcher
  std::vector<int32_t> starts_closed;  // ran before, do not run now
  std::vector<int32_t> starts_opened;  // run now, did not before
};

// `now` holds all commitments, old and new: what was accepted or is still out as frozen, what was
// declined or has expired as declined. The market of `index` may have other openings, capacities
// and minima than the one `before` was made of, but the same parties.
StatusOr<RepairResult> Repair(const CandidateIndex& index, const Clearing& before, Commitments now,
                              const ClearOptions& options, Parallel& parallel);

// Convenience for the usual cases: before.commitments and one more. The lists stay sorted.
Commitments WithDeclined(Commitments commitments, const Contract& contract);
Commitments WithFrozen(Commitments commitments, const Contract& contract);

}  // namespace matchgo::scheduler::engine
