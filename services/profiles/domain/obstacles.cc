#include "services/profiles/domain/obstacles.h"

#include <algorithm>

namespace matchgo::profiles::domain {
namespace {

// The day she takes it back is the first without it.
bool Stands(const Consent& consent, Day today) {
  return consent.given_on <= today &&
         (!consent.withdrawn_on.has_value() || today < *consent.withdrawn_on);
}

bool HasConsent(const MatchingProfile& profile, Day today) {
  return std::any_of(profile.consents.begin(), profile.consents.end(), [&](const Consent& consent) {
    return consent.purpose == ConsentPurpose::kMatching && Stands(consent, today);
  });
}

// Only a diploma counts, not a study that was begun.
bool HasEducation(const MatchingProfile& profile) {
  return std::any_of(profile.education.begin(), profile.education.end(), [](const Education& e) {
    return e.nlqf_level >= kEducationLevelMin && e.year.has_value();
  });
}

bool HasValidTest(const MatchingProfile& profile, Day today) {
  return std::any_of(profile.tests.begin(), profile.tests.end(), [&](const SuitabilityTest& test) {
    return test.score >= test.norm && test.taken_on <= today && today <= test.valid_until;
  });
}

bool SpeaksDutch(const MatchingProfile& profile) {
  return std::any_of(
      profile.languages.begin(), profile.languages.end(),
      [](const LanguageSkill& skill) { return skill.language == "nl" && skill.level >= kLevelB1; });
}

}  // namespace

std::vector<Obstacle> ObstaclesOf(const Switcher& switcher, Day today) {
  const MatchingProfile& profile = switcher.profile;
  std::vector<Obstacle> found;
  const auto need = [&found](bool fine, Obstacle otherwise) {
    if (!fine) found.push_back(otherwise);
  };
  need(HasConsent(profile, today), Obstacle::kNoConsent);
  need(HasEducation(profile), Obstacle::kEducation);
  need(!profile.experience.empty(), Obstacle::kNoExperience);
  need(HasValidTest(profile, today), Obstacle::kNoValidTest);
  need(today - switcher.last_confirmed <= kFreshDays, Obstacle::kStale);
  need(SpeaksDutch(profile), Obstacle::kLanguage);
  need(switcher.state != State::kWithdrawn, Obstacle::kWithdrawn);
  need(profile.home.has_point(), Obstacle::kNoLocation);
  return found;
}

}  // namespace matchgo::profiles::domain
