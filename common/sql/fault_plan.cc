#include "common/sql/fault_plan.h"

namespace matchgo::sql {

void FaultPlan::FailNext(FaultPoint point, int64_t n) {
  const std::lock_guard lock(mutex_);
  Counter& counter = counters_[static_cast<size_t>(point)];
  counter.failing.insert(counter.passages + n);
}

bool FaultPlan::Passes(FaultPoint point) {
  const std::lock_guard lock(mutex_);
  Counter& counter = counters_[static_cast<size_t>(point)];
  return counter.failing.erase(++counter.passages) > 0;
}

int64_t FaultPlan::Passages(FaultPoint point) const {
  const std::lock_guard lock(mutex_);
  return counters_[static_cast<size_t>(point)].passages;
}

}  // namespace matchgo::sql
