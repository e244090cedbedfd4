#include "services/programmes/actions/edit_opleider.h"

#include "common/base/status_macros.h"
#include "services/programmes/actions/next_revision.h"
#include "services/programmes/store/programme_store.h"

namespace matchgo::programmes {

StatusOr<domain::Opleider> CreateOpleider(sql::Tx& tx, Entropy& entropy, domain::Opleider draft) {
  draft.id = OpleiderId(entropy.NewId());
  draft.revision = NextRevision(tx, {}, "opleider.created", NameOf(draft), draft.id);
  RETURN_IF_ERROR(store::ProgrammeStore(tx).Insert(draft));
  return draft;
}

StatusOr<domain::Opleider> UpdateOpleider(sql::Tx& tx, const domain::Opleider& current,
                                          domain::Opleider next) {
  if (SameContent(current, next)) return current;
  next.revision = NextRevision(tx, current.revision, "opleider.updated", NameOf(next), next.id);
  RETURN_IF_ERROR(store::ProgrammeStore(tx).Update(next));
  return next;
}

}  // namespace matchgo::programmes
