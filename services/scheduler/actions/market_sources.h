// MarketSources from the feeds and from our own store: what a projection of now is made of.
//
// A freeze brings everybody along, the market of suggestions only what somebody could become. Reads
// only. Test: tests/unit/services/scheduler/rounds_test.cc, suggest_test.cc
#pragma once

#include <map>
#include <string>

#include "common/base/status.h"
#include "common/kernel/day.h"
#include "common/sql/transaction.h"
#include "common/time/instant.h"
#include "services/scheduler/deps.h"
#include "services/scheduler/domain/projection.h"
#include "services/scheduler/store/seat_store.h"

namespace matchgo::scheduler {

// What our own store knows about vacancies and starts, apart from which seats are taken.
struct OwnLimits {
  std::map<std::string, store::SeatLimit> seats;
  std::map<std::string, domain::Cohort> cohorts;

  friend bool operator==(const OwnLimits&, const OwnLimits&) = default;
};
StatusOr<OwnLimits> ReadLimits(sql::Tx& tx);
// Seats held or contracted, by seat resource.
StatusOr<std::map<std::string, int32_t>> ReadTaken(sql::Tx& tx);

// The day before which nobody begins when a round is frozen now: answers are due then.
Day OffersUntil(Instant now, int32_t answer_working_days);

// Vacancies, programmes and starts as the feeds know them; no switchers, and every seat free.
domain::MarketSources SourcesFromFeeds(const Deps& deps);
// A lowered capacity counts until the owner's record is newer than the one known at the lowering.
void ApplyLimits(const OwnLimits& limits, domain::MarketSources* sources);

}  // namespace matchgo::scheduler
