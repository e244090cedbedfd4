#include "services/scheduler/actions/joined_market.h"

#include <utility>
#include <vector>

#include "common/base/status_macros.h"
#include "services/scheduler/actions/advance_round.h"
#include "services/scheduler/domain/market_text.h"
#include "services/scheduler/engine/market_file.h"
#include "services/scheduler/store/round_store.h"

namespace matchgo::scheduler {

StatusOr<JoinedMarket> JoinedMarket::Make(std::shared_ptr<const RunningMarket> frozen,
                                          std::string lines, engine::Parallel& parallel) {
  JoinedMarket joined(std::move(frozen), std::move(lines));
  if (joined.lines_.empty()) return joined;
  std::string text = domain::WithLines(joined.frozen_->text, joined.lines_);
  ASSIGN_OR_RETURN(engine::Market market, engine::ParseMarket(text, "market", parallel));
  joined.whole_ = std::make_unique<const Whole>(std::move(text), std::move(market),
                                                joined.frozen_->index.weights());
  return joined;
}

StatusOr<JoinedMarket> JoinedMarketOf(const Deps& deps, const Call& call,
                                      const domain::Round& round) {
  ASSIGN_OR_RETURN(auto frozen, MarketOf(deps, call, round));
  ASSIGN_OR_RETURN(const std::vector<store::MarketLine> stored,
                   deps.database.Read(call, [&](sql::Tx& tx) {
                     return store::RoundStore(tx).Newcomers(round.id);
                   }));
  ASSIGN_OR_RETURN(const std::string text, OpenText(deps.vault, stored));
  // A later line stands for an earlier one.
  std::string lines;
  domain::ForEachLine(text, [&lines](std::string_view line) {
    lines = domain::WithLines(lines, std::string(line) + "\n");
  });
  return JoinedMarket::Make(std::move(frozen), std::move(lines), deps.parallel);
}

}  // namespace matchgo::scheduler
