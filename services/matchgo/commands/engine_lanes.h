// The engine's Parallel on the threads of common/exec: what `--threads N` means.
//
// For one caller at a time, like the lanes themselves.
// Test: tests/unit/services/matchgo/commands/offline_commands_test.cc
#pragma once

#include "common/exec/lanes.h"
#include "services/scheduler/engine/parallel.h"

namespace matchgo::commands {

class EngineLanes final : public scheduler::engine::Parallel {
 public:
  explicit EngineLanes(int threads) : lanes_(threads) {}

  int lanes() const override { return lanes_.count(); }
  void For(size_t count, size_t grain, const Body& body) override {
    lanes_.For(count, grain, body);
  }

 private:
  exec::Lanes lanes_;
};

}  // namespace matchgo::commands
