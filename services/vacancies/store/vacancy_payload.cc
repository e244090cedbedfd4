#include "services/vacancies/store/vacancy_payload.h"

#include <google/protobuf/arena.h>
#include <google/protobuf/timestamp.pb.h>

#include <cstddef>
#include <string_view>
#include <vector>

#include "common/base/status_macros.h"
#include "common/kernel/day.h"
#include "common/kernel/resource_patterns.h"
#include "common/time/instant.h"
#include "common/time/timestamp.h"

namespace matchgo::vacancies::store {
namespace {

Day DayIn(const std::string& text) {
  const StatusOr<Day> day = ParseDay(text);
  return day.ok() ? *day : Day();
}

// The id that ends a name: "occupations/o1" -> "o1".
template <class AnyId>
AnyId LastIdIn(const std::string& name) {
  return AnyId(names::LastPart(name));
}

template <class AnyId, class Names>
std::vector<AnyId> IdsIn(const Names& names) {
  std::vector<AnyId> ids;
  ids.reserve(static_cast<size_t>(names.size()));
  for (const std::string& name : names) ids.push_back(LastIdIn<AnyId>(name));
  return ids;
}

template <class AnyId, class Names>
void SetNames(std::string_view collection, const std::vector<AnyId>& ids, Names* names) {
  names->Clear();
  for (const AnyId& id : ids) {
    names->Add()->append(collection).append(id.value());
  }
}

void SetLocation(const Location& location, common::v1::Location* message) {
  message->set_postcode(location.postcode);
  message->set_place(location.place);
  message->set_x(location.x);
  message->set_y(location.y);
}

Location LocationIn(const common::v1::Location& message) {
  return {
      .postcode = message.postcode(), .place = message.place(), .x = message.x(), .y = message.y()};
}

void SetRequirements(const domain::Requirements& requirements, v1::Requirements* message) {
  SetNames("skills/", requirements.day_one, message->mutable_day_one_skills());
  SetNames("skills/", requirements.learnable, message->mutable_learnable_skills());
  SetNames("skills/", requirements.nice, message->mutable_nice_skills());
  message->set_dutch_level(requirements.dutch_level);
}

domain::Requirements RequirementsIn(const v1::Requirements& message) {
  return {.day_one = IdsIn<SkillId>(message.day_one_skills()),
          .learnable = IdsIn<SkillId>(message.learnable_skills()),
          .nice = IdsIn<SkillId>(message.nice_skills()),
          .dutch_level = message.dutch_level()};
}

// Starts from what is stored, so that fields of a newer version stay.
template <class Message, class Value>
std::string Encode(const Value& value, const std::string& before) {
  alignas(std::max_align_t) char block[4000];  // most records need no more
  google::protobuf::Arena arena(block, sizeof(block));
  Message& message = *google::protobuf::Arena::CreateMessage<Message>(&arena);
  if (!before.empty() && !message.ParseFromString(before)) message.Clear();
  ToMessage(value, &message);
  return message.SerializeAsString();
}

template <class Message>
StatusOr<Message> Decode(const std::string& payload) {
  Message message;
  if (!message.ParseFromString(payload)) return Internal("a stored payload can't be read");
  return message;
}

}  // namespace

void ToMessage(const domain::Employer& employer, v1::Employer* message) {
  message->set_state(static_cast<v1::Employer::State>(employer.state));
  message->set_display_name(employer.display_name);
  message->set_kvk_number(employer.kvk_number);
  message->set_sector(employer.sector);
  if (employer.location.known()) {
    SetLocation(employer.location, message->mutable_location());
  } else {
    message->clear_location();
  }
  FillTime(employer.created, message->mutable_create_time());
  FillTime(employer.updated, message->mutable_update_time());
}

void ToMessage(const domain::Vacancy& vacancy, v1::Vacancy* message) {
  message->set_title(vacancy.title);
  message->set_description(vacancy.description);
  message->set_occupation("occupations/" + vacancy.occupation.value());
  message->set_sector(vacancy.sector);
  message->set_openings(vacancy.openings);
  SetRequirements(vacancy.requirements, message->mutable_requirements());
  SetLocation(vacancy.location, message->mutable_location());
  message->set_salary_min_cents(vacancy.salary_min_cents);
  message->set_salary_max_cents(vacancy.salary_max_cents);
  message->set_hours_min(vacancy.hours_min);
  message->set_hours_max(vacancy.hours_max);
  message->set_start_from(vacancy.start_from.has_value() ? FormatDay(*vacancy.start_from) : "");
  message->set_ready_by(FormatDay(vacancy.ready_by));
  message->set_contract_form(static_cast<v1::Vacancy::ContractForm>(vacancy.contract_form));
  message->set_qualification(vacancy.qualification);
  message->set_guidance_capacity(vacancy.guidance_capacity);
  SetNames("opleiders/", vacancy.accepted_opleiders, message->mutable_accepted_opleiders());
  message->set_external_reference(vacancy.external_reference);
  message->set_expires_on(FormatDay(vacancy.expires_on));
  message->set_state(static_cast<v1::Vacancy::State>(vacancy.state));
  FillTime(vacancy.created, message->mutable_create_time());
  FillTime(vacancy.updated, message->mutable_update_time());
}

domain::Employer FromMessage(const v1::Employer& message) {
  return {.id = {},
          .display_name = message.display_name(),
          .kvk_number = message.kvk_number(),
          .sector = message.sector(),
          .location = LocationIn(message.location()),
          .state = message.state() == v1::Employer::STATE_CLOSED ? domain::EmployerState::kClosed
                                                                 : domain::EmployerState::kActive,
          .created = DecodeTime(message.create_time()),
          .updated = DecodeTime(message.update_time())};
}

domain::Vacancy FromMessage(const v1::Vacancy& message) {
  domain::Vacancy vacancy;
  vacancy.title = message.title();
  vacancy.description = message.description();
  vacancy.occupation = LastIdIn<OccupationId>(message.occupation());
  vacancy.sector = message.sector();
  vacancy.openings = message.openings();
  vacancy.requirements = RequirementsIn(message.requirements());
  vacancy.location = LocationIn(message.location());
  vacancy.salary_min_cents = message.salary_min_cents();
  vacancy.salary_max_cents = message.salary_max_cents();
  vacancy.hours_min = message.hours_min();
  vacancy.hours_max = message.hours_max();
  if (!message.start_from().empty()) vacancy.start_from = DayIn(message.start_from());
  vacancy.ready_by = DayIn(message.ready_by());
  vacancy.contract_form = static_cast<domain::ContractForm>(message.contract_form());
  vacancy.qualification = message.qualification();
  vacancy.guidance_capacity = message.guidance_capacity();
  vacancy.accepted_opleiders = IdsIn<OpleiderId>(message.accepted_opleiders());
  vacancy.external_reference = message.external_reference();
  vacancy.expires_on = DayIn(message.expires_on());
  vacancy.state = static_cast<domain::State>(message.state());
  vacancy.created = DecodeTime(message.create_time());
  vacancy.updated = DecodeTime(message.update_time());
  return vacancy;
}

std::string EncodePayload(const domain::Employer& employer, const std::string& before) {
  return Encode<v1::Employer>(employer, before);
}
std::string EncodePayload(const domain::Vacancy& vacancy, const std::string& before) {
  return Encode<v1::Vacancy>(vacancy, before);
}

StatusOr<domain::Employer> DecodeEmployer(const std::string& payload) {
  ASSIGN_OR_RETURN(const v1::Employer message, Decode<v1::Employer>(payload));
  return FromMessage(message);
}
StatusOr<domain::Vacancy> DecodeVacancy(const std::string& payload) {
  ASSIGN_OR_RETURN(const v1::Vacancy message, Decode<v1::Vacancy>(payload));
  return FromMessage(message);
}

}  // namespace matchgo::vacancies::store
