// Random records for the property tests of the scheduler: few names, so that much fits and much
// ties.
//
// The same random numbers give the same records; nothing real. Used by tests/property.
#pragma once

#include <string>
#include <vector>

#include "common/random/random.h"
#include "tests/unit/services/scheduler/records.h"

namespace matchgo::scheduler {

inline std::vector<std::string> Some(Random& random, const char* prefix, int64_t count,
                                     uint64_t chance) {
  std::vector<std::string> some;
  for (int64_t i = 0; i < count; ++i) {
    if (random.Chance(chance)) some.push_back(prefix + std::to_string(i));
  }
  return some;
}

inline std::string One(Random& random, const char* prefix, int64_t count) {
  return prefix + std::to_string(random.Between(0, count - 1));
}

inline domain::VacancyRecord RandomVacancy(Random& random, int number) {
  domain::VacancyRecord record = VacancyAt("v" + std::to_string(number));
  record.published = random.Chance(900);
  record.occupation = One(random, "job", 4);
  record.sector = One(random, "sector", 2);
  record.openings = static_cast<int32_t>(random.Between(1, 2));
  record.guidance_capacity = static_cast<int32_t>(random.Between(0, 2));
  record.day_one_skills = Some(random, "k", 6, 40);
  record.learnable_skills = Some(random, "k", 6, 250);
  record.nice_skills = Some(random, "k", 6, 200);
  record.dutch_level = random.Chance(800) ? 0 : static_cast<int32_t>(random.Between(3, 5));
  if (random.Chance(150)) record.qualification = One(random, "q", 2);
  if (random.Chance(200)) record.accepted_opleiders = Some(random, "o", 2, 600);
  record.x = static_cast<int32_t>(1000 + random.Between(0, 3));
  record.salary_max = 240000 + 10000 * random.Between(0, 4);
  record.hours = static_cast<int32_t>(random.Between(23, 40));
  if (random.Chance(250)) record.start_from = kToday + static_cast<int32_t>(random.Between(0, 90));
  record.ready_by = kToday + static_cast<int32_t>(random.Between(50, 900));
  if (random.Chance(50)) record.expires_on = kToday - 1;
  return record;
}

inline domain::ProgrammeRecord RandomProgramme(Random& random, int number) {
  domain::ProgrammeRecord record;
  record.name =
      "opleiders/o" + std::to_string(number % 2) + "/programmes/p" + std::to_string(number);
  record.active = random.Chance(900);
  record.entry_level = static_cast<int32_t>(random.Between(4, 6));
  record.occupations = Some(random, "job", 4, 600);
  record.awards = Some(random, "q", 2, 300);
  const int64_t modules = random.Between(1, 4);
  for (int64_t m = 0; m < modules; ++m) {
    record.modules.push_back({.id = "m" + std::to_string(m),
                              .skills = Some(random, "k", 6, 500),
                              .hours = random.Between(0, 120),
                              .core = random.Chance(200),
                              .recognition = static_cast<engine::Recognition>(random.Below(3)),
                              .after = m > 0 && random.Chance(300) ? std::vector<std::string>{"m0"}
                                                                   : std::vector<std::string>{}});
  }
  return record;
}

inline domain::StartRecord RandomStart(Random& random, const domain::ProgrammeRecord& of,
                                       int number) {
  domain::StartRecord record = StartAt("p", "s");
  record.name = of.name + "/starts/s" + std::to_string(number);
  record.begins_on = kToday + static_cast<int32_t>(random.Between(0, 120));
  if (random.Chance(200)) record.rhythm = domain::Rhythm::kRolling;
  record.capacity = static_cast<int32_t>(random.Between(1, 3));
  record.minimum = static_cast<int32_t>(random.Between(0, 3));
  record.online = random.Chance(500);
  record.x = static_cast<int32_t>(1000 + random.Between(0, 3));
  record.y = 4000;
  return record;
}

inline domain::SwitcherRecord RandomSwitcher(Random& random, int number) {
  domain::SwitcherRecord record = SwitcherAt("s" + std::to_string(number));
  record.skills.clear();
  for (const std::string& skill : Some(random, "k", 6, 500)) {
    record.skills.push_back({.skill = skill, .level = static_cast<int32_t>(random.Between(1, 4))});
  }
  record.qualifications = Some(random, "q", 2, 300);
  record.level = static_cast<int32_t>(random.Between(4, 7));
  record.dutch_level = static_cast<int32_t>(random.Between(3, 6));
  record.travel_km_max = random.Chance(500) ? 30 : 0;
  record.study_hours = static_cast<int32_t>(random.Between(0, 10));
  record.available_from = kToday + static_cast<int32_t>(random.Between(-5, 60));
  record.sector_wishes = Some(random, "sector", 3, 500);
  return record;
}

}  // namespace matchgo::scheduler
