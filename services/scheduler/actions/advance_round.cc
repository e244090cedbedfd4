#include "services/scheduler/actions/advance_round.h"

#include <string>
#include <string_view>
#include <utility>

#include "common/base/status_macros.h"
#include "services/scheduler/actions/round_numbers.h"
#include "services/scheduler/reasons.h"
#include "services/scheduler/store/round_store.h"

namespace matchgo::scheduler {
namespace {

using domain::RoundState;

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
    case RoundState::kCancelled:
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
  ASSIGN_OR_RETURN(auto market, ComputeMarket(round, std::move(text), deps.parallel));
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

namespace {

StatusOr<domain::Round> TakeSteps(const Deps& deps, const Call& call, domain::Round round,
                                  std::optional<RoundState> until) {
  if (!until.has_value()) return Step(deps, call, std::move(round));
  // Neither leads anywhere, and neither is what was asked for.
  if (round.state == RoundState::kFailed || round.state == RoundState::kCancelled) {
    return Step(deps, call, std::move(round));
  }
  while (round.state < *until) {
    ASSIGN_OR_RETURN(round, Step(deps, call, std::move(round)));
  }
  // "Until published" of a published round: whatever is due to be repaired, now.
  if (*until == RoundState::kPublished && round.RepairDue()) {
    ASSIGN_OR_RETURN(round, RepairRound(deps, call, std::move(round)));
  }
  return round;
}

// What happened to a round between two looks: the states it entered, expiries, repairs.
std::string WhatChanged(const domain::Round& before, const domain::Round& now) {
  std::string changed;
  const auto add = [&changed](std::string_view word) {
    if (!changed.empty()) changed += ", ";
    changed += word;
  };
  for (size_t i = before.steps.size(); i < now.steps.size(); ++i) {
    add(domain::RoundStateName(now.steps[i].state));
  }
  if (now.summary.expired > before.summary.expired) add("expired");
  if (now.changes_repaired > before.changes_repaired) add("repaired");
  return changed;
}

StatusOr<domain::Round> ReadWithNumbers(const Deps& deps, const Call& call, const RoundId& id) {
  return deps.database.Read(call, [&](sql::Tx& tx) -> StatusOr<domain::Round> {
    ASSIGN_OR_RETURN(domain::Round round, store::RoundStore(tx).Get(id));
    if (round.state == RoundState::kPublished) RETURN_IF_ERROR(FillNumbers(tx, &round));
    return round;
  });
}

// The error, with how far the steps before it came.
Status WithProgress(const Deps& deps, const Call& call, const domain::Round& before, Status error) {
  const StatusOr<domain::Round> now = ReadWithNumbers(deps, call, before.id);
  if (!now.ok()) return error;
  const std::string changed = WhatChanged(before, *now);
  if (changed.empty()) return error;
  error = WithFact(std::move(error), "state", domain::RoundStateName(now->state));
  error = WithFact(std::move(error), "sequence", std::to_string(now->sequence));
  return WithFact(std::move(error), "changed", changed);
}

}  // namespace

StatusOr<domain::Round> AdvanceRound(const Deps& deps, const Call& call, const RoundId& id,
                                     std::optional<domain::RoundState> until) {
  const auto turn = deps.shelf.TakeTurn();
  ASSIGN_OR_RETURN(const domain::Round before, ReadWithNumbers(deps, call, id));
  StatusOr<domain::Round> after = TakeSteps(deps, call, before, until);
  if (after.ok()) return after;
  return WithProgress(deps, call, before, after.status());
}

}  // namespace matchgo::scheduler
