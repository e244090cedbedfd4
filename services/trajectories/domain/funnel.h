// Funnel: how many trajectories reached each stage, and how many left where and why.
//
// Plain counts with the median and ninth decile by nearest rank. Pure.
// Test: tests/unit/services/trajectories/trajectory_service_test.cc
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "services/trajectories/domain/stage.h"

namespace matchgo::trajectories::domain {

struct ExitCount {
  Stage stage = Stage::kAangemeld;
  ExitReason reason = ExitReason::kOther;
  int64_t count = 0;
};

struct Funnel {
  std::array<int64_t, kStageCount> reached{};
  std::array<int64_t, kStageCount> current{};  // exits left out
  std::vector<ExitCount> exits;                // by stage and reason
  std::vector<int32_t> startbekwaam_days;      // ascending
};

// The smallest value that at least `percent` in a hundred do not exceed; 0 if there is none.
inline int32_t Percentile(const std::vector<int32_t>& ascending, size_t percent) {
  if (ascending.empty()) return 0;
  const size_t rank = (ascending.size() * percent + 99) / 100;
  return ascending[rank == 0 ? 0 : rank - 1];
}

}  // namespace matchgo::trajectories::domain
