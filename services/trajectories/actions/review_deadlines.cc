#include "services/trajectories/actions/review_deadlines.h"

#include <utility>
#include <vector>

#include "common/base/status_macros.h"
#include "services/trajectories/actions/save_change.h"
#include "services/trajectories/domain/deadlines.h"
#include "services/trajectories/store/trajectory_store.h"

namespace matchgo::trajectories {

namespace {

StatusOr<int> ReviewDue(sql::Tx& tx, int limit) {
  const Day today = DayOf(tx.call().now);
  store::TrajectoryStore trajectories(tx);
  ASSIGN_OR_RETURN(const std::vector<domain::Trajectory> due, trajectories.ListDue(today, limit));
  for (const domain::Trajectory& before : due) {
    domain::Trajectory after = domain::Review(before, today);
    if (domain::WorthTelling(before, after)) {
      domain::Transition change{.next = std::move(after), .effects = {}};
      RETURN_IF_ERROR(SaveChange(tx, std::move(change), "trajectory.reviewed").status());
    } else {
      RETURN_IF_ERROR(trajectories.SetNextCheck(before, domain::NextCheck(after, today)));
    }
  }
  return static_cast<int>(due.size());
}

}  // namespace

StatusOr<int> ReviewDeadlines(sql::Database& database, const Call& call, int limit) {
  ASSIGN_OR_RETURN(const bool due, database.Read(call, [](sql::Tx& tx) {
    return store::TrajectoryStore(tx).AnyDue(DayOf(tx.call().now));
  }));
  if (!due) return 0;
  return database.Write(call, [limit](sql::Tx& tx) { return ReviewDue(tx, limit); });
}

}  // namespace matchgo::trajectories
