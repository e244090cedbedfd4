// A score as the sum that it is: every part, its weight, what it adds, and the total.
//
// Exact: the engine's integers, shown in points of a thousand. Pure. Test:
// tests/unit/services/matchgo/commands/score_sum_test.cc
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "matchgo/scheduler/v1/match.pb.h"
#include "matchgo/scheduler/v1/round.pb.h"
#include "services/matchgo/terminal/language.h"

namespace matchgo::commands {

// Lines such as "  fit  333/1000 × 300 =  99.9", and the total.
std::string ScoreSum(terminal::Language language, const scheduler::v1::Score& score,
                     const scheduler::v1::Round& round);

// [{part, value, weight, points}], and no total: that is in the score.
nlohmann::json ScoreTerms(const scheduler::v1::Score& score, const scheduler::v1::Round& round);

// 596650 is "596.65" points; the comma of Dutch in Dutch.
std::string FormatPoints(terminal::Language language, int64_t thousandths);

}  // namespace matchgo::commands
