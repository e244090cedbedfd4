#include "services/trajectories/actions/record_event.h"

#include <utility>

#include "common/base/status_macros.h"
#include "common/kernel/person.h"
#include "common/kernel/role.h"
#include "services/trajectories/actions/reach.h"
#include "services/trajectories/actions/save_change.h"
#include "services/trajectories/reasons.h"
#include "services/trajectories/store/trajectory_payload.h"
#include "services/trajectories/store/trajectory_store.h"

namespace matchgo::trajectories {
namespace {

// "opleider_user" -> "OPLEIDER_USER".
std::string RoleWord(Role role) {
  std::string word(FormatRole(role));
  for (char& letter : word) {
    if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
  }
  return word;
}

// The id of the person who calls; empty if it is nobody's.
std::string PersonIn(const Principal& principal) {
  return NamesAPerson(principal.id) ? principal.id : std::string();
}

StatusOr<domain::Trajectory> Load(sql::Tx& tx, const Target& target) {
  ASSIGN_OR_RETURN(const store::Stored stored, store::TrajectoryStore(tx).Read(target.id));
  RETURN_IF_ERROR(CheckReach(tx.call().principal, stored.parties));
  if (target.version.has_value() && *target.version != stored.version) return Conflict(kStale);
  return store::Decode(stored);
}

const char* KindOf(domain::EventKind kind) {
  switch (kind) {
    case domain::EventKind::kPaused:
      return "trajectory.paused";
    case domain::EventKind::kResumed:
      return "trajectory.resumed";
    case domain::EventKind::kExited:
      return "trajectory.exited";
    default:
      return "trajectory.advanced";
  }
}

StatusOr<domain::Trajectory> Record(sql::Tx& tx, const domain::Trajectory& current,
                                    domain::Event event) {
  event.actor_role = RoleWord(tx.call().principal.role);
  event.actor = PersonIn(tx.call().principal);
  ASSIGN_OR_RETURN(domain::Transition change, domain::Advance(current, event, tx.call().now));
  return SaveChange(tx, std::move(change), KindOf(event.kind));
}

}  // namespace

StatusOr<domain::Trajectory> StartTrajectory(sql::Tx& tx, Entropy& entropy,
                                             const domain::Trajectory& draft) {
  const Instant now = tx.call().now;
  store::TrajectoryStore trajectories(tx);
  ASSIGN_OR_RETURN(const auto latest, trajectories.FindLatest(draft.switcher));
  if (latest.has_value() && !latest->ended()) return Exists(kExists);
  domain::Trajectory next =
      domain::Begin(TrajectoryId(entropy.NewId()), draft.switcher,
                    latest.has_value() ? latest->partner : std::string(), DayOf(now), now,
                    RoleWord(tx.call().principal.role), PersonIn(tx.call().principal));
  next.contract = draft.contract;
  next.vacancy = draft.vacancy;
  next.start = draft.start;
  next.sector = draft.sector;
  next.direct = !draft.vacancy.empty() && draft.start.empty();
  next.plan_hours = draft.plan_hours;
  next.hours_done = draft.hours_done;
  next.coach = draft.coach;
  return SaveChange(tx, {.next = std::move(next), .effects = {}}, "trajectory.started");
}

StatusOr<domain::Trajectory> RecordStage(sql::Tx& tx, const Target& target, domain::Stage to,
                                         domain::Event event) {
  ASSIGN_OR_RETURN(const domain::Trajectory current, Load(tx, target));
  if (current.ended()) return Precondition(kTrajectoryEnded);
  const domain::Stage least =
      tx.call().principal.role == Role::kOps ? domain::Stage::kSelectie : domain::Stage::kGestart;
  const std::optional<domain::EventKind> kind = domain::EventTo(to);
  if (!kind.has_value() || to < least) {
    return WithFact(Precondition(kIllegalStage), "legal", domain::LegalStages(current, least));
  }
  event.kind = *kind;
  return Record(tx, current, std::move(event));
}

StatusOr<domain::Trajectory> RecordEvent(sql::Tx& tx, const Target& target, domain::Event event) {
  ASSIGN_OR_RETURN(const domain::Trajectory current, Load(tx, target));
  return Record(tx, current, std::move(event));
}

StatusOr<domain::Trajectory> EditTrajectory(sql::Tx& tx, const Target& target,
                                            const domain::Edit& edit) {
  ASSIGN_OR_RETURN(const domain::Trajectory current, Load(tx, target));
  ASSIGN_OR_RETURN(domain::Trajectory next, domain::Change(current, edit, tx.call().now));
  if (next == current) return next;
  return SaveChange(tx, {.next = std::move(next), .effects = {}}, "trajectory.updated");
}

}  // namespace matchgo::trajectories
