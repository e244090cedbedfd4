#include "services/scheduler/actions/bound_round.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "common/base/status_macros.h"
#include "services/scheduler/actions/running_market.h"
#include "services/scheduler/engine/candidate_index.h"
#include "services/scheduler/engine/market_file.h"
#include "services/scheduler/engine/parallel.h"
#include "services/scheduler/store/round_store.h"

namespace matchgo::scheduler {
namespace {

// One lane that leaves out whatever comes after a stop was requested.
class UntilStopped final : public engine::Parallel {
 public:
  explicit UntilStopped(const std::stop_token& stop) : stop_(stop) {}

  int lanes() const override { return 1; }
  void For(size_t count, size_t grain, const Body& body) override {
    for (size_t begin = 0; begin < count && !stop_.stop_requested(); begin += grain) {
      body(0, begin, std::min(count, begin + grain));
    }
  }

 private:
  const std::stop_token& stop_;
};

engine::Bound BoundOf(const engine::CandidateIndex& index, const std::stop_token& stop) {
  const engine::Market& market = index.market();
  UntilStopped lane(stop);
  return engine::FindBound(index, market.commitments, BoundOptionsFor(market.switcher_count()),
                           lane);
}

// Nothing when somebody in the market was erased.
StatusOr<std::optional<engine::Bound>> BoundOf(const Deps& deps, const Call& call,
                                               const domain::Round& round,
                                               const std::stop_token& stop) {
  if (const auto shelved = deps.shelf.Find(round.id); shelved != nullptr) {
    if (!shelved->erased.empty()) return std::optional<engine::Bound>();
    return std::optional(BoundOf(shelved->index, stop));
  }
  ASSIGN_OR_RETURN(const std::vector<store::MarketLine> lines,
                   deps.database.Read(
                       call, [&](sql::Tx& tx) { return store::RoundStore(tx).Market(round.id); }));
  ASSIGN_OR_RETURN(const MarketText text, OpenMarket(deps.vault, lines));
  if (!text.erased.empty()) return std::optional<engine::Bound>();
  ASSIGN_OR_RETURN(const engine::Market market, engine::ParseMarket(text.text, "market"));
  return std::optional(BoundOf(engine::CandidateIndex(market, round.weights), stop));
}

}  // namespace

engine::BoundOptions BoundOptionsFor(int32_t switchers) {
  engine::BoundOptions options;
  if (switchers > kBoundCarefullyUpTo) options.passes = 1;
  return options;
}

StatusOr<BoundStep> BoundNextRound(const Deps& deps, const Call& call,
                                   const std::stop_token& stop) {
  ASSIGN_OR_RETURN(
      const std::optional<domain::Round> due,
      deps.database.Read(call, [](sql::Tx& tx) { return store::RoundStore(tx).BoundDue(); }));
  if (!due.has_value()) return BoundStep::kNothingDue;
  const auto watch = deps.probe.Watch();
  ASSIGN_OR_RETURN(const std::optional<engine::Bound> bound, BoundOf(deps, call, *due, stop));
  if (stop.stop_requested()) return BoundStep::kStopped;
  // Whoever advances the round has read it, and shall find it as it was.
  const auto turn = deps.shelf.TakeTurn();
  const Status stored = deps.database.Write(call, [&](sql::Tx& tx) -> Status {
    store::RoundStore rounds(tx);
    RETURN_IF_ERROR(rounds.SetBoundDue(due->id, false));
    if (!bound.has_value()) return absl::OkStatus();
    ASSIGN_OR_RETURN(domain::Round round, rounds.Get(due->id));
    round.summary.bound = bound;
    round.update_time = std::max(round.update_time, call.now);
    return rounds.Put(round, "round.bounded");
  });
  RETURN_IF_ERROR(stored);
  deps.probe.PhaseTook("bound", watch.seconds());
  return BoundStep::kDone;
}

}  // namespace matchgo::scheduler
