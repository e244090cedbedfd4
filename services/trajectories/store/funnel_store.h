// FunnelStore: the counts of the funnel and what the metrics are made of.
//
// Reads only; no rule of the business. Lives inside one Tx.
// Test: tests/unit/services/trajectories/trajectory_store_test.cc
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "common/base/status.h"
#include "common/sql/transaction.h"
#include "services/trajectories/domain/pipeline.h"

namespace matchgo::trajectories::store {

struct FunnelCounts {
  struct Exits {
    domain::Stage stage = domain::Stage::kAangemeld;
    domain::ExitReason reason = domain::ExitReason::kOther;
    int32_t count = 0;
  };
  std::map<domain::Stage, int32_t> reached;
  std::map<domain::Stage, int32_t> current;
  std::vector<Exits> exits;                // in order of stage, then reason
  std::vector<int32_t> startbekwaam_days;  // ascending
};

struct Running {
  domain::Stage stage = domain::Stage::kAangemeld;
  std::string sector;
  int64_t count = 0;
};

class FunnelStore {
 public:
  explicit FunnelStore(sql::Tx& tx) : tx_(tx) {}

  // Empty texts let everything pass.
  StatusOr<FunnelCounts> Count(const std::string& sector, const std::string& opleider);
  // Effects of changes with a sequence above `after` and at most `until`, in order.
  StatusOr<std::vector<domain::Effect>> ReadEffects(int64_t after, int64_t until);
  StatusOr<std::vector<Running>> CountRunning();

 private:
  sql::Tx& tx_;
};

}  // namespace matchgo::trajectories::store
