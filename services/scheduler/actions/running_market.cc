#include "services/scheduler/actions/running_market.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "common/base/status_macros.h"
#include "common/sql/payload.h"
#include "common/sql/reasons.h"
#include "services/scheduler/engine/market_file.h"

namespace matchgo::scheduler {
namespace {

// The text between `before` and the next quote; ids have no escapes.
std::string_view QuotedAfter(std::string_view line, std::string_view before) {
  const size_t at = line.find(before);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = line.substr(at + before.size());
  return rest.substr(0, rest.find('"'));
}

store::MarketLine Classify(std::string_view line) {
  store::MarketLine stored;
  stored.kind = QuotedAfter(line, R"("t":")");
  if (stored.kind == "switcher") stored.subject = QuotedAfter(line, R"("id":")");
  if (stored.kind == "declined" || stored.kind == "frozen") {
    stored.subject = QuotedAfter(line, R"("s":")");
  }
  stored.text = line;
  return stored;
}

}  // namespace

StatusOr<std::vector<store::MarketLine>> SealMarket(Vault& vault, const std::string& text) {
  std::vector<store::MarketLine> lines;
  std::vector<std::string> subjects;
  std::string_view rest = text;
  while (!rest.empty()) {
    const size_t end = std::min(rest.find('\n'), rest.size());
    if (end > 0) lines.push_back(Classify(rest.substr(0, end)));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  for (const store::MarketLine& line : lines) {
    if (line.kind == "switcher") subjects.push_back(line.subject);
  }
  RETURN_IF_ERROR(vault.EnsureKeys(subjects));
  for (store::MarketLine& line : lines) {
    if (line.subject.empty()) continue;
    ASSIGN_OR_RETURN(const std::string sealed, vault.Seal(line.subject, line.text));
    line.text = sql::EncodePayload(sealed);
  }
  return lines;
}

StatusOr<MarketText> OpenMarket(Vault& vault, const std::vector<store::MarketLine>& lines) {
  MarketText market;
  for (const store::MarketLine& line : lines) {
    std::string text = line.text;
    if (!line.subject.empty()) {
      ASSIGN_OR_RETURN(const std::string sealed, sql::DecodePayload(line.text));
      StatusOr<std::string> plain = vault.Open(line.subject, sealed);
      if (ReasonOf(plain.status()) == sql::kErased.word) {
        if (line.kind == "switcher") market.erased.push_back(line.subject);
        continue;
      }
      RETURN_IF_ERROR(plain.status());
      text = *std::move(plain);
    }
    market.text += text;
    market.text += '\n';
  }
  return market;
}

StatusOr<std::shared_ptr<const RunningMarket>> ComputeMarket(const domain::Round& round,
                                                             MarketText text) {
  ASSIGN_OR_RETURN(engine::Market market, engine::ParseMarket(text.text, "market"));
  if (text.erased.empty() && market.digest != round.market_digest) {
    return Internal("a stored market does not have its digest");
  }
  ASSIGN_OR_RETURN(engine::ContractTable table, engine::FindContracts(market, round.weights));
  ASSIGN_OR_RETURN(engine::Clearing first,
                   engine::Clear(market, table, {.mechanism = round.mechanism}));
  const Day day = Day::FromNumber(market.today);
  return std::make_shared<const RunningMarket>(RunningMarket{.round = round.id,
                                                             .day = day,
                                                             .text = std::move(text.text),
                                                             .market = std::move(market),
                                                             .table = std::move(table),
                                                             .first = std::move(first),
                                                             .erased = std::move(text.erased)});
}

}  // namespace matchgo::scheduler
