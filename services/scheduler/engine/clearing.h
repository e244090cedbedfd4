// Clear: who gets which contract. The outcome is stable against every feasible contract.
//
// Which mechanism promises what stands in README.md; what cannot be promised is refused. Pure and
// deterministic: the same market and options give the same answer in any input order. Test:
// tests/unit/services/scheduler/engine/clearing_test.cc,
// tests/property/engine_clearing_property_test.cc
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/status.h"
#include "services/scheduler/engine/contracts.h"
#include "services/scheduler/engine/market.h"
#include "services/scheduler/engine/score.h"

namespace matchgo::scheduler::engine {

enum class Mechanism : uint8_t { kScore, kPriority, kNested };

std::string_view MechanismName(Mechanism mechanism);
StatusOr<Mechanism> ParseMechanism(std::string_view name);

// How the set of open starts was found.
enum class OpenSetMethod : uint8_t {
  kExact,          // every component was enumerated: the highest total score there is
  kLocalSearch,    // a component was too large for that: no single change of a start is better
  kReportedLoads,  // priority, nested: closed where short, worst filled first, reopened where
                   // better
  kFixed           // priority, nested: no start could fall short, whatever was reported
};
std::string_view OpenSetMethodName(OpenSetMethod method);

struct ClearOptions {
  Mechanism mechanism = Mechanism::kScore;
};

struct ClosedStartLoad {
  int32_t start = 0;
  int32_t load = 0;  // participants if it alone were opened beside those running
};

// The answer by places in the contract table. The commitments it was made with are part of it.
struct Clearing {
  Mechanism mechanism = Mechanism::kScore;
  Commitments commitments;
  std::vector<int32_t> place_of;         // per switcher: her place, or kNone
  std::vector<uint8_t> frozen_switcher;  // per switcher: 1 when her contract is frozen
  std::vector<int32_t> participants;     // per start, frozen ones included
  std::vector<ClosedStartLoad> closed;   // every start without participants, ascending
  OpenSetMethod open_set = OpenSetMethod::kExact;
  int64_t total_score = 0;
  int64_t total_score_minima_ignored = 0;  // all starts open, minima ignored: what closing cost
  int32_t matched = 0;

  bool Runs(int32_t start) const { return participants[static_cast<size_t>(start)] > 0; }
};

// Clears with the frozen and declined lines of the market. `table` must be of this market.
StatusOr<Clearing> Clear(const Market& market, const ContractTable& table,
                         const ClearOptions& options);
// Clears with other commitments. They must be feasible, fit and not contradict each other, else
// FAILED_PRECONDITION with COMMITMENTS_INVALID.
StatusOr<Clearing> Clear(const Market& market, const ContractTable& table,
                         const Commitments& commitments, const ClearOptions& options);

// OK when the frozen contracts are feasible, fit the capacities, and are not declined or repeated.
Status Validate(const ContractTable& table, const Market& market, const Commitments& commitments);

}  // namespace matchgo::scheduler::engine
