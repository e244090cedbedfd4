// MatchingProfile: what a switcher can and wants, as a value, without who she is.
//
// Personal all the same: it is never logged and is stored encrypted only. Rules between fields live
// here; the shape of single fields is declared in the proto. Pure.
// Test: tests/unit/services/profiles/profile_test.cc
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/violations.h"
#include "common/kernel/day.h"
#include "common/kernel/ids.h"
#include "common/kernel/location.h"

namespace matchgo::profiles::domain {

struct Education {
  int32_t nlqf_level = 0;  // 1..8; an hbo bachelor is 6, an Ad 5
  std::string isced_field = {};
  std::string title = {};
  std::optional<int32_t> year = {};  // of the diploma; absent: not finished

  friend bool operator==(const Education&, const Education&) = default;
};

struct Experience {
  OccupationId occupation;  // empty: not in the vocabulary
  Day from;
  std::optional<Day> to = {};  // absent: until now

  friend bool operator==(const Experience&, const Experience&) = default;
};

// How we know that she has a skill. The numbers are those of the wire.
enum class SkillSource { kStated = 1, kInferred = 2, kAssessed = 3, kCredential = 4 };

struct SkillClaim {
  SkillId skill;
  int32_t level = 0;  // 1 beginner .. 5 expert
  SkillSource source = SkillSource::kStated;
  std::string evidence = {};  // where it is kept, never its text

  friend bool operator==(const SkillClaim&, const SkillClaim&) = default;
};

struct SuitabilityTest {
  std::string instrument;
  std::string sector;  // empty: all sectors
  int32_t norm = 0;    // least score that counts as passed
  int32_t score = 0;
  Day taken_on;
  Day valid_until;

  friend bool operator==(const SuitabilityTest&, const SuitabilityTest&) = default;
};

// Levels of the Common European Framework of Reference: 1 A1 .. 6 C2.
inline constexpr int32_t kLevelB1 = 3;

struct LanguageSkill {
  std::string language;  // ISO 639-1
  int32_t level = 0;

  friend bool operator==(const LanguageSkill&, const LanguageSkill&) = default;
};

enum class ConsentPurpose { kMatching = 1, kIntroduction = 2, kFollowing = 3, kResearch = 4 };

struct Consent {
  ConsentPurpose purpose = ConsentPurpose::kMatching;
  Day given_on;
  std::optional<Day> withdrawn_on = {};  // absent: it stands

  friend bool operator==(const Consent&, const Consent&) = default;
};

struct MatchingProfile {
  std::vector<Education> education;
  std::vector<Experience> experience;
  std::vector<SkillClaim> skills;
  std::vector<std::string> qualifications;
  int64_t salary_now_cents = 0;
  int64_t salary_floor_cents = 0;
  int32_t hours_min = 0;
  int32_t hours_max = 0;
  int32_t study_hours = 0;
  Day available_from;
  Location home;
  int32_t travel_km_max = 0;
  std::vector<std::string> sector_wishes;  // most wanted first
  std::vector<SuitabilityTest> tests;
  std::vector<LanguageSkill> languages;
  bool employed = false;
  int32_t notice_days = 0;
  std::vector<Consent> consents;

  friend bool operator==(const MatchingProfile&, const MatchingProfile&) = default;
};

// Adds all that is wrong. `field` is the path of the profile: "switcher.profile".
void CheckProfile(const MatchingProfile& profile, std::string_view field, Violations& violations);

}  // namespace matchgo::profiles::domain
