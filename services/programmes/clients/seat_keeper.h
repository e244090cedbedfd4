// SeatKeeper: who holds the places of our starts. Asked before a capacity is lowered, never inside
// a transaction.
//
// Two implementations: grpc_seat_keeper.h speaks to the scheduler, tests bring their own.
// Thread-safe. Test: tests/unit/services/programmes/start_service_test.cc
#pragma once

#include <cstdint>
#include <string>

#include "common/base/status.h"
#include "common/service/call.h"

namespace matchgo::programmes {

class SeatKeeper {
 public:
  virtual ~SeatKeeper() = default;
  // Lowers the places of `start` (its name) to `capacity`: free ones go, held ones never
  // (CAPACITY_HELD). Asking again changes nothing.
  virtual Status ReleaseSeats(const Call& call, const std::string& start, int32_t capacity) = 0;
  // Whether a contract with a start of this opleider (its name) is active.
  virtual StatusOr<bool> HasContracts(const Call& call, const std::string& opleider) = 0;
};

}  // namespace matchgo::programmes
