// Phases: how long each part of a long command took, on stderr, as it ends.
//
// Text for people, or with --json one object a line; nothing with --quiet. Times never go anywhere
// else: what a command writes is the same bytes on every machine. Test:
// tests/unit/services/matchgo/commands/offline_commands_test.cc
#pragma once

#include <chrono>
#include <cstdint>

#include "services/matchgo/commands/context.h"

namespace matchgo::commands {

class Phases {
 public:
  explicit Phases(const Context& context);

  // Ends a phase; `bytes` that it worked through make a rate.
  void End(const char* word, const char* nl, const char* en, size_t bytes = 0);
  // Since this was made.
  int64_t TotalMillis() const;

 private:
  using Clock = std::chrono::steady_clock;

  const Context& context_;
  const Clock::time_point first_ = Clock::now();
  Clock::time_point begin_ = first_;
};

}  // namespace matchgo::commands
