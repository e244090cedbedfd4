// Environment: what every service in a process is given, as references that outlive it.
//
// Tests build one with a ManualClock and SeededEntropy; common/service/process.h builds the real
// one. Holds no logic and no service. Test: tests/unit/common/service/process_test.cc
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>

#include "common/exec/bounded_executor.h"
#include "common/metrics/metrics.h"
#include "common/random/random.h"
#include "common/service/call_gate.h"
#include "common/time/clock.h"

namespace matchgo {

struct Environment {
  const Clock& clock;
  // A stream of the module's own.
  Entropy& entropy;
  metrics::Metrics& metrics;
  exec::BoundedExecutor& executor;
  // Each service keeps its files in a folder of its own below this one.
  std::filesystem::path data_dir;
  // Signs page tokens; the same for the life of data_dir.
  std::string token_secret;
  // Requested when the process begins to stop: streams end, new calls are turned away.
  std::stop_token stopping = {};
  // Where calls in progress are counted; null: nobody waits for them (tests).
  CallGate* gate = nullptr;
};

}  // namespace matchgo
