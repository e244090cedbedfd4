// Records of a usual size for the benchmarks: a profile with 40 skills, a vacancy with nine.
// Values only; nobody real.
// Used by the benchmarks only.
#pragma once

#include <string>

#include "matchgo/profiles/v1/switcher.pb.h"
#include "matchgo/vacancies/v1/vacancy.pb.h"

namespace matchgo::bench {

// A profile with 40 skills, as the demo's people have.
inline profiles::v1::Switcher SampleSwitcher(int number) {
  profiles::v1::Switcher switcher;
  auto* identity = switcher.mutable_identity();
  identity->set_full_name("Voorbeeld Persoon " + std::to_string(number));
  identity->set_email("persoon" + std::to_string(number) + "@example.com");
  identity->set_birth_year(1985);
  auto* profile = switcher.mutable_profile();
  auto* education = profile->add_education();
  education->set_nlqf_level(6);
  education->set_year(2008);
  auto* experience = profile->add_experience();
  experience->set_occupation("occupations/o-bank-clerk");
  experience->set_from("2012-03-01");
  for (int i = 0; i < 40; ++i) {
    auto* skill = profile->add_skills();
    skill->set_skill("skills/k-sample-" + std::to_string(i));
    skill->set_level(1 + i % 5);
    skill->set_source(profiles::v1::SkillClaim::SOURCE_STATED);
  }
  profile->set_salary_now_cents(340000);
  profile->set_salary_floor_cents(300000);
  profile->set_hours_min(24);
  profile->set_hours_max(36);
  profile->set_study_hours(10);
  profile->set_available_from("2026-12-01");
  profile->set_travel_km_max(30);
  profile->mutable_home()->set_postcode("3511");
  profile->mutable_home()->set_place("Utrecht");
  profile->mutable_home()->set_x(1360);
  profile->mutable_home()->set_y(4560);
  return switcher;
}

// A vacancy with nine required skills.
inline vacancies::v1::Vacancy SampleVacancy(int64_t number) {
  vacancies::v1::Vacancy vacancy;
  vacancy.set_title("Monteur laagspanning " + std::to_string(number));
  vacancy.set_occupation("occupations/o-electrician");
  vacancy.set_sector("techniek");
  vacancy.set_openings(2);
  auto* requirements = vacancy.mutable_requirements();
  for (int i = 0; i < 3; ++i) {
    requirements->add_day_one_skills("skills/k-day-one-" + std::to_string(i));
    requirements->add_learnable_skills("skills/k-learnable-" + std::to_string(i));
    requirements->add_nice_skills("skills/k-nice-" + std::to_string(i));
  }
  vacancy.mutable_location()->set_postcode("3511");
  vacancy.mutable_location()->set_place("Utrecht");
  vacancy.mutable_location()->set_x(1360);
  vacancy.mutable_location()->set_y(4560);
  vacancy.set_salary_min_cents(260000);
  vacancy.set_salary_max_cents(340000);
  vacancy.set_hours_min(24);
  vacancy.set_hours_max(36);
  vacancy.set_ready_by("2027-09-01");
  vacancy.set_expires_on("2027-06-01");
  vacancy.set_external_reference("hr-" + std::to_string(number));
  return vacancy;
}

}  // namespace matchgo::bench
