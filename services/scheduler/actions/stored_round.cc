#include "services/scheduler/actions/stored_round.h"

#include "common/base/status_macros.h"
#include "services/scheduler/domain/market_text.h"
#include "services/scheduler/reasons.h"
#include "services/scheduler/store/round_store.h"

namespace matchgo::scheduler {

StatusOr<StoredRound> ReadStoredRound(const Deps& deps, const Call& call, const RoundId& id) {
  StoredRound stored;
  std::vector<store::MarketLine> market;
  std::vector<store::MarketLine> outcome;
  std::vector<store::Repair> repairs;
  RETURN_IF_ERROR(deps.database.Read(call, [&](sql::Tx& tx) -> Status {
    store::RoundStore rounds(tx);
    ASSIGN_OR_RETURN(stored.round, rounds.Get(id));
    ASSIGN_OR_RETURN(market, rounds.Market(id));
    ASSIGN_OR_RETURN(outcome, rounds.Outcome(id));
    ASSIGN_OR_RETURN(repairs, rounds.Repairs(id));
    return absl::OkStatus();
  }));
  if (outcome.empty()) return Precondition(reasons::kRoundState);
  ASSIGN_OR_RETURN(stored.market, OpenMarket(deps.vault, market));
  ASSIGN_OR_RETURN(stored.outcome, OpenText(deps.vault, outcome));
  for (const store::Repair& repair : repairs) {
    ASSIGN_OR_RETURN(const std::string lines, OpenText(deps.vault, repair.market));
    ASSIGN_OR_RETURN(std::string text, OpenText(deps.vault, repair.outcome));
    stored.repairs.push_back({.number = repair.number,
                              .digest = repair.digest,
                              .market = domain::MarketOfRepair(stored.market.text, lines),
                              .outcome = std::move(text)});
  }
  return stored;
}

}  // namespace matchgo::scheduler
