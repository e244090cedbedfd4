#include "services/scheduler/engine/lane_scan.h"

#include <algorithm>
#include <bit>

#include "common/base/check.h"
#include "services/scheduler/engine/lane_scan_x86.h"

namespace matchgo::scheduler::engine {
namespace {

constexpr uint32_t kFull = 1000;

uint32_t Square(int32_t distance) {
  const auto near = static_cast<uint32_t>(std::min(std::abs(distance), kLaneFar));
  return near * near;
}

// Squares between hers and a box, less one: where in her square she is, is not known.
uint32_t Gap(uint8_t at, uint8_t low, uint8_t high) {
  const int gap = std::max(low - at, at - high) - 1;
  return gap > 0 ? static_cast<uint32_t>(gap) : 0;
}

size_t ReachableBlocks(const LanePerson& person, const BlockBoxes& boxes, size_t first,
                       size_t count, int32_t* out) {
  size_t found = 0;
  for (size_t b = first; b < first + count; ++b) {
    const uint32_t dx = Gap(person.square_x, boxes.x_min[b], boxes.x_max[b]);
    const uint32_t dy = Gap(person.square_y, boxes.y_min[b], boxes.y_max[b]);
    const uint32_t distance = std::min<uint32_t>(dx * dx + dy * dy, UINT16_MAX);
    if (distance <= person.square_reach_squared) out[found++] = static_cast<int32_t>(b);
  }
  return found;
}

// Her skills against one vacancy's.
struct Overlap {
  bool complete = true;
  bool reachable = true;
  uint32_t held = 0;
};

Overlap OverlapOf(const LaneGroup& group, size_t block, size_t lane) {
  Overlap overlap;
  for (size_t w = 0; w < group.words; ++w) {
    const uint64_t required =
        group.required[((block - group.first_block) * group.words + w) * kLanes + lane];
    overlap.complete = overlap.complete && (required & ~group.has[w]) == 0;
    overlap.reachable = overlap.reachable && (required & ~group.reachable[w]) == 0;
    overlap.held += static_cast<uint32_t>(std::popcount(required & group.has[w]));
  }
  return overlap;
}

size_t Survivors(const LanePerson& person, const LaneGroup& group, const int32_t* blocks,
                 size_t count, Survivor* out) {
  size_t found = 0;
  for (size_t i = 0; i < count; ++i) {
    const auto b = static_cast<size_t>(blocks[i]);
    const LaneBlock& block = group.blocks[b];
    for (size_t lane = 0; lane < kLanes; ++lane) {
      const Overlap overlap = OverlapOf(group, b, lane);
      if (!overlap.reachable) continue;
      const uint32_t distance = LaneDistance(person, block, lane);
      if (distance > person.reach_squared || block.hours[lane] < person.hours_min ||
          block.hours[lane] > person.hours_max || block.salary[lane] < person.salary_floor) {
        continue;
      }
      const int32_t ready = overlap.complete ? group.ready_complete : group.ready_lacking;
      if (block.latest_ready[lane] < ready) continue;
      const int32_t bound = (overlap.complete ? group.rest_complete : group.rest_lacking) +
                            LaneBound(person, block, lane, overlap.held, distance);
      if (bound < group.threshold) continue;
      if (group.floors != nullptr && bound < group.floors[b * kLanes + lane]) continue;
      out[found++] = {static_cast<int32_t>(b * kLanes + lane), bound};
    }
  }
  return found;
}

void UsableStarts(const LanePerson& person, const StartBlock* blocks, size_t count, uint16_t* out) {
  for (size_t b = 0; b < count; ++b) {
    const StartBlock& block = blocks[b];
    uint32_t usable = 0;
    for (size_t lane = 0; lane < kLanes; ++lane) {
      const uint32_t distance = Square(block.x[lane] - person.x) + Square(block.y[lane] - person.y);
      const bool near = (block.online >> lane & 1U) != 0 || distance <= person.reach_squared;
      const bool takes =
          block.entry_level[lane] <= person.level && block.begins[lane] >= person.available;
      usable |= static_cast<uint32_t>(near && takes) << lane;
    }
    out[b] = static_cast<uint16_t>(usable);
  }
}

void CountBits(const uint64_t* words, size_t count, uint8_t* out) {
  for (size_t i = 0; i < count; ++i) out[i] = static_cast<uint8_t>(std::popcount(words[i]));
}

constexpr LaneScan kScalar = {ReachableBlocks, Survivors, UsableStarts, CountBits};

constexpr std::array<uint32_t, kFitUnits> FitUnits() {
  std::array<uint32_t, kFitUnits> units{};
  units[0] = kFull << 16U;
  for (uint32_t n = 1; n < kFitUnits; ++n) units[n] = ((kFull << 16U) + n - 1) / n;
  return units;
}

}  // namespace

const std::array<uint32_t, kFitUnits> kFitUnit = FitUnits();

std::string_view SimdLevelName(SimdLevel level) {
  static constexpr std::array<std::string_view, 3> kNames = {"scalar", "avx2", "avx512"};
  return kNames[static_cast<size_t>(level)];
}

SimdLevel BestSimdLevel() {
  if (CanRunAvx512()) return SimdLevel::kAvx512;
  if (CanRunAvx2()) return SimdLevel::kAvx2;
  return SimdLevel::kScalar;
}

const LaneScan& LaneScanOf(SimdLevel level) {
  CHECK(level <= BestSimdLevel());
  switch (level) {
    case SimdLevel::kAvx512:
      return kAvx512Scan;
    case SimdLevel::kAvx2:
      return kAvx2Scan;
    default:
      return kScalar;
  }
}

}  // namespace matchgo::scheduler::engine
