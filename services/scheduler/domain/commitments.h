// What a round has settled so far, for its repair: contracts and open offers are frozen, what was
// refused is declined.
//
// A party's no covers more than the one contract: hers and the employer's every contract of the
// two, the opleider's every contract of her with that start. Expired and withdrawn offers cover
// just themselves. Pure. Test: tests/unit/services/scheduler/offers_test.cc
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "services/scheduler/domain/offer.h"
#include "services/scheduler/engine/candidate_index.h"
#include "services/scheduler/engine/market.h"

namespace matchgo::scheduler::domain {

// An offer, as far as a repair looks at it.
struct SettledOffer {
  std::string switcher;
  std::string vacancy;  // name
  StartKey start;
  OfferState state = OfferState::kOpen;
  bool contract_active = false;      // of an accepted one
  std::optional<Party> declined_by;  // of a declined one
};

// Seats of a resource of the market as they are now.
struct SeatsNow {
  int32_t capacity = 0;
  int32_t taken = 0;
};

// The contract of an offer in the market; nothing when somebody or something of it is not there.
std::optional<engine::Contract> ContractOf(const engine::Market& market,
                                           const std::string& switcher, const std::string& vacancy,
                                           const StartKey& start);

// `absent`: switchers who may have no new contract any more (withdrew, were erased).
engine::Commitments CommitmentsOf(const engine::CandidateIndex& index,
                                  const std::vector<SettledOffer>& offers,
                                  const std::set<std::string>& absent);

// The same market with the seats of now: those that left since the freeze are not given out again.
// A start that begins on or before `no_start_until` (a day of the market) takes nobody new.
engine::Market WithSeats(const engine::Market& market, const std::map<std::string, SeatsNow>& seats,
                         const engine::Commitments& commitments, int32_t no_start_until);

}  // namespace matchgo::scheduler::domain
