// The life of an offer, a contract and an adverse outcome: who may still say what, and what
// follows.
//
// An offer leaves OPEN once. Answers count strictly before the deadline: a moment equal to it is
// too late. `now` is the moment of the transaction. Pure. Test:
// tests/unit/services/scheduler/lifecycle_test.cc
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/status.h"
#include "common/kernel/role.h"
#include "services/scheduler/domain/offer.h"

namespace matchgo::scheduler::domain {

enum class OfferEvent : uint8_t { kAcceptOne, kAcceptLast, kDecline, kExpire, kWithdraw };

inline constexpr std::array<OfferState, 5> kOfferStates = {
    OfferState::kOpen, OfferState::kAccepted, OfferState::kDeclined, OfferState::kExpired,
    OfferState::kWithdrawn};
inline constexpr std::array<OfferEvent, 5> kOfferEvents = {
    OfferEvent::kAcceptOne, OfferEvent::kAcceptLast, OfferEvent::kDecline, OfferEvent::kExpire,
    OfferEvent::kWithdraw};

std::string_view OfferStateName(OfferState state);  // "open"
std::optional<OfferState> ParseOfferState(std::string_view name);
std::string_view PartyName(Party party);  // "switcher"

std::optional<OfferState> NextState(OfferState state, OfferEvent event);

// Two for a direct placement, else three.
std::vector<Party> PartiesOf(const Terms& terms);

// For which party a caller speaks: by role, or as said (operations for anybody, a partner for its
// switcher). NOT_A_PARTY; REQUIRED when it must be said and is not.
StatusOr<Party> SpeaksFor(Role role, std::optional<Party> said, const Terms& terms);

// One answer. The last yes accepts, a no declines. OFFER_EXPIRED, OFFER_CLOSED, ALREADY_ANSWERED,
// NOT_A_PARTY; HUMAN_REQUIRED when the answer is nobody's.
StatusOr<Offer> GiveAnswer(Offer offer, const Answer& answer, Instant now);

// REQUIRES: the offer is open. Expires only when the deadline has come, else unchanged.
bool IsDue(const Offer& offer, Instant now);
// Whether somebody besides the switcher has not answered.
bool OthersWereSilent(const Offer& offer);
StatusOr<Offer> Expire(Offer offer, Instant now);
StatusOr<Offer> Withdraw(Offer offer, Instant now);

// The contract of an offer that everybody accepted.
Contract Sign(const Offer& offer, ContractId id, Instant now);
// Its start begins on another day, and everything in the plan moves along.
Contract MoveTo(Contract contract, Day begins_on, Instant now);
// `by`: the id of a person, or kProcess. CONTRACT_ENDED when it has.
StatusOr<Contract> End(Contract contract, std::string reason, std::string by, Instant now);

// HUMAN_REQUIRED unless operations says so by a named person; ALREADY_CONFIRMED.
StatusOr<AdverseOutcome> Confirm(AdverseOutcome outcome, Role role, const std::string& human,
                                 const std::string& reason, Instant now);

}  // namespace matchgo::scheduler::domain
