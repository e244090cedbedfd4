// What the offline verbs share: a market or an outcome read from a file, and what is said when it
// is wrong.
//
// Test: tests/unit/services/matchgo/commands/offline_commands_test.cc
#pragma once

#include <string>

#include "common/base/status.h"
#include "services/matchgo/commands/context.h"
#include "services/matchgo/commands/phases.h"
#include "services/scheduler/engine/market.h"
#include "services/scheduler/engine/outcome.h"
#include "services/scheduler/engine/parallel.h"

namespace matchgo::commands {

// Ends the phase "read".
StatusOr<scheduler::engine::Market> ReadMarket(const std::string& path,
                                               scheduler::engine::Parallel& parallel,
                                               Phases& phases);
StatusOr<scheduler::engine::Outcome> ReadOutcome(const std::string& path);

// Like Report, but a wrong file is the one line `file:line: field: what was wanted`.
ExitCode ReportFile(const Context& context, const Status& status);

}  // namespace matchgo::commands
