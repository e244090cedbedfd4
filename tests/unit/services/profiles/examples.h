// A valid switcher who is matched on the day the tests begin (2026-11-23).
//
// A test changes only what it is about. The name, e-mail and phone are found nowhere else. For
// tests only.
#pragma once

#include "common/kernel/day.h"
#include "matchgo/profiles/v1/switcher.pb.h"
#include "services/profiles/domain/switcher.h"
#include "services/profiles/store/switcher_payload.h"

namespace matchgo::profiles {

inline v1::Identity IdentityMessage() {
  v1::Identity identity;
  identity.set_full_name("Wilhelmina Zonnebloem-Quist");
  identity.set_email("wilhelmina.quist@voorbeeld.example");
  identity.set_phone("+31698765432");
  identity.set_birth_year(1984);
  return identity;
}

inline v1::MatchingProfile ProfileMessage() {
  v1::MatchingProfile profile;
  v1::Education& education = *profile.add_education();
  education.set_nlqf_level(6);
  education.set_isced_field("0613");
  education.set_title("Bachelor of Quilting");
  education.set_year(2008);
  v1::Experience& job = *profile.add_experience();
  job.set_occupation("occupations/adviseur");
  job.set_from("2009-01-01");
  job.set_to("2020-12-31");
  v1::SkillClaim& stated = *profile.add_skills();
  stated.set_skill("skills/luisteren");
  stated.set_level(4);
  stated.set_source(v1::SkillClaim::SOURCE_STATED);
  v1::SkillClaim& shown = *profile.add_skills();
  shown.set_skill("skills/rekenen");
  shown.set_level(3);
  shown.set_source(v1::SkillClaim::SOURCE_CREDENTIAL);
  shown.set_evidence("credential-17");
  profile.add_qualifications("bevoegdheid-vo-2-wiskunde");
  profile.set_salary_now_cents(340'000);
  profile.set_salary_floor_cents(300'000);
  profile.set_hours_min(24);
  profile.set_hours_max(36);
  profile.set_study_hours(10);
  profile.set_available_from("2027-01-04");
  profile.mutable_home()->set_postcode("3511 AB");
  profile.mutable_home()->set_place("Utrecht");
  profile.mutable_home()->set_x(1365);
  profile.mutable_home()->set_y(4559);
  profile.set_travel_km_max(30);
  profile.add_sector_wishes("zorg");
  profile.add_sector_wishes("ict");
  v1::SuitabilityTest& test = *profile.add_tests();
  test.set_instrument("capaciteiten-hbo");
  test.set_sector("zorg");
  test.set_norm(500);
  test.set_score(700);
  test.set_taken_on("2026-06-01");
  test.set_valid_until("2027-06-01");
  v1::LanguageSkill& language = *profile.add_languages();
  language.set_language("nl");
  language.set_level(v1::LanguageSkill::LEVEL_C1);
  profile.set_employed(true);
  profile.set_notice_days(30);
  v1::Consent& consent = *profile.add_consents();
  consent.set_purpose(v1::Consent::PURPOSE_MATCHING);
  consent.set_given_on("2026-11-01");
  consent.set_withdrawn_on("2028-11-01");
  return profile;
}

inline v1::Switcher SwitcherMessage() {
  v1::Switcher switcher;
  *switcher.mutable_identity() = IdentityMessage();
  *switcher.mutable_profile() = ProfileMessage();
  return switcher;
}

inline domain::Switcher SwitcherValue() {
  domain::Switcher switcher;
  switcher.id = SwitcherId("s1");
  switcher.partner = TenantId("p1");
  switcher.identity = store::FromMessage(IdentityMessage());
  switcher.profile = store::FromMessage(ProfileMessage());
  switcher.last_confirmed = Day::FromCivil(2026, 11, 23);
  switcher.version = 1;
  return switcher;
}

}  // namespace matchgo::profiles
