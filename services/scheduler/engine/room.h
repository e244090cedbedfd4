// Room: the seats that frozen contracts leave.
//
// Negative where commitments do not fit; Validate (clearing.h) refuses those. A value. Test:
// tests/unit/services/scheduler/engine/clearing_test.cc
#pragma once

#include <cstdint>
#include <vector>

#include "services/scheduler/engine/market.h"

namespace matchgo::scheduler::engine {

struct Room {
  Room(const Market& market, const Commitments& commitments);

  std::vector<uint8_t> settled;       // per switcher: 1 when she holds a frozen contract
  std::vector<int32_t> openings;      // per vacancy
  std::vector<int32_t> places;        // per start
  std::vector<int32_t> participants;  // per start: frozen ones
};

}  // namespace matchgo::scheduler::engine
