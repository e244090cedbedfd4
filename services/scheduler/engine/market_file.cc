#include "services/scheduler/engine/market_file.h"

#include <vector>

#include "services/scheduler/engine/digest.h"
#include "services/scheduler/engine/market_builder.h"
#include "services/scheduler/engine/market_line.h"
#include "services/scheduler/engine/market_rows.h"
#include "services/scheduler/engine/market_writer.h"
#include "services/scheduler/engine/reasons.h"
#include "services/scheduler/engine/text_lines.h"

namespace matchgo::scheduler::engine {

StatusOr<Market> ParseMarket(std::string_view text, std::string_view file_name) {
  SerialParallel serial;
  return ParseMarket(text, file_name, serial);
}

StatusOr<Market> ParseMarket(std::string_view text, std::string_view file_name, Parallel& parallel,
                             size_t piece_bytes) {
  std::vector<MarketPiece> pieces = CutMarket(text, piece_bytes);
  const auto lanes = static_cast<size_t>(parallel.lanes());
  std::vector<LaneNames> names(lanes);
  std::vector<MarketLine> lines(lanes);
  Market market;
  // The digest needs no piece and takes as long as many, so it goes first.
  parallel.For(pieces.size() + 1, 1, [&](int lane, size_t begin, size_t end) {
    const auto at = static_cast<size_t>(lane);
    for (size_t i = begin; i < end; ++i) {
      if (i == 0) {
        market.digest = MarketDigest(text);
      } else {
        pieces[i - 1].Read(at, names[at], lines[at]);
      }
    }
  });
  MarketBuilder builder(pieces, names, parallel);
  if (const auto found = builder.Build(market)) {
    return LineError(reasons::kMarketInvalid, file_name, found->line, found->problem);
  }
  return market;
}

StatusOr<FrozenMarket> BuildMarket(const MarketInput& input) {
  FrozenMarket frozen;
  frozen.text = FormatMarket(input);
  // Read back what was written: one place decides what a valid market is.
  StatusOr<Market> market = ParseMarket(frozen.text, "market");
  if (!market.ok()) return market.status();
  frozen.market = *std::move(market);
  return frozen;
}

StatusOr<FrozenMarket> WithCommitments(std::string_view text, const Market& market,
                                       const Commitments& commitments) {
  FrozenMarket frozen;
  TextLines lines(text);
  TextPool pool;
  MarketLine line;
  for (std::string_view raw; lines.Next(raw);) {
    FieldProblem problem;
    if (!IsBlank(raw) && !ReadMarketLine(raw, pool, line, problem)) {
      return LineError(reasons::kMarketInvalid, "market", lines.number(), problem);
    }
    const bool replaced =
        !IsBlank(raw) && (line.type == LineType::kFrozen || line.type == LineType::kDeclined);
    if (!replaced) frozen.text.append(raw).push_back('\n');
  }
  for (const Contract& contract : commitments.frozen) {
    AppendContractLine(frozen.text, "frozen", market.Ids(contract));
  }
  for (const Contract& contract : commitments.declined) {
    AppendContractLine(frozen.text, "declined", market.Ids(contract));
  }
  StatusOr<Market> parsed = ParseMarket(frozen.text, "market");
  if (!parsed.ok()) return parsed.status();
  frozen.market = *std::move(parsed);
  return frozen;
}

}  // namespace matchgo::scheduler::engine
