// The neighbours' records as the scheduler keeps them: plain columns, only what it decides by.
//
// Filled from the feeds (clients/), read by the projection. No identity ever gets here. Values; no
// thread rules. Test: tests/unit/services/scheduler/projection_test.cc
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/kernel/day.h"
#include "common/time/instant.h"
#include "services/scheduler/engine/market_input.h"

namespace matchgo::scheduler::domain {

// What keeps somebody out of a market. The first eight are those of profiles.
enum class Obstacle : uint8_t {
  kNoConsent,
  kEducation,
  kNoExperience,
  kNoValidTest,
  kStale,
  kLanguage,
  kWithdrawn,
  kNoLocation,
  kHasContract,
  kHasOffer,
};
// "NO_CONSENT": the reason word on the wire.
std::string_view ObstacleName(Obstacle obstacle);

struct SkillHeld {
  std::string skill;
  int32_t level = 0;  // 1..5
};

struct TestTaken {
  std::string sector;  // "": every sector
  int32_t norm = 0;
  int32_t score = 0;
  Day taken_on;
  Day valid_until;
};

struct ConsentGiven {
  Day given_on;
  std::optional<Day> withdrawn_on;
};

struct SwitcherRecord {
  std::string id;
  std::string partner;
  std::vector<Obstacle> standing;  // those that do not depend on the day, as profiles says
  Day last_confirmed;
  Day registered_on;
  std::vector<SkillHeld> skills;
  std::vector<std::string> qualifications;
  int32_t level = 1;        // highest finished NLQF level
  int32_t dutch_level = 0;  // CEFR, 1..6
  int32_t x = 0;
  int32_t y = 0;
  int32_t travel_km_max = 0;
  int64_t salary_now = 0;
  int64_t salary_floor = 0;
  int32_t hours_min = 0;
  int32_t hours_max = 0;
  int32_t study_hours = 0;
  Day available_from;
  bool employed = false;
  int32_t notice_days = 0;
  std::vector<std::string> sector_wishes;
  std::vector<TestTaken> tests;
  std::vector<ConsentGiven> matching_consents;
  int64_t sequence = 0;
};

struct VacancyRecord {
  std::string name;
  std::string title;
  bool published = false;
  std::string occupation;
  std::string sector;
  int32_t openings = 0;
  int32_t guidance_capacity = 0;  // 0: as many as openings
  std::vector<std::string> day_one_skills;
  std::vector<std::string> learnable_skills;
  std::vector<std::string> nice_skills;
  int32_t dutch_level = 0;  // 0: B1
  std::string qualification;
  std::vector<std::string> accepted_opleiders;  // ids; empty: all
  int32_t x = 0;
  int32_t y = 0;
  int64_t salary_max = 0;
  int32_t hours = 0;
  std::optional<Day> start_from;  // first day of the job
  Day ready_by;
  Day expires_on;
  int64_t sequence = 0;
};

struct ProgrammeRecord {
  std::string name;
  std::string title;
  bool active = false;
  int32_t entry_level = 1;
  std::vector<std::string> occupations;
  std::vector<std::string> awards;
  std::vector<engine::MarketModule> modules;
  int64_t sequence = 0;
};

enum class Rhythm : uint8_t { kDate, kRolling, kAtMinimum };
enum class StartState : uint8_t { kOpen, kClosed, kCancelled };

struct StartRecord {
  std::string name;
  StartState state = StartState::kOpen;
  Rhythm rhythm = Rhythm::kDate;
  Day begins_on;
  std::optional<Day> decides_on;
  int32_t capacity = 0;
  int32_t minimum = 0;
  bool online = false;  // nobody travels to it
  bool groups_only = false;
  int32_t x = 0;
  int32_t y = 0;
  int64_t sequence = 0;
};

// Somebody who left the way early.
struct DepartureRecord {
  std::string switcher;    // id
  std::string contract;    // id; "": she had none yet
  std::string reason;      // "GROENPLUK"
  std::string actor = {};  // who decided it: a person or kProcess; "": nobody said
  Instant left;            // when it was recorded
  int64_t sequence = 0;
};

}  // namespace matchgo::scheduler::domain
