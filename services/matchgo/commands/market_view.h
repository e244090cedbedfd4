// The figures of a market for people, as tables and a small map, and as one line of JSON.
//
// Pure: the caller prints. Widths count characters, so that the map is straight. Test:
// tests/unit/services/matchgo/commands/offline_commands_test.cc
#pragma once

#include <string>

#include "services/matchgo/terminal/language.h"
#include "services/matchgo/terminal/terminal.h"
#include "services/scheduler/engine/market.h"
#include "services/scheduler/engine/market_stats.h"

namespace matchgo::commands {

std::string FormatStats(const scheduler::engine::Market& market,
                        const scheduler::engine::MarketStats& stats, terminal::Language language,
                        const terminal::Style& style);
// One line.
std::string StatsJson(const scheduler::engine::Market& market,
                      const scheduler::engine::MarketStats& stats);

}  // namespace matchgo::commands
