// SeatKeeper: the port to whoever holds the seats of vacancies (the scheduler).
//
// Asked before a change that takes seats away is committed, never inside a transaction. The answer
// is OK once the seats are free and nobody gets them again; CAPACITY_HELD if somebody has one.
// Repeating a question is harmless. May block. Real one: grpc_seat_keeper.h.
// Test: tests/unit/services/vacancies/vacancy_service_test.cc
#pragma once

#include <functional>

#include "common/base/status.h"
#include "common/service/call.h"
#include "services/vacancies/domain/seat_release.h"

namespace matchgo::vacancies::clients {

using SeatKeeper = std::function<Status(const Call& call, const domain::SeatRelease& release)>;

}  // namespace matchgo::vacancies::clients
