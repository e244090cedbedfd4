#include "services/scheduler/actions/running_market.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "common/base/status_macros.h"
#include "common/sql/payload.h"
#include "common/sql/reasons.h"
#include "services/scheduler/domain/market_text.h"
#include "services/scheduler/engine/market_file.h"
#include "services/scheduler/engine/score.h"

namespace matchgo::scheduler {
namespace {

store::MarketLine Labelled(std::string_view line) {
  const domain::LineLabel label = domain::LabelOf(line);
  return {.kind = std::string(label.kind),
          .subject = std::string(label.subject),
          .text = std::string(line)};
}

std::vector<store::MarketLine> SplitLines(std::string_view text) {
  std::vector<store::MarketLine> lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    if (end > 0) {
      store::MarketLine line = Labelled(text.substr(0, end));
      // Lines about one person that follow each other are sealed as one.
      if (!line.subject.empty() && !lines.empty() && lines.back().subject == line.subject &&
          lines.back().kind == line.kind) {
        lines.back().text += '\n';
        lines.back().text += line.text;
      } else {
        lines.push_back(std::move(line));
      }
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

}  // namespace

StatusOr<std::vector<store::MarketLine>> SealMarket(Vault& vault, const std::string& text) {
  std::vector<store::MarketLine> lines = SplitLines(text);
  std::vector<std::string> subjects;
  for (const store::MarketLine& line : lines) {
    if (line.kind == "switcher") subjects.push_back(line.subject);
  }
  // People are in a market before anything else is said about them.
  if (!subjects.empty()) RETURN_IF_ERROR(vault.EnsureKeys(subjects));
  std::vector<store::MarketLine> kept;
  kept.reserve(lines.size());
  for (store::MarketLine& line : lines) {
    if (!line.subject.empty()) {
      const StatusOr<std::string> sealed = vault.Seal(line.subject, line.text);
      // Erased since the freeze: nothing more is kept about her.
      if (line.kind != "switcher" && ReasonOf(sealed.status()) == sql::kErased.word) continue;
      RETURN_IF_ERROR(sealed.status());
      line.text = sql::EncodePayload(*sealed);
    }
    kept.push_back(std::move(line));
  }
  return kept;
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

StatusOr<std::string> OpenText(Vault& vault, const std::vector<store::MarketLine>& lines) {
  ASSIGN_OR_RETURN(MarketText opened, OpenMarket(vault, lines));
  return std::move(opened.text);
}

RunningMarket::RunningMarket(const domain::Round& of, engine::Market frozen)
    : round(of.id),
      day(Day::FromNumber(frozen.today)),
      market(std::move(frozen)),
      index(market, of.weights) {}

StatusOr<std::shared_ptr<const RunningMarket>> ComputeMarket(const domain::Round& round,
                                                             MarketText text,
                                                             engine::Parallel& parallel) {
  ASSIGN_OR_RETURN(engine::Market market, engine::ParseMarket(text.text, "market", parallel));
  if (text.erased.empty() && market.digest != round.market_digest) {
    return Internal("a stored market does not have its digest");
  }
  RETURN_IF_ERROR(engine::Validate(round.weights));
  auto running = std::make_shared<RunningMarket>(round, std::move(market));
  running->text = std::move(text.text);
  running->erased = std::move(text.erased);
  ASSIGN_OR_RETURN(running->first,
                   engine::Clear(running->index, {.mechanism = round.mechanism}, parallel));
  if (round.mechanism == engine::Mechanism::kScore) {
    running->counterfactuals.emplace(running->index, running->first);
  }
  return running;
}

}  // namespace matchgo::scheduler
