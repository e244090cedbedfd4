// RoundStore: rounds, their frozen markets and outcomes, and the high-water mark of time.
//
// All SQL about them. Changes are conditional on the version that was read (ABORTED STALE) and
// append their event. Lives on the stack of one transaction. Test:
// tests/unit/services/scheduler/offers_test.cc
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/base/status.h"
#include "common/kernel/ids.h"
#include "common/sql/transaction.h"
#include "common/time/instant.h"
#include "services/scheduler/domain/round.h"

namespace matchgo::scheduler::store {

// A line of a market or outcome as it is kept: sealed, when it is about somebody.
struct MarketLine {
  std::string kind;     // "switcher", "vacancy", ...
  std::string subject;  // switcher id, or ""
  std::string text;     // base64 of the sealed line, or the line itself
};

// One repair of a round, for whoever replays it. Numbers count from 1.
struct Repair {
  int64_t number = 0;
  Instant time;
  std::string digest;              // of its market
  std::vector<MarketLine> market;  // where it differs from the frozen one
  std::vector<MarketLine> outcome;
};

class RoundStore {
 public:
  explicit RoundStore(sql::Tx& tx) : tx_(tx) {}

  // Takes the next number. ROUND_RUNNING when one collects already.
  Status Insert(domain::Round& round);
  StatusOr<domain::Round> Get(const RoundId& id);
  // Where it stands after `kind` happened; version and sequence move on. ROUND_RUNNING when another
  // round holds the market.
  Status Put(domain::Round& round, const std::string& kind);
  // Newest first, below `before` (0: from the newest), only in `state` if that is not empty.
  StatusOr<std::vector<domain::Round>> List(int64_t before, const std::string& state, int limit);
  // Those that are not over, oldest first.
  StatusOr<std::vector<domain::Round>> Running();
  // Whether the bound of a published round is still to be found; the oldest of which it is.
  Status SetBoundDue(const RoundId& id, bool due);
  StatusOr<std::optional<domain::Round>> BoundDue();
  // Something happened that a repair must look at.
  Status CountChange(const RoundId& id);
  // All changes up to `seen` are repaired. False when there were more meanwhile.
  StatusOr<bool> MarkRepaired(const RoundId& id, int64_t seen);

  Status PutMarket(const RoundId& id, const std::vector<MarketLine>& lines);
  StatusOr<std::vector<MarketLine>> Market(const RoundId& id);
  // Switchers of whom there is a sealed line anywhere.
  StatusOr<std::vector<std::string>> Subjects();
  // Switchers in the market of a round, newcomers included.
  StatusOr<std::vector<std::string>> Switchers(const RoundId& id);
  // Joins the round after its market was frozen; a later line stands for an earlier one of the same
  // kind and id.
  Status AddNewcomers(const RoundId& id, const std::vector<MarketLine>& lines);
  StatusOr<std::vector<MarketLine>> Newcomers(const RoundId& id);
  Status PutOutcome(const RoundId& id, const std::vector<MarketLine>& lines);
  // Empty when there is none.
  StatusOr<std::vector<MarketLine>> Outcome(const RoundId& id);
  // Gives it the next number.
  Status InsertRepair(const RoundId& id, Repair repair);
  // In the order they were made.
  StatusOr<std::vector<Repair>> Repairs(const RoundId& id);

  // The later of `now` and every moment this store was told; kept for the next.
  StatusOr<Instant> Moment(Instant now);

 private:
  sql::Tx& tx_;
};

}  // namespace matchgo::scheduler::store
