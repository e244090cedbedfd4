// Single lines of a market file, for those who replace a few lines of a text or write a market that
// does not fit in memory.
//
// FormatMarket (market_file.h) writes whole markets with these. Pure. Test:
// tests/unit/services/scheduler/engine/market_file_test.cc
#pragma once

#include <string>
#include <string_view>

#include "services/scheduler/engine/market_input.h"

namespace matchgo::scheduler::engine {

// Each appends one line that ends with a line feed.
void AppendMetaLine(std::string& out, std::string_view seed, int64_t today);
void AppendMarketLine(std::string& out, const MarketSwitcher& switcher);
void AppendMarketLine(std::string& out, const MarketVacancy& vacancy);
void AppendMarketLine(std::string& out, const MarketStart& start);
// `type` is "frozen" or "declined".
void AppendContractLine(std::string& out, std::string_view type, const MarketContract& contract);

}  // namespace matchgo::scheduler::engine
