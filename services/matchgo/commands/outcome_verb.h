// What the verbs that judge an outcome share: the files they read and how they exit. What they say
// of it is their own business.
//
// Test: tests/unit/services/matchgo/commands/offline_commands_test.cc
#pragma once

#include <CLI/App.hpp>
#include <functional>
#include <string>

#include "common/base/status.h"
#include "services/matchgo/commands/context.h"

namespace matchgo::commands {

struct OutcomeFiles {
  std::string market = {};
  std::string outcome = {};
  int threads = 1;
};

// Adds --market, --outcome (not both stdin) and --threads. `judge` says whether the outcome is
// good; the exit code is kDifferent if it is not.
void AddOutcomeVerb(CLI::App& command, Context& context,
                    std::function<StatusOr<bool>(const OutcomeFiles&)> judge);

}  // namespace matchgo::commands
