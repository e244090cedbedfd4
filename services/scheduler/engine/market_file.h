// Reads and writes market/1: JSON lines whose every rule is checked here and nowhere else.
//
// An error is INVALID_ARGUMENT with reason MARKET_INVALID and the message `file:line: field: what
// was wanted`; it never holds a value of the file. Pure; opens no files. Test:
// tests/unit/services/scheduler/engine/market_file_test.cc, market_errors_test.cc
#pragma once

#include <string>
#include <string_view>

#include "common/base/status.h"
#include "services/scheduler/engine/market.h"
#include "services/scheduler/engine/market_input.h"
#include "services/scheduler/engine/parallel.h"

namespace matchgo::scheduler::engine {

// The market of a text; `file_name` only serves the messages.
StatusOr<Market> ParseMarket(std::string_view text, std::string_view file_name);
// The same, error or market, on all lanes. `piece_bytes` is what a lane reads at once; it changes
// nothing but the speed.
inline constexpr size_t kPieceBytes = size_t{4} << 20U;
StatusOr<Market> ParseMarket(std::string_view text, std::string_view file_name, Parallel& parallel,
                             size_t piece_bytes = kPieceBytes);

// The lines of a market in canonical order, each ended by a line feed. Ids must be valid UTF-8.
std::string FormatMarket(const MarketInput& input);

// A market with the text it was made from: the text is what is frozen, stored and audited.
struct FrozenMarket {
  std::string text;
  Market market;
};
StatusOr<FrozenMarket> BuildMarket(const MarketInput& input);

// The same market with other frozen and declined lines: what a repair is a clearing of. `market`
// must be the market of `text`. Its digest is that of the new text.
StatusOr<FrozenMarket> WithCommitments(std::string_view text, const Market& market,
                                       const Commitments& commitments);

}  // namespace matchgo::scheduler::engine
