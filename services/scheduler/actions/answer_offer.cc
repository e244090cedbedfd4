#include "services/scheduler/actions/answer_offer.h"

#include <algorithm>
#include <utility>

#include "common/base/status_macros.h"
#include "services/scheduler/actions/record_adverse.h"
#include "services/scheduler/actions/scope.h"
#include "services/scheduler/domain/offer_lifecycle.h"
#include "services/scheduler/reasons.h"
#include "services/scheduler/store/match_store.h"
#include "services/scheduler/store/round_store.h"
#include "services/scheduler/store/seat_store.h"

namespace matchgo::scheduler {
namespace {

Status SignContract(sql::Tx& tx, const Deps& deps, domain::Offer* offer, Instant now) {
  store::MatchStore matches(tx);
  domain::Contract contract = domain::Sign(*offer, ContractId(deps.entropy.NewId()), now);
  offer->contract = contract.id;
  RETURN_IF_ERROR(matches.PutOffer(*offer, "offer.accepted"));
  RETURN_IF_ERROR(matches.InsertContract(contract));
  return store::SeatStore(tx).Contract(offer->id, offer->terms.seats());
}

Status Refuse(sql::Tx& tx, const Deps& deps, domain::Offer* offer, domain::Party party) {
  RETURN_IF_ERROR(store::MatchStore(tx).PutOffer(*offer, "offer.declined"));
  RETURN_IF_ERROR(store::SeatStore(tx).Release(offer->id, offer->terms.seats()));
  RETURN_IF_ERROR(store::RoundStore(tx).CountChange(offer->terms.round));
  // Her own no is not an adverse outcome for her.
  if (party == domain::Party::kSwitcher) return absl::OkStatus();
  return RecordAdverse(tx, deps.entropy, domain::AdverseKind::kRejected, offer->terms, offer->id);
}

}  // namespace

StatusOr<domain::Offer> AnswerOffer(sql::Tx& tx, const Deps& deps, const AnswerCommand& command) {
  const Call& call = tx.call();
  store::MatchStore matches(tx);
  ASSIGN_OR_RETURN(domain::Offer offer, matches.GetOffer(command.offer));
  if (!MayReach(call, offer.terms)) return NotFound(reasons::kNotFound);
  ASSIGN_OR_RETURN(const domain::Party party,
                   domain::SpeaksFor(call.principal.role, command.party, offer.terms));
  if (command.version.has_value() && *command.version != offer.version) {
    return Conflict(reasons::kStale);
  }
  ASSIGN_OR_RETURN(const Instant now,
                   store::RoundStore(tx).Moment(std::max(call.now, deps.clock.Now())));
  const domain::Answer answer{
      .party = party, .decision = command.decision, .actor = call.principal.id, .time = now};
  ASSIGN_OR_RETURN(offer, domain::GiveAnswer(std::move(offer), answer, now));
  if (command.decision == domain::Decision::kAccept) {
    ASSIGN_OR_RETURN(const bool engaged, matches.HasActiveContract(offer.terms.switcher));
    if (engaged) return Precondition(reasons::kHasContract);
  }
  RETURN_IF_ERROR(matches.InsertAnswer(offer.id, answer, command.reason));
  switch (offer.state) {
    case domain::OfferState::kAccepted:
      RETURN_IF_ERROR(SignContract(tx, deps, &offer, now));
      break;
    case domain::OfferState::kDeclined:
      RETURN_IF_ERROR(Refuse(tx, deps, &offer, party));
      break;
    default:
      RETURN_IF_ERROR(matches.PutOffer(offer, "offer.answered"));
  }
  return offer;
}

}  // namespace matchgo::scheduler
