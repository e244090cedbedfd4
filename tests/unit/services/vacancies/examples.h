// Valid examples of employers and vacancies; a test changes only what it is about.
//
// Made by hand, without chance, and the same in each test. Message and value say the same, but
// for what only one of them needs. For tests only.
#pragma once

#include <string>

#include "common/kernel/day.h"
#include "matchgo/vacancies/v1/vacancy.pb.h"
#include "services/vacancies/domain/employer.h"
#include "services/vacancies/domain/vacancy.h"

namespace matchgo::vacancies {

inline v1::Employer EmployerMessage() {
  v1::Employer employer;
  employer.set_display_name("Zorggroep Midden");
  employer.set_kvk_number("12345678");
  employer.set_sector("zorg");
  employer.mutable_location()->set_postcode("3511 AB");
  return employer;
}

inline v1::Vacancy VacancyMessage() {
  v1::Vacancy vacancy;
  vacancy.set_title("Verpleegkundige in de wijk");
  vacancy.set_description("Zorg thuis,\nin een vast team.");
  vacancy.set_occupation("occupations/verpleegkundige");
  vacancy.set_sector("zorg");
  vacancy.set_openings(3);
  vacancy.mutable_requirements()->add_day_one_skills("skills/luisteren");
  vacancy.mutable_requirements()->add_learnable_skills("skills/wondzorg");
  vacancy.mutable_requirements()->add_nice_skills("skills/autorijden");
  vacancy.mutable_requirements()->set_dutch_level(4);
  vacancy.mutable_location()->set_postcode("3511 AB");
  vacancy.mutable_location()->set_place("Utrecht");
  vacancy.mutable_location()->set_x(1365);
  vacancy.mutable_location()->set_y(4559);
  vacancy.set_salary_min_cents(280'000);
  vacancy.set_salary_max_cents(390'000);
  vacancy.set_hours_min(24);
  vacancy.set_hours_max(36);
  vacancy.set_start_from("2027-02-01");
  vacancy.set_ready_by("2028-02-01");
  vacancy.set_contract_form(v1::Vacancy::CONTRACT_FORM_LEARN_WORK);
  vacancy.set_qualification("big-verpleegkundige");
  vacancy.set_guidance_capacity(2);
  vacancy.add_accepted_opleiders("opleiders/hu");
  vacancy.set_expires_on("2027-06-30");
  return vacancy;
}

inline domain::Vacancy VacancyValue() {
  domain::Vacancy vacancy;
  vacancy.id = VacancyId("v1");
  vacancy.employer = EmployerId("e1");
  vacancy.title = "Verpleegkundige in de wijk";
  vacancy.occupation = OccupationId("verpleegkundige");
  vacancy.sector = "zorg";
  vacancy.openings = 3;
  vacancy.requirements = {.day_one = {SkillId("luisteren")},
                          .learnable = {SkillId("wondzorg")},
                          .nice = {SkillId("autorijden")},
                          .dutch_level = 4};
  vacancy.location = {.postcode = "3511 AB", .place = "Utrecht", .x = 1365, .y = 4559};
  vacancy.salary_min_cents = 280'000;
  vacancy.salary_max_cents = 390'000;
  vacancy.hours_min = 24;
  vacancy.hours_max = 36;
  vacancy.start_from = Day::FromCivil(2027, 2, 1);
  vacancy.ready_by = Day::FromCivil(2028, 2, 1);
  vacancy.expires_on = Day::FromCivil(2027, 6, 30);
  vacancy.version = 1;
  return vacancy;
}

inline domain::Employer EmployerValue() {
  domain::Employer employer;
  employer.id = EmployerId("e1");
  employer.display_name = "Zorggroep Midden";
  employer.sector = "zorg";
  employer.version = 1;
  return employer;
}

}  // namespace matchgo::vacancies
