#include "services/scheduler/actions/decide_cohorts.h"

#include <optional>
#include <utility>
#include <vector>

#include "common/base/sha256.h"
#include "common/base/status_macros.h"
#include "services/scheduler/actions/record_adverse.h"
#include "services/scheduler/domain/cohort_decision.h"
#include "services/scheduler/domain/market_ids.h"
#include "services/scheduler/domain/offer_lifecycle.h"
#include "services/scheduler/store/match_store.h"
#include "services/scheduler/store/round_store.h"
#include "services/scheduler/store/seat_store.h"

namespace matchgo::scheduler {
namespace {

constexpr char kCancelled[] = "COHORT_CANCELLED";
constexpr char kExplanation[] =
    "Te weinig deelnemers op de beslisdatum. / Too few participants on the decision date.";

// A start or month that may have to be decided.
struct Candidate {
  std::string resource;
  domain::StartKey key;
  domain::StartRecord record;
  Day begins;
  Day decides;
};

Day BeginsOn(const domain::StartRecord& record, const domain::StartKey& key) {
  if (key.month.empty()) return record.begins_on;
  for (int month = 0; month < 1200; ++month) {
    const Day day = AddMonths(record.begins_on, month);
    if (domain::MonthOf(day) >= key.month) return day;
  }
  return record.begins_on;
}

// Starts with seats that are not settled for good, and whose day has come or whose owner gave up.
StatusOr<std::vector<Candidate>> FindCandidates(sql::Tx& tx, const Deps& deps, Day today) {
  store::SeatStore seats(tx);
  ASSIGN_OR_RETURN(const auto counts, seats.CountAll());
  ASSIGN_OR_RETURN(const auto cohorts, seats.Cohorts());
  std::vector<Candidate> candidates;
  for (const auto& [resource, count] : counts) {
    const domain::StartKey key = domain::StartOfSeats(resource);
    const auto record = deps.programmes.FindStart(key.name);
    if (!record.has_value()) continue;  // a vacancy
    const auto decided = cohorts.find(resource);
    const bool given_up = record->state == domain::StartState::kCancelled;
    const bool settled = decided != cohorts.end() &&
                         (decided->second == domain::CohortState::kCancelled || !given_up);
    if (settled) continue;
    const Day begins = BeginsOn(*record, key);
    const Day decides = domain::DecisionDay(*record, begins);
    const bool due = record->minimum > 1 && today >= decides;
    if (!given_up && !due) continue;
    candidates.push_back({resource, key, *record, begins, decides});
  }
  return candidates;
}

Status EndContracts(sql::Tx& tx, const Deps& deps, std::vector<domain::Contract> contracts) {
  store::MatchStore matches(tx);
  for (domain::Contract& contract : contracts) {
    ASSIGN_OR_RETURN(contract, domain::End(std::move(contract), kCancelled, tx.call().now));
    RETURN_IF_ERROR(matches.PutContract(contract, "contract.ended"));
    RETURN_IF_ERROR(store::SeatStore(tx).Release(contract.offer).status());
    RETURN_IF_ERROR(store::RoundStore(tx).CountChange(contract.terms.round));
    RETURN_IF_ERROR(RecordAdverse(tx, deps.entropy,
                                  {.round = contract.terms.round,
                                   .kind = domain::AdverseKind::kCohortCancelled,
                                   .switcher = contract.terms.switcher,
                                   .start = contract.terms.start.name,
                                   .offer = contract.offer}));
  }
  return absl::OkStatus();
}

Status WithdrawAll(sql::Tx& tx, const Deps& deps, std::vector<domain::Offer> offers) {
  store::MatchStore matches(tx);
  for (domain::Offer& offer : offers) {
    ASSIGN_OR_RETURN(offer, domain::Withdraw(std::move(offer), tx.call().now));
    RETURN_IF_ERROR(matches.PutOffer(offer, "offer.withdrawn"));
    RETURN_IF_ERROR(store::SeatStore(tx).Release(offer.id).status());
    RETURN_IF_ERROR(store::RoundStore(tx).CountChange(offer.terms.round));
    RETURN_IF_ERROR(RecordAdverse(tx, deps.entropy,
                                  {.round = offer.terms.round,
                                   .kind = domain::AdverseKind::kCohortCancelled,
                                   .switcher = offer.terms.switcher,
                                   .start = offer.terms.start.name,
                                   .offer = offer.id}));
  }
  return absl::OkStatus();
}

// True when it was decided now.
StatusOr<bool> Decide(sql::Tx& tx, const Deps& deps, const Candidate& candidate, Day today) {
  store::MatchStore matches(tx);
  store::SeatStore seats(tx);
  ASSIGN_OR_RETURN(auto contracts, matches.ContractsOfStart(candidate.key));
  ASSIGN_OR_RETURN(auto offers, matches.OpenOffersOfStart(candidate.key));
  const domain::CohortCount count{.minimum = candidate.record.minimum,
                                  .contracts = static_cast<int32_t>(contracts.size()),
                                  .open_offers = static_cast<int32_t>(offers.size())};
  const bool given_up = candidate.record.state == domain::StartState::kCancelled;
  const domain::CohortState state =
      given_up ? domain::CohortState::kCancelled
               : domain::DecideCohort(count, candidate.decides, candidate.begins, today);
  if (state == domain::CohortState::kPending) return false;
  // The owner of a month of a rolling start goes on with the other months.
  const bool told = given_up || !candidate.key.month.empty();
  ASSIGN_OR_RETURN(const bool first,
                   seats.PutCohort(candidate.resource, state, count, tx.call().now, told));
  if (!first) return false;
  if (state == domain::CohortState::kRuns) return true;
  RETURN_IF_ERROR(EndContracts(tx, deps, std::move(contracts)));
  RETURN_IF_ERROR(WithdrawAll(tx, deps, std::move(offers)));
  RETURN_IF_ERROR(seats.Lower(candidate.resource, 0));
  return true;
}

}  // namespace

StatusOr<int64_t> DecideCohorts(const Deps& deps, const Call& call) {
  if (!deps.programmes.progress().synced) return 0;
  const Day today = DayOf(call.now);
  ASSIGN_OR_RETURN(
      const std::vector<Candidate> candidates,
      deps.database.Read(call, [&](sql::Tx& tx) { return FindCandidates(tx, deps, today); }));
  int64_t decided = 0;
  for (const Candidate& candidate : candidates) {
    ASSIGN_OR_RETURN(const bool now, deps.database.Write(call, [&](sql::Tx& tx) {
      return Decide(tx, deps, candidate, today);
    }));
    if (now) ++decided;
  }
  return decided;
}

StatusOr<int64_t> TellCancelled(const Deps& deps, const Call& call) {
  ASSIGN_OR_RETURN(
      const std::vector<std::string> untold,
      deps.database.Read(call, [&](sql::Tx& tx) { return store::SeatStore(tx).Untold(); }));
  int64_t told = 0;
  for (const std::string& resource : untold) {
    const std::string key = "cohort-" + Sha256Hex(resource).substr(0, 32);
    const Status status = deps.programmes.CancelStart(resource, kExplanation, key);
    // Somebody else cancelled it, or it is gone: either way its owner knows.
    const bool knows = status.ok() || ReasonOf(status) == "START_CANCELLED" ||
                       status.code() == absl::StatusCode::kNotFound;
    if (!knows) return status;
    RETURN_IF_ERROR(deps.database.Write(
        call, [&](sql::Tx& tx) { return store::SeatStore(tx).MarkTold(resource); }));
    ++told;
  }
  return told;
}

}  // namespace matchgo::scheduler
