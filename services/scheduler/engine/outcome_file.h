// Writes and reads outcome/1: the same outcome is the same bytes, always.
//
// Reading is strict like reading a market, but for the summary, where further fields are allowed
// and ignored. An error is INVALID_ARGUMENT with OUTCOME_INVALID and `file:line: field: what was
// wanted`. Pure. Test: tests/unit/services/scheduler/engine/outcome_test.cc
#pragma once

#include <string>
#include <string_view>

#include "common/base/status.h"
#include "services/scheduler/engine/outcome.h"

namespace matchgo::scheduler::engine {

std::string FormatOutcome(const Outcome& outcome);
// Keeps the order of the lines, so that a checker can object to it.
StatusOr<Outcome> ParseOutcome(std::string_view text, std::string_view file_name);

}  // namespace matchgo::scheduler::engine
