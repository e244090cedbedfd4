// EngineProgress: what the engine tells an observer, as bars on stderr.
//
// One bar a phase; the next phase ends the bar of the last. On a terminal only: elsewhere the times
// of phases (phases.h) say enough. For the thread that called the engine. Test:
// tests/unit/services/matchgo/commands/offline_commands_test.cc
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "services/matchgo/commands/context.h"
#include "services/matchgo/terminal/terminal.h"
#include "services/scheduler/engine/clear_observer.h"

namespace matchgo::commands {

class EngineProgress {
 public:
  explicit EngineProgress(const Context& context);

  // Valid as long as this.
  scheduler::engine::ClearObserver observer();

 private:
  void Show(std::string_view phase, int64_t done, int64_t of);

  const bool quiet_;
  std::unique_ptr<terminal::Progress> bar_;
  std::string phase_;
  int64_t shown_ = 0;
};

}  // namespace matchgo::commands
