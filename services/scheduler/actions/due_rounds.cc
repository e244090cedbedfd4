#include "services/scheduler/actions/due_rounds.h"

#include "common/base/status_macros.h"
#include "services/scheduler/actions/round_numbers.h"
#include "services/scheduler/store/round_store.h"
#include "services/scheduler/store/seat_store.h"

namespace matchgo::scheduler {
namespace {

using domain::RoundState;

bool FeedsSynced(const Deps& deps) {
  return deps.profiles.progress().synced && deps.vacancies.progress().synced &&
         deps.programmes.progress().synced;
}

}  // namespace

StatusOr<std::vector<DueRound>> FindDueRounds(const Deps& deps, const Call& call) {
  return deps.database.Read(call, [&](sql::Tx& tx) -> StatusOr<std::vector<DueRound>> {
    ASSIGN_OR_RETURN(const std::vector<domain::Round> running, store::RoundStore(tx).Running());
    std::vector<DueRound> due;
    bool market_taken = false;
    for (domain::Round round : running) {
      if (round.state == RoundState::kPublished) {
        RETURN_IF_ERROR(FillNumbers(tx, &round));
        if (round.RepairDue()) {
          due.push_back({.id = round.id, .until = RoundState::kPublished});
        } else if (round.summary.open == 0) {
          due.push_back({.id = round.id, .until = RoundState::kClosed});
        }
      } else if (round.state == RoundState::kCollecting) {
        const bool over = round.collect_until.has_value() && call.now >= *round.collect_until;
        if (over && !market_taken && FeedsSynced(deps)) {
          due.push_back({.id = round.id, .until = RoundState::kPublished});
        }
      } else if (round.collect_until.has_value()) {
        // Begun on its date and interrupted: goes on.
        due.push_back({.id = round.id, .until = RoundState::kPublished});
      }
      market_taken = market_taken || domain::HoldsTheMarket(round.state);
    }
    return due;
  });
}

Status CountSeatsForMetrics(const Deps& deps, const Call& call) {
  ASSIGN_OR_RETURN(const store::SeatTotals totals, deps.database.Read(call, [&](sql::Tx& tx) {
    return store::SeatStore(tx).Totals();
  }));
  for (const char* kind : {"vacancy", "start"}) {
    for (const char* state : {"free", "held", "contracted"}) {
      const auto found = totals.find({kind, state});
      deps.probe.SeatsAre(kind, state, found == totals.end() ? 0 : found->second);
    }
  }
  return absl::OkStatus();
}

}  // namespace matchgo::scheduler
