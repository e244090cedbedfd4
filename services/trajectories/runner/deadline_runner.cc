#include "services/trajectories/runner/deadline_runner.h"

#include "services/trajectories/actions/review_deadlines.h"

namespace matchgo::trajectories {
namespace {

constexpr int kReviewsPerTick = 500;

}  // namespace

StatusOr<int> DeadlineRunner::Tick(const Call& call) {
  return ReviewDeadlines(database_, call, kReviewsPerTick);
}

}  // namespace matchgo::trajectories
