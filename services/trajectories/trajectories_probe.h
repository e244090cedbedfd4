// TrajectoriesProbe: the numbers this service is proud of, or not: how many are where, who moved,
// how long it took until startbekwaam, who left and why.
//
// Counters follow the committed effects, so a refused write counts nothing; they begin at zero with
// the process. Sectors as labels are those of common/kernel/sector.h. One thread.
// Test: tests/unit/services/trajectories/deadline_runner_test.cc
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "common/metrics/metrics.h"
#include "services/trajectories/domain/funnel.h"
#include "services/trajectories/domain/pipeline.h"

namespace matchgo::trajectories {

class TrajectoriesProbe {
 public:
  explicit TrajectoriesProbe(metrics::Metrics& metrics);

  void Count(const std::vector<domain::Effect>& effects);
  // All that run now; what is not listed is zero.
  void SetRunning(const std::vector<domain::Running>& running);

 private:
  metrics::Counter Steps(domain::Stage from, domain::Stage to, const std::string& sector);
  metrics::Counter Exits(domain::Stage stage, domain::ExitReason reason);
  metrics::Gauge RunningIn(domain::Stage stage, const std::string& sector);

  metrics::Metrics& metrics_;
  metrics::Histogram startbekwaam_days_;
  std::map<std::tuple<domain::Stage, domain::Stage, std::string>, metrics::Counter> steps_;
  std::map<std::pair<domain::Stage, domain::ExitReason>, metrics::Counter> exits_;
  std::map<std::pair<domain::Stage, std::string>, metrics::Gauge> running_;
};

}  // namespace matchgo::trajectories
