// The engine's Parallel on the threads of common/exec: what `--threads N` means.
//
// For one caller at a time, like the lanes themselves.
// Test: tests/unit/services/matchgo/commands/offline_commands_test.cc
#pragma once

#include <CLI/App.hpp>

#include "common/exec/lanes.h"
#include "services/matchgo/commands/context.h"
#include "services/scheduler/engine/parallel.h"

namespace matchgo::commands {

// Threads when --threads is not given: all cores.
int DefaultThreads();
void AddThreads(CLI::App& command, const Context& context, int& threads);

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
