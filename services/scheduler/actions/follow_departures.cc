#include "services/scheduler/actions/follow_departures.h"

#include <optional>
#include <utility>
#include <vector>

#include "common/base/status_macros.h"
#include "services/scheduler/actions/end_contract.h"
#include "services/scheduler/actions/expire_offers.h"
#include "services/scheduler/store/match_store.h"

namespace matchgo::scheduler {
namespace {

// What she still held when she left.
struct Held {
  std::optional<domain::Contract> contract;
  std::optional<domain::Offer> offer;

  bool nothing() const { return !contract.has_value() && !offer.has_value(); }
};

// Her one record in that state; nothing else of her can be in it.
store::MatchFilter HersThatIs(const char* state, const std::string& switcher) {
  store::MatchFilter filter;
  filter.state = state;
  filter.switcher = switcher;
  filter.limit = 1;
  return filter;
}

// She left before a contract: the offer that was out, or what became of it meanwhile. An offer
// that was made later is for her next try.
StatusOr<Held> OfferedTo(sql::Tx& tx, const domain::DepartureRecord& departure) {
  Held held;
  store::MatchStore matches(tx);
  ASSIGN_OR_RETURN(auto offers, matches.ListOffers({}, HersThatIs("open", departure.switcher)));
  if (!offers.empty() && offers.front().create_time <= departure.left) {
    held.offer = std::move(offers.front());
  }
  ASSIGN_OR_RETURN(auto contracts,
                   matches.ListContracts({}, HersThatIs("active", departure.switcher)));
  if (contracts.empty()) return held;
  ASSIGN_OR_RETURN(const domain::Offer accepted, matches.GetOffer(contracts.front().offer));
  if (accepted.create_time <= departure.left) held.contract = std::move(contracts.front());
  return held;
}

StatusOr<Held> HeldBy(sql::Tx& tx, const domain::DepartureRecord& departure) {
  if (departure.contract.empty()) return OfferedTo(tx, departure);
  StatusOr<domain::Contract> contract =
      store::MatchStore(tx).GetContract(ContractId(departure.contract));
  if (absl::IsNotFound(contract.status())) return Held();  // matched outside the rounds
  RETURN_IF_ERROR(contract.status());
  const bool hers = contract->terms.switcher.value() == departure.switcher;
  if (!hers || contract->state != domain::ContractState::kActive) return Held();
  return Held{.contract = *std::move(contract), .offer = std::nullopt};
}

}  // namespace

StatusOr<int64_t> FollowDepartures(const Deps& deps, const Call& call) {
  int64_t contracts = 0;
  int64_t offers = 0;
  for (const domain::DepartureRecord& departure : deps.trajectories.Departures()) {
    const auto read = [&](sql::Tx& tx) { return HeldBy(tx, departure); };
    ASSIGN_OR_RETURN(const Held seen, deps.database.Read(call, read));
    if (!seen.nothing()) {
      ASSIGN_OR_RETURN(
          const Held ended, deps.database.Write(call, [&](sql::Tx& tx) -> StatusOr<Held> {
            ASSIGN_OR_RETURN(Held held, HeldBy(tx, departure));
            if (held.contract.has_value()) {
              RETURN_IF_ERROR(
                  EndNow(tx, *held.contract, departure.reason, departure.actor).status());
            }
            if (held.offer.has_value()) {
              RETURN_IF_ERROR(WithdrawOffer(tx, *held.offer));
            }
            return held;
          }));
      if (ended.contract.has_value()) ++contracts;
      if (ended.offer.has_value()) ++offers;
    }
    deps.trajectories.Forget(departure.sequence);
  }
  deps.probe.OffersBecame("withdrawn", offers);
  return contracts + offers;
}

}  // namespace matchgo::scheduler
