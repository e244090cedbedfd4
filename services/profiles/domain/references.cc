#include "services/profiles/domain/references.h"

#include <cstddef>
#include <string>
#include <utility>

#include "common/base/violations.h"
#include "services/profiles/reasons.h"

namespace matchgo::profiles::domain {

References ReferencesOf(const Switcher& switcher) {
  References named;
  for (const SkillClaim& claim : switcher.profile.skills) named.skills.insert(claim.skill);
  return named;
}

Status CheckReferences(const Switcher& switcher, const References& unknown) {
  Violations violations;
  for (size_t i = 0; i < switcher.profile.skills.size(); ++i) {
    if (!unknown.skills.contains(switcher.profile.skills[i].skill)) continue;
    violations.Add("switcher.profile.skills[" + std::to_string(i) + "].skill",
                   reasons::kSkillUnknown, "a skill of the vocabulary");
  }
  return std::move(violations).ToStatus();
}

}  // namespace matchgo::profiles::domain
