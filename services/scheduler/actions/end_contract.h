// EndContract: a contract ends with its reason and frees its seats, in one transaction, once.
//
// Three ways lead to it: somebody says so by name, her cohort is cancelled (decide_cohorts.h), or
// she left the way (follow_departures.h). A running round repairs what became free. Runs in a write
// transaction. Test: tests/unit/services/scheduler/offers_test.cc
#pragma once

#include <optional>
#include <string>

#include "common/base/status.h"
#include "common/sql/transaction.h"
#include "services/scheduler/domain/offer.h"

namespace matchgo::scheduler {

struct EndCommand {
  ContractId contract;
  std::string reason;
  std::optional<int64_t> version;  // only if this is still the one
};

// What a caller asks. NOT_FOUND, STALE, HUMAN_REQUIRED, CONTRACT_ENDED.
StatusOr<domain::Contract> EndContract(sql::Tx& tx, const EndCommand& command);

// The end itself, of a contract as it is stored; `by` a person, or kProcess. CONTRACT_ENDED.
StatusOr<domain::Contract> EndNow(sql::Tx& tx, domain::Contract contract, const std::string& reason,
                                  const std::string& by);

}  // namespace matchgo::scheduler
