// MatchStore: offers with their answers, contracts, and adverse outcomes.
//
// All SQL about them. A change is conditional on the version that was read; an offer only ever
// changes while it is open. Lists are scoped to whom the caller is. Lives on the stack of one
// transaction. Test: tests/unit/services/scheduler/offers_test.cc
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "common/base/status.h"
#include "common/kernel/ids.h"
#include "common/service/call.h"
#include "common/sql/transaction.h"
#include "services/scheduler/domain/commitments.h"
#include "services/scheduler/domain/offer.h"
#include "services/scheduler/domain/projection.h"

namespace matchgo::scheduler::store {

// Whose records a caller may see: everybody's, or those with this value in this column.
struct Scope {
  enum class Of : uint8_t { kAll, kSwitcher, kPartner, kEmployer, kOpleider };
  Of of = Of::kAll;
  std::string id;
};

// "" in a filter: any.
struct MatchFilter {
  std::string after;  // id
  std::string round;
  std::string state;
  std::string switcher;
  std::string employer;  // of contracts
  std::string opleider;  // of contracts
  int limit = 50;
};

struct OfferCounts {
  std::map<domain::OfferState, int64_t> by_state;
  int64_t repaired = 0;
};

class MatchStore {
 public:
  explicit MatchStore(sql::Tx& tx) : tx_(tx) {}

  // HAS_CONTRACT never; UNIQUE when she has an open offer already.
  Status InsertOffer(domain::Offer& offer);
  StatusOr<domain::Offer> GetOffer(const OfferId& id);
  // The next version of an offer that was open. STALE when it is not any more.
  Status PutOffer(domain::Offer& offer, const std::string& kind);
  // ALREADY_ANSWERED when the party has.
  Status InsertAnswer(const OfferId& offer, const domain::Answer& answer,
                      const std::string& reason);
  StatusOr<std::vector<domain::Offer>> ListOffers(const Scope& scope, const MatchFilter& filter);
  StatusOr<std::vector<domain::Offer>> DueOffers(Instant now, int limit);
  StatusOr<std::vector<domain::Offer>> OpenOffers();
  // Her offers in a round, oldest first.
  StatusOr<std::vector<domain::Offer>> OffersOf(const RoundId& round, const SwitcherId& switcher);
  // Everything a repair looks at.
  StatusOr<std::vector<domain::SettledOffer>> Settled(const RoundId& round);
  // Who refused whom in any round.
  StatusOr<std::vector<domain::PastRefusal>> Refusals();
  StatusOr<OfferCounts> CountOffers(const RoundId& round);

  Status InsertContract(domain::Contract& contract);
  StatusOr<domain::Contract> GetContract(const ContractId& id);
  Status PutContract(domain::Contract& contract, const std::string& kind);
  StatusOr<std::vector<domain::Contract>> ListContracts(const Scope& scope,
                                                        const MatchFilter& filter);
  // Active ones of a start.
  StatusOr<std::vector<domain::Contract>> ContractsOfStart(const domain::StartKey& start);
  StatusOr<std::vector<domain::Offer>> OpenOffersOfStart(const domain::StartKey& start);
  StatusOr<bool> HasActiveContract(const SwitcherId& switcher);
  // Switchers with an active contract / an open offer, over all rounds or of one.
  StatusOr<std::vector<std::string>> Engaged(const std::string& round);
  StatusOr<std::vector<std::string>> Offered();

  Status InsertAdverse(domain::AdverseOutcome& outcome);
  StatusOr<domain::AdverseOutcome> GetAdverse(const std::string& id);
  Status PutAdverse(domain::AdverseOutcome& outcome, const std::string& kind);
  StatusOr<std::vector<domain::AdverseOutcome>> ListAdverse(const RoundId& round,
                                                            const std::string& after,
                                                            bool unconfirmed, int limit);

 private:
  sql::Tx& tx_;
};

}  // namespace matchgo::scheduler::store
