// The funnel: how many ever reached each stage, are there now, and left where and why.
//
// Values that the store fills and metrics and replies are made of. Pure.
// Test: tests/unit/services/trajectories/trajectory_service_test.cc
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "services/trajectories/domain/stage.h"

namespace matchgo::trajectories::domain {

struct FunnelCounts {
  struct Exits {
    Stage stage = Stage::kAangemeld;
    ExitReason reason = ExitReason::kOther;
    int32_t count = 0;
  };
  std::map<Stage, int32_t> reached;
  std::map<Stage, int32_t> current;
  std::vector<Exits> exits;                // in order of stage, then reason
  std::vector<int32_t> startbekwaam_days;  // ascending
};

struct Running {
  Stage stage = Stage::kAangemeld;
  std::string sector;
  int64_t count = 0;
};

}  // namespace matchgo::trajectories::domain
