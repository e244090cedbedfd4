#include "services/programmes/actions/edit_programme.h"

#include <string>
#include <utility>
#include <vector>

#include "common/base/status_macros.h"
#include "services/programmes/actions/edit_start.h"
#include "services/programmes/actions/next_revision.h"
#include "services/programmes/reasons.h"
#include "services/programmes/store/programme_store.h"

namespace matchgo::programmes {
namespace {

constexpr int kStartsAtOnce = 200;

Status CheckReference(store::ProgrammeStore& programmes, const domain::Programme& programme) {
  if (programme.external_reference.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const ProgrammeId holder,
                   programmes.FindByReference(programme.opleider, programme.external_reference));
  return holder.empty() || holder == programme.id ? absl::OkStatus() : Exists(kExists);
}

}  // namespace

StatusOr<domain::Programme> CreateProgramme(sql::Tx& tx, Entropy& entropy,
                                            domain::Programme draft) {
  RETURN_IF_ERROR(Validate(draft));
  store::ProgrammeStore programmes(tx);
  ASSIGN_OR_RETURN(const domain::Opleider opleider, programmes.GetOpleider(draft.opleider));
  RETURN_IF_ERROR(CheckActive(opleider));
  RETURN_IF_ERROR(CheckReference(programmes, draft));
  draft.id = ProgrammeId(entropy.NewId());
  draft.revision = NextRevision(tx, {}, "programme.created", NameOf(draft), draft.opleider);
  RETURN_IF_ERROR(programmes.Insert(draft));
  return draft;
}

StatusOr<domain::Programme> UpdateProgramme(sql::Tx& tx, const domain::Programme& current,
                                            domain::Programme next) {
  if (current.state == domain::ProgrammeState::kRetired) return Precondition(kProgrammeRetired);
  RETURN_IF_ERROR(Validate(next));
  if (SameContent(current, next)) return current;
  store::ProgrammeStore programmes(tx);
  RETURN_IF_ERROR(CheckReference(programmes, next));
  next.revision =
      NextRevision(tx, current.revision, "programme.updated", NameOf(next), next.opleider);
  RETURN_IF_ERROR(programmes.Update(next));
  return next;
}

StatusOr<domain::Programme> RetireProgramme(sql::Tx& tx, domain::Programme current) {
  const domain::Revision before = current.revision;
  ASSIGN_OR_RETURN(domain::Programme next, Retire(std::move(current)));
  store::ProgrammeStore programmes(tx);
  const store::StartFilter open{.opleider = next.opleider,
                                .programme = next.id,
                                .state = static_cast<int>(domain::StartState::kOpen)};
  while (true) {
    ASSIGN_OR_RETURN(const std::vector<store::Stored> starts,
                     programmes.ListStarts(open, "", kStartsAtOnce));
    if (starts.empty()) break;
    for (const store::Stored& stored : starts) {
      ASSIGN_OR_RETURN(domain::Start start,
                       programmes.GetStart(next.opleider, next.id, StartId(stored.id)));
      RETURN_IF_ERROR(CloseStart(tx, std::move(start)).status());
    }
  }
  next.revision = NextRevision(tx, before, "programme.retired", NameOf(next), next.opleider);
  RETURN_IF_ERROR(programmes.Update(next));
  return next;
}

}  // namespace matchgo::programmes
