#include "services/scheduler/clients/grpc_records.h"

#include <google/protobuf/timestamp.pb.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "common/kernel/day.h"
#include "common/kernel/resource_patterns.h"
#include "common/time/timestamp.h"
#include "services/scheduler/domain/market_ids.h"

namespace matchgo::scheduler {
namespace {

// Reads dates and remembers whether all of them could be read.
class Dates {
 public:
  Day Read(const std::string& text) {
    const StatusOr<Day> day = ParseDay(text);
    if (day.ok()) return *day;
    ok_ = false;
    return Day();
  }
  std::optional<Day> ReadIfAny(const std::string& text) {
    if (text.empty()) return std::nullopt;
    return Read(text);
  }
  bool ok() const { return ok_; }

 private:
  bool ok_ = true;
};

template <class Names>
std::vector<std::string> LastParts(const Names& names) {
  std::vector<std::string> ids;
  for (const auto& name : names) ids.push_back(names::LastPart(name));
  return ids;
}

// Those that do not depend on the day; the others are found again on the day of the freeze.
std::optional<domain::Obstacle> StandingObstacle(int obstacle) {
  switch (obstacle) {
    case profiles::v1::MATCHING_OBSTACLE_EDUCATION:
      return domain::Obstacle::kEducation;
    case profiles::v1::MATCHING_OBSTACLE_NO_EXPERIENCE:
      return domain::Obstacle::kNoExperience;
    case profiles::v1::MATCHING_OBSTACLE_LANGUAGE:
      return domain::Obstacle::kLanguage;
    case profiles::v1::MATCHING_OBSTACLE_WITHDRAWN:
      return domain::Obstacle::kWithdrawn;
    case profiles::v1::MATCHING_OBSTACLE_NO_LOCATION:
      return domain::Obstacle::kNoLocation;
    default:
      return std::nullopt;
  }
}

void ReadProfile(const profiles::v1::MatchingProfile& profile, Dates& dates,
                 domain::SwitcherRecord* record) {
  for (const auto& education : profile.education()) {
    if (education.has_year()) record->level = std::max(record->level, education.nlqf_level());
  }
  for (const auto& skill : profile.skills()) {
    record->skills.push_back({.skill = names::LastPart(skill.skill()), .level = skill.level()});
  }
  record->qualifications = {profile.qualifications().begin(), profile.qualifications().end()};
  record->salary_now = profile.salary_now_cents();
  record->salary_floor = profile.salary_floor_cents();
  record->hours_min = profile.hours_min();
  record->hours_max = profile.hours_max();
  record->study_hours = profile.study_hours();
  record->available_from = dates.Read(profile.available_from());
  record->x = profile.home().x();
  record->y = profile.home().y();
  record->travel_km_max = profile.travel_km_max();
  record->sector_wishes = {profile.sector_wishes().begin(), profile.sector_wishes().end()};
  for (const auto& test : profile.tests()) {
    record->tests.push_back({.sector = test.sector(),
                             .norm = test.norm(),
                             .score = test.score(),
                             .taken_on = dates.Read(test.taken_on()),
                             .valid_until = dates.Read(test.valid_until())});
  }
  for (const auto& language : profile.languages()) {
    if (language.language() == "nl") {
      record->dutch_level = std::max(record->dutch_level, static_cast<int32_t>(language.level()));
    }
  }
  record->employed = profile.employed();
  record->notice_days = profile.notice_days();
  for (const auto& consent : profile.consents()) {
    if (consent.purpose() != profiles::v1::Consent::PURPOSE_MATCHING) continue;
    record->matching_consents.push_back({.given_on = dates.Read(consent.given_on()),
                                         .withdrawn_on = dates.ReadIfAny(consent.withdrawn_on())});
  }
}

engine::Recognition RecognitionOf(programmes::v1::Module::Recognition recognition) {
  switch (recognition) {
    case programmes::v1::Module::RECOGNITION_EXEMPT:
      return engine::Recognition::kExempt;
    case programmes::v1::Module::RECOGNITION_ACCELERATE:
      return engine::Recognition::kAccelerate;
    default:
      return engine::Recognition::kNone;
  }
}

bool NobodyTravelsTo(const programmes::v1::Start& start) {
  if (start.delivery().empty()) return !start.has_location();
  return std::all_of(start.delivery().begin(), start.delivery().end(), [](int way) {
    return way == programmes::v1::Start::DELIVERY_ONLINE ||
           way == programmes::v1::Start::DELIVERY_SELF_STUDY;
  });
}

}  // namespace

std::optional<domain::SwitcherRecord> RecordOf(const profiles::v1::Switcher& switcher) {
  Dates dates;
  domain::SwitcherRecord record;
  record.id = names::LastPart(switcher.name());
  record.partner = switcher.partner();
  for (const int obstacle : switcher.obstacles()) {
    const auto standing = StandingObstacle(obstacle);
    if (standing.has_value()) record.standing.push_back(*standing);
  }
  if (switcher.state() == profiles::v1::Switcher::STATE_WITHDRAWN) {
    record.standing.push_back(domain::Obstacle::kWithdrawn);
  }
  record.last_confirmed = dates.Read(switcher.last_confirmed());
  record.registered_on = DayOf(Instant::FromMicros(switcher.create_time().seconds() * 1'000'000));
  ReadProfile(switcher.profile(), dates, &record);
  record.sequence = switcher.sequence();
  if (!dates.ok()) return std::nullopt;
  return record;
}

std::optional<domain::VacancyRecord> RecordOf(const vacancies::v1::Vacancy& vacancy) {
  Dates dates;
  domain::VacancyRecord record;
  record.name = vacancy.name();
  record.title = vacancy.title();
  record.published = vacancy.state() == vacancies::v1::Vacancy::STATE_PUBLISHED;
  record.occupation = names::LastPart(vacancy.occupation());
  record.sector = vacancy.sector();
  record.openings = vacancy.openings();
  record.guidance_capacity = vacancy.guidance_capacity();
  record.day_one_skills = LastParts(vacancy.requirements().day_one_skills());
  record.learnable_skills = LastParts(vacancy.requirements().learnable_skills());
  record.nice_skills = LastParts(vacancy.requirements().nice_skills());
  record.dutch_level = vacancy.requirements().dutch_level();
  record.qualification = vacancy.qualification();
  record.accepted_opleiders = LastParts(vacancy.accepted_opleiders());
  record.x = vacancy.location().x();
  record.y = vacancy.location().y();
  record.salary_max = vacancy.salary_max_cents();
  record.hours = vacancy.hours_max();
  record.start_from = dates.ReadIfAny(vacancy.start_from());
  record.ready_by = dates.Read(vacancy.ready_by());
  record.expires_on = dates.Read(vacancy.expires_on());
  record.sequence = vacancy.sequence();
  if (!dates.ok()) return std::nullopt;
  return record;
}

std::optional<domain::ProgrammeRecord> RecordOf(const programmes::v1::Programme& programme) {
  domain::ProgrammeRecord record;
  record.name = programme.name();
  record.title = programme.title();
  record.active = programme.state() == programmes::v1::Programme::STATE_ACTIVE;
  record.entry_level = programme.entry_level();
  record.occupations = LastParts(programme.occupations());
  record.awards = {programme.awards().begin(), programme.awards().end()};
  for (const auto& module : programme.modules()) {
    record.modules.push_back(
        {.id = module.id(),
         .skills = LastParts(module.skills()),
         .hours = module.study_hours(),
         .core = module.core(),
         .recognition = RecognitionOf(module.recognition()),
         .after = {module.prerequisites().begin(), module.prerequisites().end()}});
  }
  record.sequence = programme.sequence();
  return record;
}

std::optional<domain::StartRecord> RecordOf(const programmes::v1::Start& start) {
  Dates dates;
  domain::StartRecord record;
  record.name = start.name();
  record.state = start.state() == programmes::v1::Start::STATE_OPEN ? domain::StartState::kOpen
                 : start.state() == programmes::v1::Start::STATE_CLOSED
                     ? domain::StartState::kClosed
                     : domain::StartState::kCancelled;
  record.rhythm = start.rhythm() == programmes::v1::Start::RHYTHM_ROLLING ? domain::Rhythm::kRolling
                  : start.rhythm() == programmes::v1::Start::RHYTHM_AT_MINIMUM
                      ? domain::Rhythm::kAtMinimum
                      : domain::Rhythm::kDate;
  record.begins_on = dates.Read(start.begins_on());
  record.decides_on = dates.ReadIfAny(start.decides_on());
  record.capacity = start.capacity();
  record.minimum = start.minimum();
  record.online = NobodyTravelsTo(start);
  record.groups_only = start.sign_up() == programmes::v1::Start::SIGN_UP_GROUP;
  record.x = start.location().x();
  record.y = start.location().y();
  record.sequence = start.sequence();
  if (!dates.ok()) return std::nullopt;
  return record;
}

std::optional<domain::DepartureRecord> RecordOf(const trajectories::v1::Trajectory& trajectory) {
  if (!trajectory.has_exit()) return std::nullopt;
  constexpr std::string_view kPrefix = "EXIT_REASON_";
  domain::DepartureRecord record;
  record.switcher = names::LastPart(trajectory.switcher());
  record.contract = names::LastPart(trajectory.contract());
  record.reason = trajectories::v1::ExitReason_Name(trajectory.exit().reason());
  if (record.reason.starts_with(kPrefix)) record.reason.erase(0, kPrefix.size());
  record.actor = trajectory.exit().actor();
  record.left = DecodeTime(trajectory.update_time());
  record.sequence = trajectory.sequence();
  return record;
}

}  // namespace matchgo::scheduler
