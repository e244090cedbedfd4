// ReleaseSeats: lowers the seats of a vacancy or start before its owner commits the lower number.
//
// Free seats go, taken ones never (CAPACITY_HELD); contracts may be let stand beyond the capacity.
// A rolling start is lowered in every month. Runs in a write transaction. Test:
// tests/unit/services/scheduler/offers_test.cc
#pragma once

#include <cstdint>
#include <string>

#include "common/base/status.h"
#include "common/sql/transaction.h"
#include "services/scheduler/deps.h"
#include "services/scheduler/store/seat_store.h"

namespace matchgo::scheduler {

StatusOr<store::SeatCount> ReleaseSeats(sql::Tx& tx, const Deps& deps, const std::string& resource,
                                        int32_t new_capacity, bool contracts_stand);
// All months of a rolling start together. A resource that was in no market yet has all its seats
// free. NOT_FOUND when nobody knows it.
StatusOr<store::SeatCount> CountSeats(sql::Tx& tx, const Deps& deps, const std::string& resource);

}  // namespace matchgo::scheduler
