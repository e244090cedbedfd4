#include "services/scheduler/domain/offer_lifecycle.h"

#include <algorithm>
#include <utility>

#include "common/base/status_macros.h"
#include "common/kernel/person.h"
#include "services/scheduler/reasons.h"

namespace matchgo::scheduler::domain {
namespace {

struct Move {
  OfferEvent event;
  OfferState to;
};

// All from OPEN: every other state is final.
constexpr std::array kMoves = {
    Move{OfferEvent::kAcceptOne, OfferState::kOpen},
    Move{OfferEvent::kAcceptLast, OfferState::kAccepted},
    Move{OfferEvent::kDecline, OfferState::kDeclined},
    Move{OfferEvent::kExpire, OfferState::kExpired},
    Move{OfferEvent::kWithdraw, OfferState::kWithdrawn},
};

StatusOr<Offer> Apply(Offer offer, OfferEvent event, Instant now) {
  const std::optional<OfferState> next = NextState(offer.state, event);
  if (!next.has_value()) {
    return WithFact(Precondition(reasons::kOfferClosed), "state", OfferStateName(offer.state));
  }
  offer.state = *next;
  offer.update_time = now;
  return offer;
}

bool HasAnswered(const Offer& offer, Party party) {
  return std::any_of(offer.answers.begin(), offer.answers.end(),
                     [&](const Answer& answer) { return answer.party == party; });
}

}  // namespace

std::string_view OfferStateName(OfferState state) {
  static constexpr std::array<std::string_view, 6> kNames = {"",         "open",    "accepted",
                                                             "declined", "expired", "withdrawn"};
  return kNames[static_cast<size_t>(state)];
}

std::optional<OfferState> ParseOfferState(std::string_view name) {
  for (const OfferState state : kOfferStates) {
    if (OfferStateName(state) == name) return state;
  }
  return std::nullopt;
}

std::string_view PartyName(Party party) {
  switch (party) {
    case Party::kSwitcher:
      return "switcher";
    case Party::kEmployer:
      return "employer";
    case Party::kOpleider:
      break;
  }
  return "opleider";
}

std::optional<OfferState> NextState(OfferState state, OfferEvent event) {
  if (state != OfferState::kOpen) return std::nullopt;
  for (const Move& move : kMoves) {
    if (move.event == event) return move.to;
  }
  return std::nullopt;
}

std::vector<Party> PartiesOf(const Terms& terms) {
  if (terms.direct()) return {Party::kSwitcher, Party::kEmployer};
  return {Party::kSwitcher, Party::kEmployer, Party::kOpleider};
}

StatusOr<Party> SpeaksFor(Role role, std::optional<Party> said, const Terms& terms) {
  std::optional<Party> own;
  if (role == Role::kSwitcher || role == Role::kPartner) own = Party::kSwitcher;
  if (role == Role::kEmployer) own = Party::kEmployer;
  if (role == Role::kOpleiderUser || role == Role::kOpleiderAdmin) own = Party::kOpleider;
  const bool must_say = role == Role::kOps || role == Role::kPartner;
  if (must_say && !said.has_value()) {
    return Invalid(std::vector<Violation>{{"party", "REQUIRED", "a party"}});
  }
  if (own.has_value() && said.has_value() && *own != *said) {
    return Precondition(reasons::kNotAParty);
  }
  const std::optional<Party> party = own.has_value() ? own : said;
  if (!party.has_value()) return Precondition(reasons::kNotAParty);
  const std::vector<Party> parties = PartiesOf(terms);
  if (std::find(parties.begin(), parties.end(), *party) == parties.end()) {
    return Precondition(reasons::kNotAParty);
  }
  return *party;
}

StatusOr<Offer> GiveAnswer(Offer offer, const Answer& answer, Instant now) {
  if (!NamesAPerson(answer.actor)) return Precondition(reasons::kHumanRequired);
  if (offer.state == OfferState::kExpired) return Precondition(reasons::kOfferExpired);
  if (offer.state != OfferState::kOpen) {
    return WithFact(Precondition(reasons::kOfferClosed), "state", OfferStateName(offer.state));
  }
  if (IsDue(offer, now)) return Precondition(reasons::kOfferExpired);
  const std::vector<Party> parties = PartiesOf(offer.terms);
  if (std::find(parties.begin(), parties.end(), answer.party) == parties.end()) {
    return Precondition(reasons::kNotAParty);
  }
  if (HasAnswered(offer, answer.party)) return Precondition(reasons::kAlreadyAnswered);
  offer.answers.push_back(answer);
  if (answer.decision == Decision::kDecline) {
    return Apply(std::move(offer), OfferEvent::kDecline, now);
  }
  const bool last = offer.answers.size() == parties.size();
  return Apply(std::move(offer), last ? OfferEvent::kAcceptLast : OfferEvent::kAcceptOne, now);
}

bool IsDue(const Offer& offer, Instant now) { return now >= offer.deadline; }

bool OthersWereSilent(const Offer& offer) {
  const std::vector<Party> parties = PartiesOf(offer.terms);
  return std::any_of(parties.begin(), parties.end(), [&](Party party) {
    return party != Party::kSwitcher && !HasAnswered(offer, party);
  });
}

StatusOr<Offer> Expire(Offer offer, Instant now) {
  if (offer.state == OfferState::kOpen && !IsDue(offer, now)) return offer;
  return Apply(std::move(offer), OfferEvent::kExpire, now);
}

StatusOr<Offer> Withdraw(Offer offer, Instant now) {
  return Apply(std::move(offer), OfferEvent::kWithdraw, now);
}

Contract Sign(const Offer& offer, ContractId id, Instant now) {
  Contract contract;
  contract.id = std::move(id);
  contract.offer = offer.id;
  contract.terms = offer.terms;
  contract.signed_time = now;
  contract.create_time = now;
  contract.update_time = now;
  return contract;
}

Contract MoveTo(Contract contract, Day begins_on, Instant now) {
  Plan& plan = contract.terms.plan;
  plan.ready_on = plan.ready_on + (begins_on - plan.begins_on);
  plan.begins_on = begins_on;
  contract.update_time = now;
  return contract;
}

StatusOr<Contract> End(Contract contract, std::string reason, std::string by, Instant now) {
  if (contract.state == ContractState::kEnded) return Precondition(reasons::kContractEnded);
  contract.state = ContractState::kEnded;
  contract.end_reason = std::move(reason);
  contract.ended_by = std::move(by);
  contract.end_time = now;
  contract.update_time = now;
  return contract;
}

StatusOr<AdverseOutcome> Confirm(AdverseOutcome outcome, Role role, const std::string& human,
                                 const std::string& reason, Instant now) {
  if (role != Role::kOps || !NamesAPerson(human)) return Precondition(reasons::kHumanRequired);
  if (!outcome.confirmed_by.empty()) return Precondition(reasons::kAlreadyConfirmed);
  outcome.confirmed_by = human;
  outcome.confirm_reason = reason;
  outcome.confirm_time = now;
  outcome.update_time = now;
  return outcome;
}

}  // namespace matchgo::scheduler::domain
