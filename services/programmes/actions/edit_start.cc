#include "services/programmes/actions/edit_start.h"

#include <utility>

#include "common/base/status_macros.h"
#include "services/programmes/actions/next_revision.h"
#include "services/programmes/reasons.h"
#include "services/programmes/store/programme_store.h"

namespace matchgo::programmes {

StatusOr<domain::Start> CreateStart(sql::Tx& tx, Entropy& entropy, domain::Start draft) {
  RETURN_IF_ERROR(Validate(draft));
  store::ProgrammeStore programmes(tx);
  ASSIGN_OR_RETURN(const domain::Programme programme,
                   programmes.GetProgramme(draft.opleider, draft.programme));
  if (programme.state == domain::ProgrammeState::kRetired) return Precondition(kProgrammeRetired);
  draft.id = StartId(entropy.NewId());
  draft.revision = NextRevision(tx, {}, "start.created", NameOf(draft), draft.opleider);
  RETURN_IF_ERROR(programmes.Insert(draft));
  return draft;
}

StatusOr<std::optional<int32_t>> CheckStartUpdate(const domain::Start& current,
                                                  const domain::Start& next) {
  if (current.state != domain::StartState::kOpen) return Precondition(kStartClosed);
  RETURN_IF_ERROR(Validate(next));
  if (next.capacity >= current.capacity) return std::optional<int32_t>();
  return std::optional<int32_t>(next.capacity);
}

StatusOr<domain::Start> UpdateStart(sql::Tx& tx, const domain::Start& current, domain::Start next,
                                    std::optional<int32_t> released) {
  ASSIGN_OR_RETURN(const std::optional<int32_t> needed, CheckStartUpdate(current, next));
  if (needed.has_value() && needed != released) return Conflict(kStale);
  if (SameContent(current, next)) return current;
  next.revision = NextRevision(tx, current.revision, "start.updated", NameOf(next), next.opleider);
  RETURN_IF_ERROR(store::ProgrammeStore(tx).Update(next));
  return next;
}

StatusOr<domain::Start> CloseStart(sql::Tx& tx, domain::Start current) {
  const domain::Revision before = current.revision;
  ASSIGN_OR_RETURN(domain::Start next, Close(std::move(current)));
  next.revision = NextRevision(tx, before, "start.closed", NameOf(next), next.opleider);
  RETURN_IF_ERROR(store::ProgrammeStore(tx).Update(next));
  return next;
}

StatusOr<domain::Start> CancelStart(sql::Tx& tx, domain::Start current, std::string explanation) {
  const bool again = current.state == domain::StartState::kCancelled;
  // The scheduler repeats itself after a crash between its commit and this one; it wants the start
  // cancelled, and it is.
  if (again && tx.call().principal.role == Role::kService) return current;
  const domain::Revision before = current.revision;
  ASSIGN_OR_RETURN(domain::Start next, Cancel(std::move(current), std::move(explanation)));
  next.revision = NextRevision(tx, before, "start.cancelled", NameOf(next), next.opleider);
  RETURN_IF_ERROR(store::ProgrammeStore(tx).Update(next));
  return next;
}

}  // namespace matchgo::programmes
