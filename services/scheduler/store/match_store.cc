#include "services/scheduler/store/match_store.h"

#include <utility>

#include "common/base/status_macros.h"
#include "common/sql/reasons.h"
#include "services/scheduler/domain/offer_lifecycle.h"
#include "services/scheduler/reasons.h"
#include "services/scheduler/store/match_payload.h"
#include "services/scheduler/store/match_queries.h"

namespace matchgo::scheduler::store {
namespace {

using Values = std::initializer_list<sql::Value>;

std::string_view ContractStateName(domain::ContractState state) {
  return state == domain::ContractState::kActive ? "active" : "ended";
}

std::string_view AdverseKindName(domain::AdverseKind kind) {
  switch (kind) {
    case domain::AdverseKind::kUnmatched:
      return "unmatched";
    case domain::AdverseKind::kCohortCancelled:
      return "cohort_cancelled";
    case domain::AdverseKind::kExpired:
      return "expired";
    case domain::AdverseKind::kRejected:
      break;
  }
  return "rejected";
}

std::optional<domain::Party> ParseParty(const std::string& name) {
  using domain::Party;
  for (const Party party : {Party::kSwitcher, Party::kEmployer, Party::kOpleider}) {
    if (domain::PartyName(party) == name) return party;
  }
  return std::nullopt;
}

StatusOr<domain::Offer> OfferFrom(const sql::Row& row) {
  domain::Offer offer;
  offer.id = OfferId(row.Text(0));
  offer.terms.partner = row.Text(1);
  offer.terms.start.month = row.Text(2);
  const auto state = domain::ParseOfferState(row.Text(3));
  if (!state.has_value()) return Internal("an offer has an unknown state");
  offer.state = *state;
  offer.deadline = Instant::FromMicros(row.Int(4));
  offer.contract = ContractId(row.Text(5));
  offer.version = row.Int(6);
  offer.sequence = row.Int(7);
  RETURN_IF_ERROR(DecodeOffer(row.Text(8), &offer));
  return offer;
}

StatusOr<domain::Contract> ContractFrom(const sql::Row& row) {
  domain::Contract contract;
  contract.id = ContractId(row.Text(0));
  contract.offer = OfferId(row.Text(1));
  contract.terms.partner = row.Text(2);
  contract.terms.start.month = row.Text(3);
  contract.state =
      row.Text(4) == "active" ? domain::ContractState::kActive : domain::ContractState::kEnded;
  contract.end_reason = row.Text(5);
  contract.version = row.Int(6);
  contract.sequence = row.Int(7);
  RETURN_IF_ERROR(DecodeContract(row.Text(8), &contract));
  return contract;
}

StatusOr<domain::AdverseOutcome> AdverseFrom(const sql::Row& row) {
  domain::AdverseOutcome outcome;
  outcome.id = row.Text(0);
  outcome.round = RoundId(row.Text(1));
  outcome.switcher = SwitcherId(row.Text(2));
  outcome.version = row.Int(3);
  outcome.sequence = row.Int(4);
  RETURN_IF_ERROR(DecodeAdverse(row.Text(5), &outcome));
  return outcome;
}

template <class T>
StatusOr<std::vector<T>> All(sql::Tx& tx, const sql::Query& query, Values values,
                             StatusOr<T> (*from)(const sql::Row&)) {
  std::vector<T> records;
  RETURN_IF_ERROR(tx.Select(query, values, [&](const sql::Row& row) -> Status {
    ASSIGN_OR_RETURN(T record, from(row));
    records.push_back(std::move(record));
    return absl::OkStatus();
  }));
  return records;
}

template <class T>
StatusOr<T> One(StatusOr<std::vector<T>> records) {
  RETURN_IF_ERROR(records.status());
  if (records->empty()) return NotFound(reasons::kNotFound);
  return std::move(records->front());
}

StatusOr<std::vector<std::string>> Texts(sql::Tx& tx, const sql::Query& query, Values values) {
  std::vector<std::string> texts;
  RETURN_IF_ERROR(tx.Select(query, values, [&](const sql::Row& row) {
    texts.push_back(row.Text(0));
    return absl::OkStatus();
  }));
  return texts;
}

Status OneRow(const StatusOr<int64_t>& rows) {
  RETURN_IF_ERROR(rows.status());
  return *rows == 1 ? absl::OkStatus() : Conflict(reasons::kStale);
}

const sql::Query& Scoped(const sql::Query (&queries)[5], const Scope& scope) {
  return queries[static_cast<size_t>(scope.of)];
}

}  // namespace

Status MatchStore::InsertOffer(domain::Offer& offer) {
  offer.version = 1;
  offer.sequence = tx_.AppendEvent({.kind = "offer.made",
                                    .resource = "offers/" + offer.id.value(),
                                    .version = offer.version,
                                    .tenant = {}});
  const domain::Terms& terms = offer.terms;
  return tx_
      .Execute(
          kInsertOffer,
          {offer.id, terms.round, terms.switcher, terms.partner, domain::OwnerOf(terms.vacancy),
           domain::OwnerOf(terms.start.name), terms.vacancy, terms.start.name, terms.start.month,
           domain::OfferStateName(offer.state), offer.deadline.micros(), offer.contract,
           offer.repair ? 1 : 0, offer.version, offer.sequence, EncodeOffer(offer)})
      .status();
}

StatusOr<domain::Offer> MatchStore::GetOffer(const OfferId& id) {
  return One(All<domain::Offer>(tx_, kGetOffer, {id}, OfferFrom));
}

Status MatchStore::PutOffer(domain::Offer& offer, const std::string& kind) {
  const int64_t before = offer.version++;
  offer.sequence = tx_.AppendEvent({.kind = kind,
                                    .resource = "offers/" + offer.id.value(),
                                    .version = offer.version,
                                    .tenant = {}});
  return OneRow(
      tx_.Execute(kPutOffer, {domain::OfferStateName(offer.state), offer.contract, offer.version,
                              offer.sequence, EncodeOffer(offer), offer.id, before}));
}

Status MatchStore::InsertAnswer(const OfferId& offer, const domain::Answer& answer,
                                const std::string& reason) {
  Status status = tx_.Execute(kInsertAnswer,
                              {offer, domain::PartyName(answer.party),
                               answer.decision == domain::Decision::kAccept ? "accept" : "decline",
                               answer.actor, reason, answer.time.micros()})
                      .status();
  if (ReasonOf(status) == sql::kUnique.word) return Precondition(reasons::kAlreadyAnswered);
  return status;
}

StatusOr<std::vector<domain::Offer>> MatchStore::ListOffers(const Scope& scope,
                                                            const MatchFilter& filter) {
  return All<domain::Offer>(tx_, Scoped(kListOffers, scope),
                            {scope.id, filter.after, filter.round, filter.round, filter.state,
                             filter.state, filter.switcher, filter.switcher, filter.limit},
                            OfferFrom);
}

StatusOr<std::vector<domain::Offer>> MatchStore::DueOffers(Instant now, int limit) {
  return All<domain::Offer>(tx_, kDueOffers, {now.micros(), limit}, OfferFrom);
}

StatusOr<std::vector<domain::Offer>> MatchStore::OpenOffers() {
  return All<domain::Offer>(tx_, kOpenOffers, {}, OfferFrom);
}

StatusOr<std::vector<domain::Offer>> MatchStore::OffersOf(const RoundId& round,
                                                          const SwitcherId& switcher) {
  return All<domain::Offer>(tx_, kOffersOf, {switcher, round}, OfferFrom);
}

StatusOr<std::vector<domain::SettledOffer>> MatchStore::Settled(const RoundId& round) {
  std::vector<domain::SettledOffer> offers;
  RETURN_IF_ERROR(tx_.Select(kSettled, {round}, [&](const sql::Row& row) {
    const auto state = domain::ParseOfferState(row.Text(4));
    offers.push_back({.switcher = row.Text(0),
                      .vacancy = row.Text(1),
                      .start = {.name = row.Text(2), .month = row.Text(3)},
                      .state = state.value_or(domain::OfferState::kWithdrawn),
                      .contract_active = row.Text(5) == "active",
                      .declined_by = ParseParty(row.Text(6))});
    return absl::OkStatus();
  }));
  return offers;
}

StatusOr<std::vector<domain::PastRefusal>> MatchStore::Refusals() {
  std::vector<domain::PastRefusal> refusals;
  RETURN_IF_ERROR(tx_.Select(kRefusals, {}, [&](const sql::Row& row) {
    // An opleider's no is about the start; hers and the employer's are about the job.
    const bool about_start = row.Text(4) == domain::PartyName(domain::Party::kOpleider);
    const domain::StartKey start{.name = row.Text(2), .month = row.Text(3)};
    refusals.push_back({.switcher = row.Text(0),
                        .vacancy = row.Text(1),
                        .start_seats = about_start ? domain::SeatResource(start) : ""});
    return absl::OkStatus();
  }));
  return refusals;
}

StatusOr<OfferCounts> MatchStore::CountOffers(const RoundId& round) {
  OfferCounts counts;
  RETURN_IF_ERROR(tx_.Select(kCountOffers, {round}, [&](const sql::Row& row) {
    const auto state = domain::ParseOfferState(row.Text(0));
    if (state.has_value()) counts.by_state[*state] = row.Int(1);
    counts.repaired += row.Int(2);
    return absl::OkStatus();
  }));
  return counts;
}

Status MatchStore::InsertContract(domain::Contract& contract) {
  contract.version = 1;
  contract.sequence = tx_.AppendEvent({.kind = "contract.signed",
                                       .resource = "contracts/" + contract.id.value(),
                                       .version = contract.version,
                                       .tenant = {}});
  const domain::Terms& terms = contract.terms;
  Status status =
      tx_.Execute(kInsertContract,
                  {contract.id, contract.offer, terms.round, terms.switcher, terms.partner,
                   domain::OwnerOf(terms.vacancy), domain::OwnerOf(terms.start.name),
                   terms.start.name, terms.start.month, ContractStateName(contract.state),
                   contract.version, contract.sequence, EncodeContract(contract)})
          .status();
  if (ReasonOf(status) == sql::kUnique.word) return Precondition(reasons::kHasContract);
  return status;
}

StatusOr<domain::Contract> MatchStore::GetContract(const ContractId& id) {
  return One(All<domain::Contract>(tx_, kGetContract, {id}, ContractFrom));
}

Status MatchStore::PutContract(domain::Contract& contract, const std::string& kind) {
  const int64_t before = contract.version++;
  contract.sequence = tx_.AppendEvent({.kind = kind,
                                       .resource = "contracts/" + contract.id.value(),
                                       .version = contract.version,
                                       .tenant = {}});
  return OneRow(tx_.Execute(
      kPutContract, {ContractStateName(contract.state), contract.end_reason, contract.version,
                     contract.sequence, EncodeContract(contract), contract.id, before}));
}

StatusOr<std::vector<domain::Contract>> MatchStore::ListContracts(const Scope& scope,
                                                                  const MatchFilter& filter) {
  return All<domain::Contract>(tx_, Scoped(kListContracts, scope),
                               {scope.id, filter.after, filter.round, filter.round, filter.state,
                                filter.state, filter.switcher, filter.switcher, filter.employer,
                                filter.employer, filter.opleider, filter.opleider, filter.limit},
                               ContractFrom);
}

StatusOr<std::vector<domain::Contract>> MatchStore::ContractsOfStart(
    const domain::StartKey& start) {
  return All<domain::Contract>(
      tx_, kContractsOfStart, {domain::OwnerOf(start.name), start.name, start.month}, ContractFrom);
}

StatusOr<std::vector<domain::Offer>> MatchStore::OpenOffersOfStart(const domain::StartKey& start) {
  return All<domain::Offer>(tx_, kOpenOffersOfStart,
                            {domain::OwnerOf(start.name), start.name, start.month}, OfferFrom);
}

StatusOr<bool> MatchStore::HasActiveContract(const SwitcherId& switcher) {
  int64_t count = 0;
  RETURN_IF_ERROR(tx_.Select(kHasActive, {switcher}, [&](const sql::Row& row) {
    count = row.Int(0);
    return absl::OkStatus();
  }));
  return count > 0;
}

StatusOr<std::vector<std::string>> MatchStore::Engaged(const std::string& round) {
  return Texts(tx_, kEngaged, {round, round});
}

StatusOr<std::vector<std::string>> MatchStore::Offered() { return Texts(tx_, kOffered, {}); }

Status MatchStore::InsertAdverse(domain::AdverseOutcome& outcome) {
  outcome.version = 1;
  outcome.sequence =
      tx_.AppendEvent({.kind = "outcome.recorded",
                       .resource = "rounds/" + outcome.round.value() + "/outcomes/" + outcome.id,
                       .version = outcome.version,
                       .tenant = {}});
  return tx_
      .Execute(kInsertAdverse,
               {outcome.id, outcome.round, outcome.switcher, AdverseKindName(outcome.kind),
                outcome.version, outcome.sequence, EncodeAdverse(outcome)})
      .status();
}

StatusOr<domain::AdverseOutcome> MatchStore::GetAdverse(const std::string& id) {
  return One(All<domain::AdverseOutcome>(tx_, kGetAdverse, {id}, AdverseFrom));
}

Status MatchStore::PutAdverse(domain::AdverseOutcome& outcome, const std::string& kind) {
  const int64_t before = outcome.version++;
  outcome.sequence =
      tx_.AppendEvent({.kind = kind,
                       .resource = "rounds/" + outcome.round.value() + "/outcomes/" + outcome.id,
                       .version = outcome.version,
                       .tenant = {}});
  return OneRow(tx_.Execute(kPutAdverse, {outcome.version, outcome.sequence, EncodeAdverse(outcome),
                                          outcome.id, before}));
}

StatusOr<std::vector<domain::AdverseOutcome>> MatchStore::ListAdverse(const RoundId& round,
                                                                      const std::string& after,
                                                                      bool unconfirmed, int limit) {
  if (round.value() == "-") {
    return All<domain::AdverseOutcome>(tx_, kListAllAdverse, {after, unconfirmed ? 1 : 0, limit},
                                       AdverseFrom);
  }
  return All<domain::AdverseOutcome>(tx_, kListAdverse, {round, after, unconfirmed ? 1 : 0, limit},
                                     AdverseFrom);
}

}  // namespace matchgo::scheduler::store
