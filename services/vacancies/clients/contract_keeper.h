// ContractKeeper: the port to whoever keeps the contracts of employers (the scheduler).
//
// Asked before an employer is closed, never inside a transaction. May block. Real one:
// grpc_seat_keeper.h. Test: tests/unit/services/vacancies/grpc_seat_keeper_test.cc
#pragma once

#include <functional>

#include "common/base/status.h"
#include "common/kernel/ids.h"
#include "common/service/call.h"

namespace matchgo::vacancies::clients {

// Whether a contract of this employer is active.
using ContractKeeper = std::function<StatusOr<bool>(const Call& call, const EmployerId& employer)>;

}  // namespace matchgo::vacancies::clients
