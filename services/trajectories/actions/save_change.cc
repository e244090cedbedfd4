#include "services/trajectories/actions/save_change.h"

#include <string>
#include <utility>

#include "common/base/status_macros.h"
#include "services/trajectories/domain/deadlines.h"
#include "services/trajectories/store/trajectory_store.h"

namespace matchgo::trajectories {
namespace {

// The organisation an event is filed under: who teaches her, else who employs her, else who sent
// her.
TenantId OwnerOf(const domain::Trajectory& trajectory) {
  for (const std::string& owner :
       {domain::OwnerIn(trajectory.start), domain::OwnerIn(trajectory.vacancy)}) {
    if (!owner.empty()) return TenantId(owner);
  }
  return TenantId(trajectory.partner);
}

}  // namespace

StatusOr<domain::Trajectory> SaveChange(sql::Tx& tx, domain::Transition change, const char* kind) {
  domain::Trajectory next = std::move(change.next);
  const bool fresh = next.revision.version == 0;
  const Instant now = tx.call().now;
  ++next.revision.version;
  if (fresh) next.revision.created = now;
  next.revision.updated = now;
  next.revision.sequence = tx.AppendEvent({.kind = fresh ? "trajectory.started" : kind,
                                           .resource = next.name(),
                                           .version = next.revision.version,
                                           .tenant = OwnerOf(next)});
  store::TrajectoryStore trajectories(tx);
  const std::optional<Day> next_check = domain::NextCheck(next, DayOf(now));
  if (fresh) {
    RETURN_IF_ERROR(trajectories.Insert(next, next_check));
    RETURN_IF_ERROR(trajectories.AddReached(next.id, domain::Stage::kAangemeld));
  } else {
    RETURN_IF_ERROR(trajectories.Update(next, next_check));
  }
  for (const domain::Effect& effect : change.effects) {
    if (effect.kind != domain::Effect::Kind::kStep || effect.to < effect.from) continue;
    RETURN_IF_ERROR(trajectories.AddReached(next.id, effect.to));
  }
  RETURN_IF_ERROR(trajectories.AddSteps(next.revision.sequence, change.effects));
  return next;
}

}  // namespace matchgo::trajectories
