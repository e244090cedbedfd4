#include "services/scheduler/actions/compute_repair.h"

#include <algorithm>
#include <utility>

#include "common/base/status_macros.h"
#include "services/scheduler/actions/make_offers.h"
#include "services/scheduler/domain/market_text.h"
#include "services/scheduler/engine/certificate.h"
#include "services/scheduler/engine/checker.h"
#include "services/scheduler/engine/digest.h"
#include "services/scheduler/engine/outcome_file.h"
#include "services/scheduler/reasons.h"
#include "services/scheduler/store/match_store.h"
#include "services/scheduler/store/seat_store.h"

namespace matchgo::scheduler {
namespace {

bool IsPresent(const Deps& deps, const std::string& id) {
  const auto record = deps.profiles.Find(id);
  return record.has_value() && std::find(record->standing.begin(), record->standing.end(),
                                         domain::Obstacle::kWithdrawn) == record->standing.end();
}

// What newcomers refused in earlier rounds, or who refused them; the frozen market knows that of
// its own.
Status AddOldRefusals(sql::Tx& tx, const JoinedMarket& joined, Standing* standing) {
  if (joined.lines().empty()) return absl::OkStatus();
  const engine::Market& before = joined.frozen().market;
  ASSIGN_OR_RETURN(const auto refusals, store::MatchStore(tx).Refusals());
  for (const domain::PastRefusal& refusal : refusals) {
    const bool was_in =
        before.switcher_ids.Find(refusal.switcher).has_value() &&
        before.vacancy_ids.Find(domain::VacancyMarketId(refusal.vacancy)).has_value();
    if (was_in) continue;
    const bool of_the_start = !refusal.start_seats.empty();
    standing->offers.push_back(
        {.switcher = refusal.switcher,
         .vacancy = refusal.vacancy,
         .start = of_the_start ? domain::StartOfSeats(refusal.start_seats) : domain::StartKey(),
         .state = domain::OfferState::kDeclined,
         .contract_active = false,
         .declined_by = of_the_start ? domain::Party::kOpleider : domain::Party::kEmployer});
  }
  return absl::OkStatus();
}

}  // namespace

StatusOr<Standing> ReadStanding(sql::Tx& tx, const Deps& deps, const JoinedMarket& joined) {
  Standing standing;
  ASSIGN_OR_RETURN(standing.offers, store::MatchStore(tx).Settled(joined.frozen().round));
  RETURN_IF_ERROR(AddOldRefusals(tx, joined, &standing));
  ASSIGN_OR_RETURN(const auto counts, store::SeatStore(tx).CountAll());
  for (const auto& [resource, count] : counts) {
    standing.seats[resource] = {.capacity = count.capacity(), .taken = count.taken()};
  }
  ASSIGN_OR_RETURN(const auto cohorts, store::SeatStore(tx).Cohorts());
  for (const auto& [resource, cohort] : cohorts) {
    // It begins earlier than this market says: the next one knows its day.
    if (!cohort.begins_on.has_value()) continue;
    domain::SeatsNow& seats = standing.seats[resource];
    seats.capacity = seats.taken;
  }
  const engine::IdColumn& switchers = joined.market().switcher_ids;
  for (int32_t s = 0; s < switchers.size(); ++s) {
    const std::string id(switchers[s]);
    if (!IsPresent(deps, id)) standing.absent.insert(id);
  }
  return standing;
}

StatusOr<Repaired> ComputeRepair(const JoinedMarket& joined, const Standing& standing,
                                 int32_t no_start_until, engine::Parallel& parallel,
                                 int64_t* blocking) {
  const RunningMarket& frozen = joined.frozen();
  const engine::Commitments commitments =
      domain::CommitmentsOf(joined.index(), standing.offers, standing.absent);
  engine::Market market =
      domain::WithSeats(joined.market(), standing.seats, commitments, no_start_until);
  Repaired repaired;
  repaired.lines = domain::WithLines(joined.lines(),
                                     domain::RepairLines(joined.text(), joined.market(), market));
  repaired.digest = engine::MarketDigest(domain::MarketOfRepair(frozen.text, repaired.lines));
  market.digest = repaired.digest;
  const engine::CandidateIndex index(market, frozen.index.weights());
  ASSIGN_OR_RETURN(
      repaired.clearing,
      engine::Clear(index, commitments, {.mechanism = frozen.first.mechanism}, parallel));
  const engine::Outcome outcome = engine::MakeOutcome(market, index, repaired.clearing, parallel);
  const engine::CheckReport report = engine::CheckOutcome(market, outcome, {}, parallel);
  *blocking = report.blocking;
  if (!report.ok()) return Precondition(reasons::kCheckFailed);
  repaired.outcome = engine::FormatOutcome(outcome);
  return repaired;
}

StatusOr<store::Repair> Sealed(const Deps& deps, const Repaired& repaired, Instant now) {
  store::Repair record;
  record.time = now;
  record.digest = repaired.digest;
  ASSIGN_OR_RETURN(record.market, SealMarket(deps.vault, repaired.lines));
  ASSIGN_OR_RETURN(record.outcome, SealMarket(deps.vault, repaired.outcome));
  return record;
}

std::vector<domain::Offer> NewOffers(const JoinedMarket& joined, const engine::Clearing& clearing) {
  std::vector<domain::Offer> offers;
  for (const engine::KnownContract& held : clearing.holdings) {
    if (clearing.IsFrozen(held.switcher)) continue;
    const auto contract = engine::FindContract(joined.index(), held.contract());
    if (!contract.has_value()) continue;
    offers.push_back(OfferFor(joined.frozen().round, joined.market(), *contract));
    offers.back().repair = true;
  }
  return offers;
}

}  // namespace matchgo::scheduler
