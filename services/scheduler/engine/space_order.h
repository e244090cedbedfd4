// SpaceOrder: the place of a point on a curve through the plane that keeps neighbours together.
//
// Hilbert's curve over the coordinates of the format. Pure. Test:
// tests/unit/services/scheduler/engine/lane_scan_test.cc
#pragma once

#include <cstdint>
#include <utility>

namespace matchgo::scheduler::engine {

inline uint64_t SpaceOrder(int32_t x, int32_t y) {
  constexpr uint32_t kBits = 18;
  constexpr uint32_t kSide = 1U << kBits;
  auto a = static_cast<uint32_t>(x + static_cast<int32_t>(kSide / 2));
  auto b = static_cast<uint32_t>(y + static_cast<int32_t>(kSide / 2));
  uint64_t order = 0;
  for (uint32_t side = kSide / 2; side > 0; side /= 2) {
    const uint32_t right = (a & side) != 0 ? 1 : 0;
    const uint32_t up = (b & side) != 0 ? 1 : 0;
    order += uint64_t{side} * side * ((3 * right) ^ up);
    if (up == 0) {
      if (right == 1) {
        a = kSide - 1 - a;
        b = kSide - 1 - b;
      }
      std::swap(a, b);
    }
  }
  return order;
}

}  // namespace matchgo::scheduler::engine
