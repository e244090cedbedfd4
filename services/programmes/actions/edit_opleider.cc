#include "services/programmes/actions/edit_opleider.h"

#include <utility>
#include <vector>

#include "common/base/status_macros.h"
#include "common/geography/locate.h"
#include "services/programmes/actions/next_revision.h"
#include "services/programmes/reasons.h"
#include "services/programmes/store/programme_store.h"

namespace matchgo::programmes {

StatusOr<domain::Opleider> CreateOpleider(sql::Tx& tx, Entropy& entropy, domain::Opleider draft) {
  RETURN_IF_ERROR(Validate(draft));
  draft.id = OpleiderId(entropy.NewId());
  if (draft.location.has_value()) draft.location = geography::Located(*std::move(draft.location));
  draft.revision = NextRevision(tx, {}, "opleider.created", NameOf(draft), draft.id);
  RETURN_IF_ERROR(store::ProgrammeStore(tx).Insert(draft));
  return draft;
}

StatusOr<domain::Opleider> UpdateOpleider(sql::Tx& tx, const domain::Opleider& current,
                                          domain::Opleider next) {
  RETURN_IF_ERROR(CheckActive(current));
  if (next.location.has_value()) {
    next.location =
        geography::Located(current.location.value_or(Location()), *std::move(next.location));
  }
  RETURN_IF_ERROR(Validate(next));
  if (SameContent(current, next)) return current;
  next.revision = NextRevision(tx, current.revision, "opleider.updated", NameOf(next), next.id);
  RETURN_IF_ERROR(store::ProgrammeStore(tx).Update(next));
  return next;
}

StatusOr<domain::Opleider> DecideCloseOpleider(sql::Tx& tx, domain::Opleider current) {
  ASSIGN_OR_RETURN(domain::Opleider next, Close(std::move(current)));
  const store::ProgrammeFilter active{.opleider = next.id,
                                      .sector = "",
                                      .degree = 0,
                                      .state = static_cast<int>(domain::ProgrammeState::kActive)};
  ASSIGN_OR_RETURN(const std::vector<store::Stored> found,
                   store::ProgrammeStore(tx).ListProgrammes(active, "", 1));
  if (!found.empty()) return Precondition(kProgrammesActive);
  return next;
}

StatusOr<domain::Opleider> CloseOpleider(sql::Tx& tx, domain::Opleider current) {
  const domain::Revision before = current.revision;
  ASSIGN_OR_RETURN(domain::Opleider next, DecideCloseOpleider(tx, std::move(current)));
  next.revision = NextRevision(tx, before, "opleider.closed", NameOf(next), next.id);
  RETURN_IF_ERROR(store::ProgrammeStore(tx).Update(next));
  return next;
}

}  // namespace matchgo::programmes
