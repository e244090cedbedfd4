// MakeOffers: matches of a market become open offers that hold their seats.
//
// A match whose seat or switcher is gone since the freeze is left out; the caller lets a repair
// look at it. Runs in the write transaction that publishes. Test:
// tests/unit/services/scheduler/offers_test.cc
#pragma once

#include <cstdint>
#include <vector>

#include "common/base/status.h"
#include "common/sql/transaction.h"
#include "services/scheduler/actions/running_market.h"
#include "services/scheduler/deps.h"
#include "services/scheduler/domain/offer.h"
#include "services/scheduler/engine/place.h"

namespace matchgo::scheduler {

// The offer for a feasible contract of the market, without id and deadline.
domain::Offer OfferFor(const RoundId& round, const engine::Market& market,
                       const engine::FeasibleContract& feasible);

struct OffersMade {
  int64_t made = 0;
  int64_t left_out = 0;
};

StatusOr<OffersMade> MakeOffers(sql::Tx& tx, const Deps& deps, std::vector<domain::Offer> offers,
                                Instant deadline);

}  // namespace matchgo::scheduler
