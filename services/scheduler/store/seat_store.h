// SeatStore: a row per opening and per place, and what may be done with them.
//
// Every change is conditional on the state of the rows: a seat is held once, freed once, and never
// taken away while it is held. free + held + contracted = capacity, because that is what the rows
// are. Lives on the stack of one transaction. Test: tests/unit/services/scheduler/offers_test.cc
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "common/base/status.h"
#include "common/kernel/ids.h"
#include "common/sql/transaction.h"
#include "services/scheduler/domain/cohort_decision.h"
#include "services/scheduler/domain/projection.h"

namespace matchgo::scheduler::store {

struct SeatCount {
  int32_t free = 0;
  int32_t held = 0;
  int32_t contracted = 0;

  int32_t capacity() const { return free + held + contracted; }
  int32_t taken() const { return held + contracted; }
  friend bool operator==(const SeatCount&, const SeatCount&) = default;
};

struct SeatLimit {
  int32_t capacity = 0;
  int64_t known_sequence = 0;

  friend bool operator==(const SeatLimit&, const SeatLimit&) = default;
};

// By kind ("vacancy", "start") and state, for the metrics.
using SeatTotals = std::map<std::pair<std::string, std::string>, int64_t>;

class SeatStore {
 public:
  explicit SeatStore(sql::Tx& tx) : tx_(tx) {}

  // Makes or removes free seats until there are as many as planned, or as few as are taken.
  Status Sync(const domain::SeatPlan& plan);
  // The same for a lowering that must succeed: CAPACITY_HELD when more are taken.
  Status Lower(const std::string& resource, int32_t capacity);
  StatusOr<SeatCount> Count(const std::string& resource);
  // Over all months of a start.
  StatusOr<SeatCount> CountOfOwner(const std::string& owner);
  // The resources of an owner that have seats.
  StatusOr<std::vector<std::string>> ResourcesOf(const std::string& owner);
  // All resources that have seats, with their counts.
  StatusOr<std::map<std::string, SeatCount>> CountAll();
  StatusOr<SeatTotals> Totals();

  // False when no seat is free.
  StatusOr<bool> Hold(const std::string& resource, const OfferId& offer);
  // The seats an offer holds become the contract's: as many as there are in it, or INTERNAL.
  Status Contract(const OfferId& offer, int64_t seats);
  // The seats of an offer or of its contract become free: as many as there are in it.
  Status Release(const OfferId& offer, int64_t seats);
  // The same for an offer that did not get all it wanted.
  Status GiveBack(const OfferId& offer);

  Status PutLimit(const std::string& resource, const SeatLimit& limit);
  StatusOr<std::map<std::string, SeatLimit>> Limits();

  // False when it was decided before.
  StatusOr<bool> PutCohort(const std::string& resource, const domain::Cohort& cohort,
                           const domain::CohortCount& count, Instant now, bool told);
  StatusOr<std::map<std::string, domain::Cohort>> Cohorts();
  // Decisions that their owner does not know yet: it is cancelled, or begins on a day of its own.
  StatusOr<std::map<std::string, domain::Cohort>> Untold();
  Status MarkTold(const std::string& resource);

 private:
  sql::Tx& tx_;
};

}  // namespace matchgo::scheduler::store
