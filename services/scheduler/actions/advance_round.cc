#include "services/scheduler/actions/advance_round.h"

#include <utility>

#include "common/base/status_macros.h"
#include "services/scheduler/actions/round_numbers.h"
#include "services/scheduler/reasons.h"
#include "services/scheduler/store/round_store.h"

namespace matchgo::scheduler {
namespace {

using domain::RoundState;

StatusOr<domain::Round> ReadRound(const Deps& deps, const Call& call, const RoundId& id) {
  return deps.database.Read(call, [&](sql::Tx& tx) { return store::RoundStore(tx).Get(id); });
}

StatusOr<domain::Round> Step(const Deps& deps, const Call& call, domain::Round round) {
  switch (round.state) {
    case RoundState::kCollecting:
      return FreezeRound(deps, call, std::move(round));
    case RoundState::kFrozen:
      return ClearRound(deps, call, std::move(round));
    case RoundState::kCleared:
      return VerifyRound(deps, call, std::move(round));
    case RoundState::kVerified:
      return PublishRound(deps, call, std::move(round));
    case RoundState::kPublished:
      return CloseRound(deps, call, std::move(round));
    case RoundState::kPlanned:
    case RoundState::kClosed:
    case RoundState::kFailed:
      break;
  }
  return WithFact(Precondition(reasons::kRoundState), "state", domain::RoundStateName(round.state));
}

}  // namespace

Call Unhurried(const Call& call) {
  Call unhurried = call;
  unhurried.deadline = std::chrono::steady_clock::time_point::max();
  unhurried.request_id.clear();
  unhurried.request_hash.clear();
  return unhurried;
}

StatusOr<std::shared_ptr<const RunningMarket>> MarketOf(const Deps& deps, const Call& call,
                                                        const domain::Round& round) {
  if (auto market = deps.shelf.Find(round.id); market != nullptr) return market;
  ASSIGN_OR_RETURN(const std::vector<store::MarketLine> lines,
                   deps.database.Read(
                       call, [&](sql::Tx& tx) { return store::RoundStore(tx).Market(round.id); }));
  ASSIGN_OR_RETURN(MarketText text, OpenMarket(deps.vault, lines));
  ASSIGN_OR_RETURN(auto market, ComputeMarket(round, std::move(text)));
  deps.shelf.Put(market);
  return market;
}

StatusOr<domain::Round> FailRound(const Deps& deps, const Call& call, domain::Round round,
                                  const std::string& failure) {
  ASSIGN_OR_RETURN(round, domain::Advance(std::move(round), domain::RoundEvent::kFail, call.now));
  round.failure = failure;
  ASSIGN_OR_RETURN(round, deps.database.Write(call, [&](sql::Tx& tx) -> StatusOr<domain::Round> {
    domain::Round next = round;
    RETURN_IF_ERROR(store::RoundStore(tx).Put(next, "round.failed"));
    return next;
  }));
  deps.probe.RoundEnded(round);
  return round;
}

StatusOr<domain::Round> AdvanceRound(const Deps& deps, const Call& call, const RoundId& id,
                                     std::optional<domain::RoundState> until) {
  const auto turn = deps.shelf.TakeTurn();
  ASSIGN_OR_RETURN(domain::Round round, ReadRound(deps, call, id));
  if (!until.has_value()) return Step(deps, call, std::move(round));
  if (round.state == RoundState::kFailed) return Step(deps, call, std::move(round));
  while (round.state < *until) {
    ASSIGN_OR_RETURN(round, Step(deps, call, std::move(round)));
  }
  // "Until published" of a published round: whatever is due to be repaired, now.
  if (*until == RoundState::kPublished && round.RepairDue()) {
    ASSIGN_OR_RETURN(round, RepairRound(deps, call, std::move(round)));
  }
  return round;
}

}  // namespace matchgo::scheduler
