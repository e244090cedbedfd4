#include "services/scheduler/engine/market_file.h"

#include "services/scheduler/engine/digest.h"
#include "services/scheduler/engine/market_builder.h"
#include "services/scheduler/engine/market_line.h"
#include "services/scheduler/engine/market_writer.h"
#include "services/scheduler/engine/reasons.h"
#include "services/scheduler/engine/text_lines.h"

namespace matchgo::scheduler::engine {

StatusOr<Market> ParseMarket(std::string_view text, std::string_view file_name) {
  const auto error = [file_name](int64_t line, const FieldProblem& problem) {
    return LineError(reasons::kMarketInvalid, file_name, line, problem);
  };
  MarketBuilder builder;
  MarketLine line;
  TextLines lines(text);
  for (std::string_view raw; lines.Next(raw);) {
    const std::string_view bytes_wanted = BytesProblem(raw, lines.number());
    if (!bytes_wanted.empty()) return error(lines.number(), {"", std::string(bytes_wanted)});
    if (IsBlank(raw)) continue;
    FieldProblem problem;
    if (!ReadMarketLine(raw, line, problem)) return error(lines.number(), problem);
    if (const auto found = builder.Add(line, lines.number())) return error(lines.number(), *found);
  }
  Market market;
  if (const auto found = builder.Finish(market)) return error(found->line, found->problem);
  market.digest = MarketDigest(text);
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
  MarketLine line;
  for (std::string_view raw; lines.Next(raw);) {
    FieldProblem problem;
    if (!IsBlank(raw) && !ReadMarketLine(raw, line, problem)) {
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
