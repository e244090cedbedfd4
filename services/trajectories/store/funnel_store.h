// FunnelStore: the counts of the funnel and what the metrics are made of.
//
// Reads only; no rule of the business. Lives inside one Tx.
// Test: tests/unit/services/trajectories/trajectory_store_test.cc
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "common/base/status.h"
#include "common/sql/transaction.h"
#include "services/trajectories/domain/funnel.h"
#include "services/trajectories/domain/pipeline.h"

namespace matchgo::trajectories::store {

class FunnelStore {
 public:
  explicit FunnelStore(sql::Tx& tx) : tx_(tx) {}

  // Empty texts let everything pass.
  StatusOr<domain::FunnelCounts> Count(const std::string& sector, const std::string& opleider);
  // Effects of changes with a sequence above `after` and at most `until`, in order.
  StatusOr<std::vector<domain::Effect>> ReadEffects(int64_t after, int64_t until);
  StatusOr<std::vector<domain::Running>> CountRunning();

 private:
  sql::Tx& tx_;
};

}  // namespace matchgo::trajectories::store
