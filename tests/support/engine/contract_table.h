// ContractTable: every feasible contract of a market in place order, computed once per market.
//
// The reference model that searches, clearings and repairs are compared with; for thousands of
// people, not for a country. Declined contracts are in it, frozen ones too. Immutable, so safe to
// share between threads. Test: tests/property/engine_plan_property_test.cc
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "common/base/status.h"
#include "services/scheduler/engine/market.h"
#include "services/scheduler/engine/place.h"
#include "services/scheduler/engine/score.h"

namespace matchgo::scheduler::engine {

class ContractTable {
 public:
  // REQUIRES: contracts belong to `market`, none twice.
  ContractTable(const Market& market, const Weights& weights,
                std::vector<FeasibleContract> contracts);

  // In place order, best first; an index in it is called a place.
  std::span<const FeasibleContract> all() const { return contracts_; }
  const FeasibleContract& at(int32_t place) const { return contracts_[static_cast<size_t>(place)]; }
  int32_t size() const { return static_cast<int32_t>(contracts_.size()); }
  // The places of one switcher, best first.
  std::span<const int32_t> OfSwitcher(int32_t switcher) const { return of_switcher_[switcher]; }
  // The place of a contract, or nothing when it is not feasible.
  std::optional<int32_t> Find(const Contract& contract) const;

  const Weights& weights() const { return weights_; }
  const Lottery& lottery() const { return lottery_; }

 private:
  std::vector<FeasibleContract> contracts_;
  Lists<int32_t> of_switcher_;
  Weights weights_;
  Lottery lottery_;
};

// All feasible contracts with their scores. Fails only when the weights do not sum to 1000.
StatusOr<ContractTable> FindContracts(const Market& market, const Weights& weights);

}  // namespace matchgo::scheduler::engine
