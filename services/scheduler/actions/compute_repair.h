// ComputeRepair: a market of a running round cleared again with everything that is accepted or
// still out frozen, checked like a first outcome. What repairs and newcomers have in common.
//
// Computes and reads only; the caller stores and offers. Not for transactions or gRPC threads.
// Test: tests/unit/services/scheduler/rounds_test.cc, newcomers_test.cc
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "common/base/status.h"
#include "common/time/instant.h"
#include "services/scheduler/actions/joined_market.h"
#include "services/scheduler/deps.h"
#include "services/scheduler/domain/commitments.h"
#include "services/scheduler/domain/offer.h"
#include "services/scheduler/engine/clearing.h"
#include "services/scheduler/engine/parallel.h"
#include "services/scheduler/store/round_store.h"

namespace matchgo::scheduler {

// What a round has settled so far, and the seats of now.
struct Standing {
  std::vector<domain::SettledOffer> offers;
  std::map<std::string, domain::SeatsNow> seats;
  std::set<std::string> absent;
};
StatusOr<Standing> ReadStanding(sql::Tx& tx, const Deps& deps, const JoinedMarket& joined);

// A repaired clearing and what a replay of it needs.
struct Repaired {
  engine::Clearing clearing;
  std::string lines;  // in which its market differs from the frozen one
  std::string digest;
  std::string outcome;
};
// After the independent checker accepted it; CHECK_FAILED. A start that begins on or before
// `no_start_until` (a day of the market) takes nobody new.
StatusOr<Repaired> ComputeRepair(const JoinedMarket& joined, const Standing& standing,
                                 int32_t no_start_until, engine::Parallel& parallel,
                                 int64_t* blocking);

StatusOr<store::Repair> Sealed(const Deps& deps, const Repaired& repaired, Instant now);

// Offers for what is not frozen: it is new.
std::vector<domain::Offer> NewOffers(const JoinedMarket& joined, const engine::Clearing& clearing);

}  // namespace matchgo::scheduler
