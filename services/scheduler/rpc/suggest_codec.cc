#include "services/scheduler/rpc/suggest_codec.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "common/base/status_macros.h"
#include "common/base/violations.h"
#include "common/kernel/resource_patterns.h"
#include "common/rpc/resource_name.h"
#include "common/time/timestamp.h"
#include "services/scheduler/reasons.h"
#include "services/scheduler/store/match_payload.h"

namespace matchgo::scheduler {
namespace {

// What most people who are asked have or want; said in suggest.proto.
constexpr int32_t kEducationUsual = 6;
constexpr int32_t kDutchUsual = 6;
constexpr int32_t kTravelUsual = 30;
constexpr int32_t kHoursUsual = 40;
constexpr int32_t kStudyUsual = 8;
// A key of a page token: score, lottery key, how many were shown, vacancy, start.
constexpr char kBetween = ' ';

int32_t Or(int32_t value, int32_t otherwise) { return value == 0 ? otherwise : value; }

void ReadWishes(const v1::SoughtProfile& profile, domain::SwitcherRecord* record) {
  record->travel_km_max = profile.has_travel_km_max() ? profile.travel_km_max() : kTravelUsual;
  record->salary_now = profile.salary_now_cents();
  record->salary_floor = profile.salary_floor_cents();
  record->hours_min = profile.hours_min();
  record->hours_max = Or(profile.hours_max(), std::max(kHoursUsual, profile.hours_min()));
  record->study_hours = profile.has_study_hours() ? profile.study_hours() : kStudyUsual;
  record->sector_wishes = {profile.sector_wishes().begin(), profile.sector_wishes().end()};
}

StatusOr<domain::SwitcherRecord> RecordOf(const v1::SoughtProfile& profile, Day today) {
  domain::SwitcherRecord record;
  for (const std::string& skill : profile.skills()) {
    record.skills.push_back({.skill = names::LastPart(skill), .level = domain::kSkillLevelHeld});
  }
  record.qualifications = {profile.qualifications().begin(), profile.qualifications().end()};
  record.level = Or(profile.education_level(), kEducationUsual);
  record.dutch_level = Or(profile.dutch_level(), kDutchUsual);
  ReadWishes(profile, &record);
  record.available_from = today;
  if (!profile.available_from().empty()) {
    ASSIGN_OR_RETURN(record.available_from, ParseDay(profile.available_from()));
  }
  for (const auto& test : profile.tests()) {
    record.tests.push_back({.sector = test.sector(),
                            .norm = 0,
                            .score = test.score(),
                            .taken_on = today,
                            .valid_until = today});
  }
  return record;
}

std::string KeyOf(const SuggestionCut& cut) {
  return std::to_string(cut.score) + kBetween + std::to_string(cut.key) + kBetween +
         std::to_string(cut.shown) + kBetween + cut.vacancy + kBetween + cut.start;
}

// REQUIRES: KeyOf made it; tokens are signed.
SuggestionCut CutOf(const std::string& key) {
  SuggestionCut cut;
  const char* at = key.data();
  const char* const end = at + key.size();
  const auto read = [&](auto* number) {
    at = std::from_chars(at, end, *number).ptr;
    if (at != end) ++at;
  };
  read(&cut.score);
  read(&cut.key);
  read(&cut.shown);
  const char* const between = std::find(at, end, kBetween);
  cut.vacancy.assign(at, between);
  if (between != end) cut.start.assign(between + 1, end);
  return cut;
}

v1::Suggestion Encode(const Suggestion& suggestion) {
  v1::Suggestion message;
  message.set_vacancy(suggestion.vacancy);
  message.set_title(suggestion.title);
  message.set_occupation("occupations/" + suggestion.occupation);
  message.set_sector(suggestion.sector);
  message.set_start(suggestion.start.name);
  *message.mutable_score() = store::ToProto(suggestion.score);
  *message.mutable_plan() = store::ToProto(suggestion.plan);
  for (const std::string& skill : suggestion.learns) message.add_learns("skills/" + skill);
  for (const std::string& module : suggestion.exempt_modules) message.add_exempt_modules(module);
  message.set_salary_max_cents(suggestion.terms.salary_max);
  message.set_hours(suggestion.terms.hours);
  message.set_distance_hm(suggestion.terms.distance);
  message.set_start_distance_hm(suggestion.start_distance);
  message.set_has_room(suggestion.has_room);
  for (const domain::Sentence& sentence : suggestion.sentences) {
    auto* label = message.add_sentences();
    label->set_nl(sentence.nl);
    label->set_en(sentence.en);
  }
  return message;
}

}  // namespace

StatusOr<SuggestCommand> Decode(const v1::SuggestContractsRequest& request,
                                const rpc::PageTokens& tokens, Day today) {
  SuggestCommand command;
  if (request.switcher().empty() == !request.has_profile()) {
    Violations violations;
    violations.Add("profile", reasons::kEitherOr, "a switcher or a profile, one of the two");
    return std::move(violations).ToStatus();
  }
  if (request.has_profile()) {
    ASSIGN_OR_RETURN(command.profile, RecordOf(request.profile(), today));
    const auto& home = request.profile().home();
    command.home = {.postcode = home.postcode(), .x = home.x(), .y = home.y()};
  } else {
    ASSIGN_OR_RETURN(command.switcher, rpc::ParseOne<SwitcherId>(rpc::names::kSwitcher,
                                                                 request.switcher(), "switcher"));
  }
  command.limit = std::min(Or(request.page_size(), kSuggestionsDefault), kSuggestionsMax);
  command.only_with_room = request.only_with_room();
  command.distinct_occupations = request.distinct_occupations();
  if (!request.page_token().empty()) {
    ASSIGN_OR_RETURN(const rpc::PageCursor cursor,
                     tokens.Decode(request.page_token(), rpc::FilterDigest(request)));
    command.after = CutOf(cursor.last_key);
  }
  return command;
}

v1::SuggestContractsResponse Encode(const Suggested& suggested,
                                    const v1::SuggestContractsRequest& request,
                                    const rpc::PageTokens& tokens) {
  v1::SuggestContractsResponse message;
  for (const Suggestion& suggestion : suggested.suggestions) {
    *message.add_suggestions() = Encode(suggestion);
  }
  if (suggested.next.has_value()) {
    message.set_next_page_token(
        tokens.Encode({.last_key = KeyOf(*suggested.next)}, rpc::FilterDigest(request)));
  }
  FillTime(suggested.as_of, message.mutable_as_of());
  const auto add_feed = [&message](const char* name, int64_t sequence) {
    auto* feed = message.add_feeds();
    feed->set_feed(name);
    feed->set_sequence(sequence);
    feed->set_synced(true);
  };
  add_feed("vacancies", suggested.position.vacancies);
  add_feed("programmes", suggested.position.programmes);
  for (const domain::Obstacle obstacle : suggested.obstacles) {
    message.add_obstacles(std::string(domain::ObstacleName(obstacle)));
  }
  for (const domain::Sentence& sentence : suggested.sentences) {
    auto* label = message.add_sentences();
    label->set_nl(sentence.nl);
    label->set_en(sentence.en);
  }
  return message;
}

}  // namespace matchgo::scheduler
