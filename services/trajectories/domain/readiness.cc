#include "services/trajectories/domain/readiness.h"

#include <algorithm>

#include "services/trajectories/reasons.h"

namespace matchgo::trajectories::domain {

Status CheckEvidence(Stage stage, const std::vector<Evidence>& evidence, Day on) {
  auto shows = [&](auto... kinds) {
    return std::any_of(evidence.begin(), evidence.end(), [&](const Evidence& item) {
      return item.issued_on <= on && ((item.kind == kinds) || ...);
    });
  };
  if (stage == Stage::kStartbekwaam &&
      !shows(EvidenceKind::kMicrocredential, EvidenceKind::kAssessment)) {
    return WithFact(Precondition(kEvidenceRequired), "wanted", "MICROCREDENTIAL, ASSESSMENT");
  }
  if (stage == Stage::kGediplomeerd && !shows(EvidenceKind::kDiploma)) {
    return WithFact(Precondition(kEvidenceRequired), "wanted", "DIPLOMA");
  }
  return absl::OkStatus();
}

}  // namespace matchgo::trajectories::domain
