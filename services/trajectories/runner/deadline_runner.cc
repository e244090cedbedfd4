#include "services/trajectories/runner/deadline_runner.h"

#include "common/base/status_macros.h"
#include "services/trajectories/actions/review_deadlines.h"

namespace matchgo::trajectories {
namespace {

constexpr int kReviewsPerTick = 500;

}  // namespace

StatusOr<int> DeadlineRunner::Tick(const Call& call) {
  ASSIGN_OR_RETURN(const bool due,
                   database_.Read(call, [](sql::Tx& tx) { return AnyDeadlineDue(tx); }));
  if (!due) return 0;
  return database_.Write(call, [](sql::Tx& tx) { return ReviewDeadlines(tx, kReviewsPerTick); });
}

}  // namespace matchgo::trajectories
