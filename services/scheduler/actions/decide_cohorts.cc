#include "services/scheduler/actions/decide_cohorts.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "common/base/sha256.h"
#include "common/base/status_macros.h"
#include "common/kernel/person.h"
#include "services/scheduler/actions/end_contract.h"
#include "services/scheduler/actions/expire_offers.h"
#include "services/scheduler/actions/record_adverse.h"
#include "services/scheduler/domain/cohort_decision.h"
#include "services/scheduler/domain/market_ids.h"
#include "services/scheduler/domain/offer_lifecycle.h"
#include "services/scheduler/domain/projection.h"
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
                         (decided->second.state == domain::CohortState::kCancelled || !given_up);
    if (settled) continue;
    const Day begins = BeginsOn(*record, key);
    const Day decides = domain::DecisionDay(*record, begins);
    const bool may_begin = record->rhythm == domain::Rhythm::kAtMinimum &&
                           domain::HasItsPeople({record->minimum, count.contracted, count.held});
    const bool due = may_begin || (record->minimum > 1 && today >= decides);
    if (!given_up && !due) continue;
    candidates.push_back({resource, key, *record, begins, decides});
  }
  return candidates;
}

// Whoever had a contract or an offer is free for repair and the next round.
Status SendBack(sql::Tx& tx, const Deps& deps, const std::vector<domain::Contract>& contracts,
                const std::vector<domain::Offer>& offers) {
  constexpr auto kKind = domain::AdverseKind::kCohortCancelled;
  for (const domain::Contract& contract : contracts) {
    RETURN_IF_ERROR(EndNow(tx, contract, kCancelled, std::string(kProcess)).status());
    RETURN_IF_ERROR(RecordAdverse(tx, deps.entropy, kKind, contract.terms, contract.offer));
  }
  for (const domain::Offer& offer : offers) {
    RETURN_IF_ERROR(WithdrawOffer(tx, offer));
    RETURN_IF_ERROR(RecordAdverse(tx, deps.entropy, kKind, offer.terms, offer.id));
  }
  return absl::OkStatus();
}

// The first day on which she can begin and the job is there, as of when she signed.
Day FreeFrom(const Deps& deps, const domain::Contract& contract) {
  const Day signed_on = DayOf(contract.signed_time);
  Day free = signed_on;
  const auto person = deps.profiles.Find(contract.terms.switcher.value());
  if (person.has_value()) free = signed_on + domain::AvailableIn(*person, signed_on);
  const auto job = deps.vacancies.Find(contract.terms.vacancy);
  return job.has_value() ? std::max(free, job->start_from.value_or(free)) : free;
}

domain::Cohort DecisionOn(const Deps& deps, const Candidate& candidate,
                          const domain::CohortCount& count,
                          const std::vector<domain::Contract>& contracts, Day today) {
  if (candidate.record.state == domain::StartState::kCancelled) {
    return {.state = domain::CohortState::kCancelled};
  }
  if (candidate.record.rhythm != domain::Rhythm::kAtMinimum || !domain::HasItsPeople(count)) {
    return {.state = domain::DecideCohort(count, candidate.decides, candidate.begins, today)};
  }
  std::vector<Day> free_from;
  free_from.reserve(contracts.size());
  for (const domain::Contract& contract : contracts) free_from.push_back(FreeFrom(deps, contract));
  return {.state = domain::CohortState::kRuns,
          .begins_on = domain::BeginsAtMinimum(candidate.begins, today, free_from)};
}

Status BeginTogether(sql::Tx& tx, const std::vector<domain::Contract>& contracts, Day begins_on) {
  for (const domain::Contract& contract : contracts) {
    if (contract.terms.plan.begins_on == begins_on) continue;
    domain::Contract moved = domain::MoveTo(contract, begins_on, tx.call().now);
    RETURN_IF_ERROR(store::MatchStore(tx).PutContract(moved, "contract.moved"));
  }
  // A repair that is being computed still promises the other day.
  store::RoundStore rounds(tx);
  ASSIGN_OR_RETURN(const std::vector<domain::Round> running, rounds.Running());
  for (const domain::Round& round : running) RETURN_IF_ERROR(rounds.CountChange(round.id));
  return absl::OkStatus();
}

// True when it was decided now.
StatusOr<bool> Decide(sql::Tx& tx, const Deps& deps, const Candidate& candidate, Day today) {
  store::MatchStore matches(tx);
  store::SeatStore seats(tx);
  ASSIGN_OR_RETURN(const auto contracts, matches.ContractsOfStart(candidate.key));
  ASSIGN_OR_RETURN(const auto offers, matches.OpenOffersOfStart(candidate.key));
  const domain::CohortCount count{.minimum = candidate.record.minimum,
                                  .contracts = static_cast<int32_t>(contracts.size()),
                                  .open_offers = static_cast<int32_t>(offers.size())};
  const domain::Cohort cohort = DecisionOn(deps, candidate, count, contracts, today);
  if (cohort.state == domain::CohortState::kPending) return false;
  // The owner of a month of a rolling start goes on with the other months.
  const bool told =
      candidate.record.state == domain::StartState::kCancelled || !candidate.key.month.empty();
  ASSIGN_OR_RETURN(const bool first,
                   seats.PutCohort(candidate.resource, cohort, count, tx.call().now, told));
  if (!first) return false;
  if (cohort.state == domain::CohortState::kRuns) {
    if (cohort.begins_on.has_value()) {
      RETURN_IF_ERROR(BeginTogether(tx, contracts, *cohort.begins_on));
    }
    return true;
  }
  RETURN_IF_ERROR(SendBack(tx, deps, contracts, offers));
  RETURN_IF_ERROR(seats.Lower(candidate.resource, 0));
  return true;
}

Status Tell(const Deps& deps, const std::string& resource, const domain::Cohort& cohort) {
  const bool cancelled = cohort.state == domain::CohortState::kCancelled;
  const std::string key = (cancelled ? "cohort-" : "begins-") + Sha256Hex(resource).substr(0, 32);
  return cancelled ? deps.programmes.CancelStart(resource, kExplanation, key)
                   : deps.programmes.BeginStart(resource, *cohort.begins_on, key);
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

StatusOr<int64_t> TellOwners(const Deps& deps, const Call& call) {
  ASSIGN_OR_RETURN(const auto untold, deps.database.Read(call, [&](sql::Tx& tx) {
    return store::SeatStore(tx).Untold();
  }));
  int64_t told = 0;
  for (const auto& [resource, cohort] : untold) {
    Status status = Tell(deps, resource, cohort);
    // What it refuses it knows better: it cancelled the start, or has another kind of start by now.
    const bool knows =
        status.ok() || absl::IsFailedPrecondition(status) || absl::IsNotFound(status);
    if (!knows) return status;
    RETURN_IF_ERROR(deps.database.Write(
        call, [&start = resource](sql::Tx& tx) { return store::SeatStore(tx).MarkTold(start); }));
    ++told;
  }
  return told;
}

}  // namespace matchgo::scheduler
