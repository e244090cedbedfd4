// Records for the tests of the scheduler: people, jobs and starts that fit together, to be changed
// by each test in the one field it is about.
//
// Values only; everything is possible for everybody until a test says otherwise.
#pragma once

#include <string>

#include "services/scheduler/domain/projection.h"

namespace matchgo::scheduler {

inline const Day kToday = Day::FromCivil(2026, 11, 2);  // a Monday

inline domain::SwitcherRecord SwitcherAt(const std::string& id) {
  domain::SwitcherRecord record;
  record.id = id;
  record.partner = "partner1";
  record.last_confirmed = kToday - 10;
  record.registered_on = kToday - 40;
  record.skills = {{.skill = "care", .level = 3}};
  record.level = 6;
  record.dutch_level = 5;
  record.x = 1000;
  record.y = 4000;
  record.travel_km_max = 30;
  record.salary_now = 300000;
  record.salary_floor = 250000;
  record.hours_min = 24;
  record.hours_max = 40;
  record.study_hours = 8;
  record.available_from = kToday;
  record.tests = {{.sector = "",
                   .norm = 500,
                   .score = 700,
                   .taken_on = kToday - 30,
                   .valid_until = kToday + 300}};
  record.matching_consents = {{.given_on = kToday - 40, .withdrawn_on = {}}};
  record.sequence = 1;
  return record;
}

inline domain::VacancyRecord VacancyAt(const std::string& id) {
  domain::VacancyRecord record;
  record.name = "employers/e1/vacancies/" + id;
  record.published = true;
  record.occupation = "nurse";
  record.sector = "zorg";
  record.openings = 1;
  record.day_one_skills = {"care"};
  record.learnable_skills = {"wounds"};
  record.x = 1000;
  record.y = 4000;
  record.salary_max = 320000;
  record.hours = 32;
  record.ready_by = kToday + 400;
  record.expires_on = kToday + 90;
  record.sequence = 1;
  return record;
}

inline domain::ProgrammeRecord ProgrammeAt(const std::string& id) {
  domain::ProgrammeRecord record;
  record.name = "opleiders/o1/programmes/" + id;
  record.active = true;
  record.entry_level = 5;
  record.occupations = {"nurse"};
  record.modules = {{.id = "m1",
                     .skills = {"wounds"},
                     .hours = 80,
                     .core = false,
                     .recognition = engine::Recognition::kExempt,
                     .after = {}}};
  return record;
}

inline domain::StartRecord StartAt(const std::string& programme, const std::string& id) {
  domain::StartRecord record;
  record.name = "opleiders/o1/programmes/" + programme + "/starts/" + id;
  record.begins_on = kToday + 60;
  record.capacity = 10;
  record.online = true;
  record.sequence = 1;
  return record;
}

inline domain::MarketSources SourcesOf(std::vector<domain::SwitcherRecord> switchers,
                                       std::vector<domain::VacancyRecord> vacancies,
                                       std::vector<domain::StartRecord> starts) {
  domain::MarketSources sources;
  sources.day = kToday;
  sources.offers_until = kToday + 7;
  sources.seed = "seed";
  sources.switchers = std::move(switchers);
  sources.vacancies = std::move(vacancies);
  sources.programmes = {ProgrammeAt("p1")};
  sources.starts = std::move(starts);
  return sources;
}

}  // namespace matchgo::scheduler
