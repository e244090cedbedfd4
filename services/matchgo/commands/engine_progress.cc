#include "services/matchgo/commands/engine_progress.h"

#include <unistd.h>

namespace matchgo::commands {

EngineProgress::EngineProgress(const Context& context)
    : quiet_(context.quiet || context.json || isatty(STDERR_FILENO) == 0) {}

scheduler::engine::ClearObserver EngineProgress::observer() {
  return [this](std::string_view phase, int64_t done, int64_t of) { Show(phase, done, of); };
}

void EngineProgress::Show(std::string_view phase, int64_t done, int64_t of) {
  if (quiet_) return;
  if (bar_ == nullptr || phase != phase_ || done < shown_) {
    bar_.reset();  // ends its line before the next begins
    phase_ = std::string(phase);
    bar_ = std::make_unique<terminal::Progress>(phase_, of, false);
    shown_ = 0;
  }
  bar_->Advance(done - shown_);
  shown_ = done;
}

}  // namespace matchgo::commands
