// Single lines of a market file, for those who replace a few lines of a text.
//
// FormatMarket (market_file.h) writes whole markets with these. Pure. Test:
// tests/unit/services/scheduler/engine/market_file_test.cc
#pragma once

#include <string>
#include <string_view>

#include "services/scheduler/engine/market_input.h"

namespace matchgo::scheduler::engine {

// `type` is "frozen" or "declined". Ends with a line feed.
void AppendContractLine(std::string& out, std::string_view type, const MarketContract& contract);

}  // namespace matchgo::scheduler::engine
