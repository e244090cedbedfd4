// FaultPlan: failures of the store on demand, for tests. Production leaves the pointer null.
//
// Counts every BEGIN, statement and COMMIT of the writer and fails those that were named. Only the
// writer is affected. Thread-safe. Test: tests/unit/common/sql/fault_test.cc
#pragma once

#include <cstdint>
#include <mutex>
#include <set>

namespace matchgo::sql {

enum class FaultPoint {
  kBegin,        // BEGIN of a group fails
  kStatement,    // a statement of a write fails, as on a full disk
  kCommit,       // COMMIT fails and nothing is kept
  kCommitReply,  // COMMIT succeeds but its answer is lost
};

class FaultPlan {
 public:
  // Fails the n-th passage (1 = the next one) of this point, counted from now.
  void FailNext(FaultPoint point, int64_t n = 1);
  // Asked by the store at each passage: true means fail now.
  bool Passes(FaultPoint point);
  // How often the store came by.
  int64_t Passages(FaultPoint point) const;

 private:
  struct Counter {
    int64_t passages = 0;
    std::set<int64_t> failing;
  };
  mutable std::mutex mutex_;
  Counter counters_[4];
};

}  // namespace matchgo::sql
