#include "services/scheduler/actions/expire_offers.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "common/base/status_macros.h"
#include "services/scheduler/actions/record_adverse.h"
#include "services/scheduler/domain/offer_lifecycle.h"
#include "services/scheduler/store/match_store.h"
#include "services/scheduler/store/round_store.h"
#include "services/scheduler/store/seat_store.h"

namespace matchgo::scheduler {
namespace {

constexpr int kBatch = 200;

// Stores an offer that ended without an answer, and frees its seats.
Status EndOffer(sql::Tx& tx, domain::Offer offer, const std::string& kind) {
  RETURN_IF_ERROR(store::MatchStore(tx).PutOffer(offer, kind));
  RETURN_IF_ERROR(store::SeatStore(tx).Release(offer.id, offer.terms.seats()));
  return store::RoundStore(tx).CountChange(offer.terms.round);
}

// Whoever might have had it, had others answered, is told by a human. Where only she was silent it
// was hers to take.
Status ExpireOffer(sql::Tx& tx, const Deps& deps, domain::Offer offer, Instant now) {
  ASSIGN_OR_RETURN(offer, domain::Expire(std::move(offer), now));
  RETURN_IF_ERROR(EndOffer(tx, offer, "offer.expired"));
  if (!domain::OthersWereSilent(offer)) return absl::OkStatus();
  return RecordAdverse(tx, deps.entropy, domain::AdverseKind::kExpired, offer.terms, offer.id);
}

bool IsGone(const Deps& deps, const std::string& switcher) {
  const auto record = deps.profiles.Find(switcher);
  if (!record.has_value()) return true;
  const auto& standing = record->standing;
  return std::find(standing.begin(), standing.end(), domain::Obstacle::kWithdrawn) !=
         standing.end();
}

}  // namespace

StatusOr<int64_t> ExpireOffers(const Deps& deps, const Call& call) {
  int64_t ended = 0;
  while (true) {
    ASSIGN_OR_RETURN(const int64_t batch,
                     deps.database.Write(call, [&](sql::Tx& tx) -> StatusOr<int64_t> {
                       ASSIGN_OR_RETURN(const Instant now, store::RoundStore(tx).Moment(call.now));
                       ASSIGN_OR_RETURN(std::vector<domain::Offer> due,
                                        store::MatchStore(tx).DueOffers(now, kBatch));
                       for (domain::Offer& offer : due) {
                         RETURN_IF_ERROR(ExpireOffer(tx, deps, std::move(offer), now));
                       }
                       return static_cast<int64_t>(due.size());
                     }));
    ended += batch;
    if (batch < kBatch) break;
  }
  deps.probe.OffersBecame("expired", ended);
  return ended;
}

Status WithdrawOffer(sql::Tx& tx, domain::Offer offer) {
  ASSIGN_OR_RETURN(offer, domain::Withdraw(std::move(offer), tx.call().now));
  return EndOffer(tx, std::move(offer), "offer.withdrawn");
}

StatusOr<int64_t> WithdrawOffers(const Deps& deps, const Call& call) {
  if (!deps.profiles.progress().synced) return 0;
  ASSIGN_OR_RETURN(
      const std::vector<domain::Offer> open,
      deps.database.Read(call, [&](sql::Tx& tx) { return store::MatchStore(tx).OpenOffers(); }));
  int64_t ended = 0;
  for (const domain::Offer& seen : open) {
    if (!IsGone(deps, seen.terms.switcher.value())) continue;
    ASSIGN_OR_RETURN(
        const bool withdrawn, deps.database.Write(call, [&](sql::Tx& tx) -> StatusOr<bool> {
          ASSIGN_OR_RETURN(domain::Offer offer, store::MatchStore(tx).GetOffer(seen.id));
          if (offer.state != domain::OfferState::kOpen) return false;
          RETURN_IF_ERROR(WithdrawOffer(tx, std::move(offer)));
          return true;
        }));
    if (withdrawn) ++ended;
  }
  deps.probe.OffersBecame("withdrawn", ended);
  return ended;
}

StatusOr<int64_t> ForgetErased(const Deps& deps, const Call& call) {
  if (!deps.profiles.progress().synced) return 0;
  ASSIGN_OR_RETURN(
      const std::vector<std::string> subjects,
      deps.database.Read(call, [&](sql::Tx& tx) { return store::RoundStore(tx).Subjects(); }));
  int64_t forgotten = 0;
  for (const std::string& subject : subjects) {
    if (deps.profiles.Find(subject).has_value()) continue;
    RETURN_IF_ERROR(deps.vault.Destroy(subject));
    ++forgotten;
  }
  // What is in memory holds her lines too.
  if (forgotten > 0) deps.shelf.Clear();
  return forgotten;
}

}  // namespace matchgo::scheduler
