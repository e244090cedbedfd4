// The numbers of a round as they stand: offers by state, contracts, people without one.
//
// contracts + unmatched + people with an open offer = switchers in the market. Runs in any
// transaction. Test: tests/unit/services/scheduler/rounds_test.cc
#pragma once

#include <string>
#include <vector>

#include "common/base/status.h"
#include "common/sql/transaction.h"
#include "services/scheduler/domain/round.h"

namespace matchgo::scheduler {

// Brings round->summary up to date.
Status FillNumbers(sql::Tx& tx, domain::Round* round);
// Switchers of the market without an active contract of the round.
StatusOr<std::vector<std::string>> Unmatched(sql::Tx& tx, const domain::Round& round);

}  // namespace matchgo::scheduler
