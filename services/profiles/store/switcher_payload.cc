#include "services/profiles/store/switcher_payload.h"

#include <google/protobuf/timestamp.pb.h>

#include "common/base/status_macros.h"
#include "common/kernel/day.h"
#include "common/kernel/resource_patterns.h"
#include "common/time/instant.h"
#include "common/time/timestamp.h"

namespace matchgo::profiles::store {
namespace {

Day DayIn(const std::string& text) {
  const StatusOr<Day> day = ParseDay(text);
  return day.ok() ? *day : Day();
}

std::optional<Day> MaybeDayIn(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return DayIn(text);
}

std::string FormatMaybe(const std::optional<Day>& day) {
  return day.has_value() ? FormatDay(*day) : std::string();
}

// The id that ends a name: "skills/k1" -> "k1"; "" -> "".
template <class AnyId>
AnyId LastIdIn(const std::string& name) {
  return AnyId(names::LastPart(name));
}

void SetHome(const Location& home, common::v1::Location* message) {
  message->set_postcode(home.postcode);
  message->set_place(home.place);
  message->set_x(home.x);
  message->set_y(home.y);
}

void SetPast(const domain::MatchingProfile& profile, v1::MatchingProfile* message) {
  message->clear_education();
  for (const domain::Education& from : profile.education) {
    v1::Education& to = *message->add_education();
    to.set_nlqf_level(from.nlqf_level);
    to.set_isced_field(from.isced_field);
    to.set_title(from.title);
    if (from.year.has_value()) to.set_year(*from.year);
  }
  message->clear_experience();
  for (const domain::Experience& from : profile.experience) {
    v1::Experience& to = *message->add_experience();
    if (!from.occupation.empty()) to.set_occupation("occupations/" + from.occupation.value());
    to.set_from(FormatDay(from.from));
    to.set_to(FormatMaybe(from.to));
  }
  message->clear_skills();
  for (const domain::SkillClaim& from : profile.skills) {
    v1::SkillClaim& to = *message->add_skills();
    to.set_skill("skills/" + from.skill.value());
    to.set_level(from.level);
    to.set_source(static_cast<v1::SkillClaim::Source>(from.source));
    to.set_evidence(from.evidence);
  }
}

void SetProofs(const domain::MatchingProfile& profile, v1::MatchingProfile* message) {
  message->clear_tests();
  for (const domain::SuitabilityTest& from : profile.tests) {
    v1::SuitabilityTest& to = *message->add_tests();
    to.set_instrument(from.instrument);
    to.set_sector(from.sector);
    to.set_norm(from.norm);
    to.set_score(from.score);
    to.set_taken_on(FormatDay(from.taken_on));
    to.set_valid_until(FormatDay(from.valid_until));
  }
  message->clear_languages();
  for (const domain::LanguageSkill& from : profile.languages) {
    v1::LanguageSkill& to = *message->add_languages();
    to.set_language(from.language);
    to.set_level(static_cast<v1::LanguageSkill::Level>(from.level));
  }
  message->clear_consents();
  for (const domain::Consent& from : profile.consents) {
    v1::Consent& to = *message->add_consents();
    to.set_purpose(static_cast<v1::Consent::Purpose>(from.purpose));
    to.set_given_on(FormatDay(from.given_on));
    to.set_withdrawn_on(FormatMaybe(from.withdrawn_on));
  }
}

void ReadPast(const v1::MatchingProfile& message, domain::MatchingProfile* profile) {
  for (const v1::Education& from : message.education()) {
    profile->education.push_back(
        {.nlqf_level = from.nlqf_level(),
         .isced_field = from.isced_field(),
         .title = from.title(),
         .year = from.has_year() ? std::optional(from.year()) : std::nullopt});
  }
  for (const v1::Experience& from : message.experience()) {
    profile->experience.push_back({.occupation = LastIdIn<OccupationId>(from.occupation()),
                                   .from = DayIn(from.from()),
                                   .to = MaybeDayIn(from.to())});
  }
  for (const v1::SkillClaim& from : message.skills()) {
    profile->skills.push_back({.skill = LastIdIn<SkillId>(from.skill()),
                               .level = from.level(),
                               .source = static_cast<domain::SkillSource>(from.source()),
                               .evidence = from.evidence()});
  }
}

void ReadProofs(const v1::MatchingProfile& message, domain::MatchingProfile* profile) {
  for (const v1::SuitabilityTest& from : message.tests()) {
    profile->tests.push_back({.instrument = from.instrument(),
                              .sector = from.sector(),
                              .norm = from.norm(),
                              .score = from.score(),
                              .taken_on = DayIn(from.taken_on()),
                              .valid_until = DayIn(from.valid_until())});
  }
  for (const v1::LanguageSkill& from : message.languages()) {
    profile->languages.push_back(
        {.language = from.language(), .level = static_cast<int32_t>(from.level())});
  }
  for (const v1::Consent& from : message.consents()) {
    profile->consents.push_back({.purpose = static_cast<domain::ConsentPurpose>(from.purpose()),
                                 .given_on = DayIn(from.given_on()),
                                 .withdrawn_on = MaybeDayIn(from.withdrawn_on())});
  }
}

}  // namespace

void ToMessage(const domain::Identity& identity, v1::Identity* message) {
  message->set_full_name(identity.full_name);
  message->set_email(identity.email);
  message->set_phone(identity.phone);
  message->set_birth_year(identity.birth_year);
}

void ToMessage(const domain::MatchingProfile& profile, v1::MatchingProfile* message) {
  SetPast(profile, message);
  SetProofs(profile, message);
  message->mutable_qualifications()->Assign(profile.qualifications.begin(),
                                            profile.qualifications.end());
  message->set_salary_now_cents(profile.salary_now_cents);
  message->set_salary_floor_cents(profile.salary_floor_cents);
  message->set_hours_min(profile.hours_min);
  message->set_hours_max(profile.hours_max);
  message->set_study_hours(profile.study_hours);
  message->set_available_from(FormatDay(profile.available_from));
  SetHome(profile.home, message->mutable_home());
  message->set_travel_km_max(profile.travel_km_max);
  message->mutable_sector_wishes()->Assign(profile.sector_wishes.begin(),
                                           profile.sector_wishes.end());
  message->set_employed(profile.employed);
  message->set_notice_days(profile.notice_days);
}

domain::Identity FromMessage(const v1::Identity& message) {
  return {.full_name = message.full_name(),
          .email = message.email(),
          .phone = message.phone(),
          .birth_year = message.birth_year()};
}

domain::MatchingProfile FromMessage(const v1::MatchingProfile& message) {
  domain::MatchingProfile profile;
  ReadPast(message, &profile);
  ReadProofs(message, &profile);
  profile.qualifications.assign(message.qualifications().begin(), message.qualifications().end());
  profile.salary_now_cents = message.salary_now_cents();
  profile.salary_floor_cents = message.salary_floor_cents();
  profile.hours_min = message.hours_min();
  profile.hours_max = message.hours_max();
  profile.study_hours = message.study_hours();
  profile.available_from = DayIn(message.available_from());
  profile.home = {.postcode = message.home().postcode(),
                  .place = message.home().place(),
                  .x = message.home().x(),
                  .y = message.home().y()};
  profile.travel_km_max = message.travel_km_max();
  profile.sector_wishes.assign(message.sector_wishes().begin(), message.sector_wishes().end());
  profile.employed = message.employed();
  profile.notice_days = message.notice_days();
  return profile;
}

std::string EncodeIdentity(const domain::Identity& identity, const std::string& before) {
  v1::Identity message;
  if (!message.ParseFromString(before)) message.Clear();
  ToMessage(identity, &message);
  return message.SerializeAsString();
}

std::string EncodeProfile(const domain::Switcher& switcher, const std::string& before) {
  v1::Switcher message;
  if (!message.ParseFromString(before)) message.Clear();
  ToMessage(switcher.profile, message.mutable_profile());
  FillTime(switcher.created, message.mutable_create_time());
  FillTime(switcher.updated, message.mutable_update_time());
  return message.SerializeAsString();
}

StatusOr<domain::Identity> DecodeIdentity(const std::string& bytes) {
  v1::Identity message;
  if (!message.ParseFromString(bytes)) return Internal("a stored identity can't be read");
  return FromMessage(message);
}

Status DecodeProfile(const std::string& bytes, domain::Switcher* switcher) {
  v1::Switcher message;
  if (!message.ParseFromString(bytes)) return Internal("a stored profile can't be read");
  switcher->profile = FromMessage(message.profile());
  switcher->created = DecodeTime(message.create_time());
  switcher->updated = DecodeTime(message.update_time());
  return absl::OkStatus();
}

}  // namespace matchgo::profiles::store
