#include "services/programmes/actions/edit_start.h"

#include <string>
#include <utility>
#include <vector>

#include "common/base/status_macros.h"
#include "common/base/violations.h"
#include "common/geography/locate.h"
#include "services/programmes/actions/next_revision.h"
#include "services/programmes/reasons.h"
#include "services/programmes/store/programme_store.h"
#include "services/programmes/store/vocabulary_store.h"

namespace matchgo::programmes {
namespace {

// A start takes part in matching, so what its programme leads to and teaches must be what people
// and jobs mean too.
Status CheckReferences(sql::Tx& tx, const domain::Programme& programme) {
  store::VocabularyStore vocabulary(tx);
  Violations found;
  for (size_t i = 0; i < programme.occupations.size(); ++i) {
    ASSIGN_OR_RETURN(const bool known, vocabulary.Has(programme.occupations[i]));
    if (!known) {
      found.Add("programme.occupations[" + std::to_string(i) + "]", "OCCUPATION_UNKNOWN",
                "an occupation of the vocabulary");
    }
  }
  for (size_t m = 0; m < programme.modules.size(); ++m) {
    const std::vector<SkillId>& skills = programme.modules[m].skills;
    for (size_t i = 0; i < skills.size(); ++i) {
      ASSIGN_OR_RETURN(const bool known, vocabulary.Has(skills[i]));
      if (known) continue;
      found.Add("programme.modules[" + std::to_string(m) + "].skills[" + std::to_string(i) + "]",
                "SKILL_UNKNOWN", "a skill of the vocabulary");
    }
  }
  return std::move(found).ToStatus();
}

}  // namespace

StatusOr<domain::Start> CreateStart(sql::Tx& tx, Entropy& entropy, domain::Start draft) {
  domain::MatchDelivery({}, &draft);
  RETURN_IF_ERROR(Validate(draft));
  store::ProgrammeStore programmes(tx);
  ASSIGN_OR_RETURN(const domain::Programme programme,
                   programmes.GetProgramme(draft.opleider, draft.programme));
  if (programme.state == domain::ProgrammeState::kRetired) return Precondition(kProgrammeRetired);
  RETURN_IF_ERROR(CheckReferences(tx, programme));
  if (draft.location.has_value()) draft.location = geography::Located(*std::move(draft.location));
  draft.id = StartId(entropy.NewId());
  draft.revision = NextRevision(tx, {}, "start.created", NameOf(draft), draft.opleider);
  RETURN_IF_ERROR(programmes.Insert(draft));
  return draft;
}

void MoveWithPostcode(const domain::Start& current, domain::Start* next) {
  if (!next->location.has_value()) return;
  next->location =
      geography::Located(current.location.value_or(Location()), *std::move(next->location));
}

StatusOr<std::optional<int32_t>> CheckStartUpdate(const domain::Start& current,
                                                  const domain::Start& next) {
  if (current.state != domain::StartState::kOpen) return Precondition(kStartClosed);
  RETURN_IF_ERROR(CheckBeginning(current, next));
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

StatusOr<domain::Start> BeginStart(sql::Tx& tx, const domain::Start& current, Day begins_on) {
  ASSIGN_OR_RETURN(domain::Start next, Begin(current, begins_on));
  if (SameContent(current, next)) return current;
  next.revision = NextRevision(tx, current.revision, "start.begun", NameOf(next), next.opleider);
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
