// The definition of a clearing, plainly: over all feasible contracts, one after the other.
//
// The reference that lazy clearing, repair and open sets are compared with. Slow, so for small
// markets only. Used by tests/property and tests/bench.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "services/scheduler/engine/known_contracts.h"
#include "services/scheduler/engine/market.h"
#include "tests/support/engine/contract_table.h"

namespace matchgo::testing {

struct ReferenceOutcome {
  std::vector<std::optional<scheduler::engine::Contract>> held;  // per switcher; frozen ones too
  std::vector<int32_t> loads;                                    // per start; frozen ones too
  int64_t total_score = 0;                                       // frozen ones too
  int64_t matched = 0;
};

class ReferenceClearing {
 public:
  ReferenceClearing(const scheduler::engine::Market& market,
                    const scheduler::engine::ContractTable& table,
                    scheduler::engine::Commitments commitments,
                    scheduler::engine::TakingOrder order);

  // The outcome when exactly these starts are open (1 per start).
  ReferenceOutcome Clear(const std::vector<uint8_t>& open) const;
  // Whether every start that runs has its minimum or a frozen contract.
  bool KeepsMinima(const ReferenceOutcome& outcome) const;
  // The highest total of all sets of open starts that keep all minima; frozen starts stay open.
  int64_t BestTotal() const;
  // Contracts that block: feasible, not declined, start open, and better for all their parties.
  int64_t CountBlocking(const std::vector<std::optional<scheduler::engine::Contract>>& held,
                        const std::vector<uint8_t>& open) const;
  int32_t FrozenIn(int32_t start) const { return frozen_in_[static_cast<size_t>(start)]; }

 private:
  const scheduler::engine::Market& market_;
  const scheduler::engine::ContractTable& table_;
  const scheduler::engine::Commitments commitments_;
  std::vector<int32_t> order_;  // places, in the order of taking
  std::vector<int32_t> frozen_in_;
};

}  // namespace matchgo::testing
