// Every error reason of the scheduler, one line each, documented in README.md.
//
// The engine has its own list (engine/reasons.h). Constants only. Test:
// tests/unit/services/scheduler/lifecycle_test.cc and the tests of the actions.
#pragma once

#include "common/base/status.h"

namespace matchgo::scheduler::reasons {

inline constexpr Reason kNotFound{"NOT_FOUND", "there is no such record"};
inline constexpr Reason kStale{"STALE", "the record changed since it was read"};
inline constexpr Reason kRoundRunning{"ROUND_RUNNING", "another round is running"};
inline constexpr Reason kRoundState{"ROUND_STATE", "the state of the round does not allow this"};
inline constexpr Reason kFeedsBehind{"FEEDS_BEHIND", "a feed has not been read that far"};
inline constexpr Reason kOffersOpen{"OFFERS_OPEN", "offers of the round still wait for answers"};
inline constexpr Reason kCheckFailed{"CHECK_FAILED", "the independent checker refused the outcome"};
inline constexpr Reason kOfferExpired{"OFFER_EXPIRED", "the deadline of the offer has passed"};
inline constexpr Reason kOfferClosed{"OFFER_CLOSED", "the offer takes no more answers"};
inline constexpr Reason kAlreadyAnswered{"ALREADY_ANSWERED", "this party has answered already"};
inline constexpr Reason kNotAParty{"NOT_A_PARTY", "the offer has no such party for this caller"};
inline constexpr Reason kHasContract{"HAS_CONTRACT", "the switcher already has a contract"};
inline constexpr Reason kContractEnded{"CONTRACT_ENDED", "the contract has ended already"};
inline constexpr Reason kCapacityHeld{"CAPACITY_HELD", "more seats are taken than would be left"};
inline constexpr Reason kAlreadyConfirmed{"ALREADY_CONFIRMED", "the outcome was confirmed already"};
inline constexpr Reason kHumanRequired{"HUMAN_REQUIRED",
                                       "only a person with a name of their own may do this"};
inline constexpr Reason kNotMatched{"NOT_MATCHED", "the switcher has no match in this round"};
inline constexpr Reason kMatched{"MATCHED", "the switcher has a match in this round"};
inline constexpr Reason kMarketErased{"MARKET_ERASED", "lines of erased people are missing"};
inline constexpr Reason kMarketNotReady{"MARKET_NOT_READY",
                                        "the market was not read once yet; try again"};
inline constexpr Reason kMarketStale{"MARKET_STALE",
                                     "the market could not be renewed for 5 minutes; try again"};
// Words of violations.
inline constexpr char kEitherOr[] = "EITHER_OR";
inline constexpr char kWeightsSum[] = "WEIGHTS_SUM";

}  // namespace matchgo::scheduler::reasons
