#include "services/profiles/domain/profile.h"

#include <set>

#include "common/geography/locate.h"
#include "services/profiles/reasons.h"

namespace matchgo::profiles::domain {
namespace {

// "switcher.profile", "tests", 2, "valid_until" -> "switcher.profile.tests[2].valid_until".
std::string PathOf(std::string_view field, std::string_view list, size_t index,
                   std::string_view leaf) {
  std::string path(field);
  path.append(".").append(list).append("[").append(std::to_string(index)).append("].").append(leaf);
  return path;
}

void CheckSkills(const MatchingProfile& profile, std::string_view field, Violations& violations) {
  std::set<SkillId> seen;
  for (size_t i = 0; i < profile.skills.size(); ++i) {
    const SkillClaim& claim = profile.skills[i];
    if (!seen.insert(claim.skill).second) {
      violations.Add(PathOf(field, "skills", i, "skill"), reasons::kDuplicate, "each skill once");
    }
    const bool proven =
        claim.source == SkillSource::kAssessed || claim.source == SkillSource::kCredential;
    if (proven && claim.evidence.empty()) {
      violations.Add(PathOf(field, "skills", i, "evidence"), reasons::kEvidenceMissing,
                     "where the evidence is kept");
    }
  }
}

void CheckDates(const MatchingProfile& profile, std::string_view field, Violations& violations) {
  for (size_t i = 0; i < profile.experience.size(); ++i) {
    const Experience& job = profile.experience[i];
    if (job.to.value_or(job.from) < job.from) {
      violations.Add(PathOf(field, "experience", i, "to"), reasons::kDateOrder, "not before from");
    }
  }
  for (size_t i = 0; i < profile.tests.size(); ++i) {
    if (profile.tests[i].valid_until < profile.tests[i].taken_on) {
      violations.Add(PathOf(field, "tests", i, "valid_until"), reasons::kDateOrder,
                     "not before taken_on");
    }
  }
  for (size_t i = 0; i < profile.consents.size(); ++i) {
    const Consent& consent = profile.consents[i];
    if (consent.withdrawn_on.value_or(consent.given_on) < consent.given_on) {
      violations.Add(PathOf(field, "consents", i, "withdrawn_on"), reasons::kDateOrder,
                     "not before given_on");
    }
  }
}

}  // namespace

void CheckProfile(const MatchingProfile& profile, std::string_view field, Violations& violations) {
  const std::string prefix = std::string(field) + ".";
  CheckSkills(profile, field, violations);
  CheckDates(profile, field, violations);
  if (profile.hours_min > profile.hours_max) {
    violations.Add(prefix + "hours_min", reasons::kHoursOrder, "at most hours_max");
  }
  geography::CheckLocated(profile.home, prefix + "home", violations);
  const std::set<std::string> wishes(profile.sector_wishes.begin(), profile.sector_wishes.end());
  if (wishes.size() != profile.sector_wishes.size()) {
    violations.Add(prefix + "sector_wishes", reasons::kDuplicate, "each sector once");
  }
}

}  // namespace matchgo::profiles::domain
