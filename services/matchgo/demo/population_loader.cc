#include "services/matchgo/demo/population_loader.h"

#include <grpcpp/client_context.h>

#include <algorithm>

#include "common/base/status_macros.h"
#include "matchgo/profiles/v1/profile_service.grpc.pb.h"
#include "matchgo/vacancies/v1/vacancy_service.grpc.pb.h"

namespace matchgo::demo {
namespace {

namespace prof = profiles::v1;
namespace vac = vacancies::v1;

constexpr size_t kPeoplePerCall = 100;
constexpr size_t kVacanciesPerMessage = 100;

rpc::Caller::Options As(Role role, std::string id, std::string tenant,
                        const std::stop_token& stop) {
  rpc::Caller::Options options;
  options.stop = stop;
  options.principal = {.role = role, .id = std::move(id), .tenant = TenantId(std::move(tenant))};
  options.deadline = std::chrono::seconds(60);
  return options;
}

void EncodeSpot(const Spot& spot, common::v1::Location* location) {
  location->set_postcode(spot.postcode);
  location->set_place(spot.place);
  location->set_x(spot.grid.x);
  location->set_y(spot.grid.y);
}

prof::SkillClaim::Source SourceOf(SkillSource source) {
  switch (source) {
    case SkillSource::kStated:
      return prof::SkillClaim::SOURCE_STATED;
    case SkillSource::kInferred:
      return prof::SkillClaim::SOURCE_INFERRED;
    case SkillSource::kAssessed:
      return prof::SkillClaim::SOURCE_ASSESSED;
    case SkillSource::kCredential:
      return prof::SkillClaim::SOURCE_CREDENTIAL;
  }
  return prof::SkillClaim::SOURCE_STATED;
}

prof::Consent::Purpose PurposeOf(ConsentPurpose purpose) {
  switch (purpose) {
    case ConsentPurpose::kMatching:
      return prof::Consent::PURPOSE_MATCHING;
    case ConsentPurpose::kIntroduction:
      return prof::Consent::PURPOSE_INTRODUCTION;
    case ConsentPurpose::kFollowing:
      return prof::Consent::PURPOSE_FOLLOWING;
    case ConsentPurpose::kResearch:
      return prof::Consent::PURPOSE_RESEARCH;
  }
  return prof::Consent::PURPOSE_MATCHING;
}

void EncodeBackground(const Person& person, prof::MatchingProfile* profile) {
  for (const Education& from : person.education) {
    auto* education = profile->add_education();
    education->set_nlqf_level(from.nlqf_level);
    education->set_isced_field(from.isced_field);
    education->set_title(from.title);
    education->set_year(from.year);
  }
  for (const Experience& from : person.experience) {
    auto* experience = profile->add_experience();
    experience->set_occupation("occupations/" + from.occupation);
    experience->set_from(FormatDay(from.from));
    if (from.to) experience->set_to(FormatDay(*from.to));
  }
  for (const SkillClaim& from : person.skills) {
    auto* skill = profile->add_skills();
    skill->set_skill("skills/" + from.skill);
    skill->set_level(from.level);
    skill->set_source(SourceOf(from.source));
    skill->set_evidence(from.evidence);
  }
  for (const std::string& id : person.qualifications) profile->add_qualifications(id);
  for (const SuitabilityTest& from : person.tests) {
    auto* test = profile->add_tests();
    test->set_instrument(from.instrument);
    test->set_sector(from.sector.value_or(""));
    test->set_norm(from.norm);
    test->set_score(from.score);
    test->set_taken_on(FormatDay(from.taken_on));
    test->set_valid_until(FormatDay(from.valid_until));
  }
  for (const LanguageSkill& from : person.languages) {
    auto* language = profile->add_languages();
    language->set_language(from.language);
    language->set_level(static_cast<prof::LanguageSkill::Level>(from.cefr));
  }
}

void EncodeTerms(const Person& person, prof::MatchingProfile* profile) {
  profile->set_salary_now_cents(person.salary_now_cents);
  profile->set_salary_floor_cents(person.salary_floor_cents);
  profile->set_hours_min(person.hours_min);
  profile->set_hours_max(person.hours_max);
  profile->set_study_hours(person.study_hours);
  profile->set_available_from(FormatDay(person.available_from));
  profile->set_travel_km_max(person.travel_km_max);
  profile->set_employed(person.employed);
  profile->set_notice_days(person.notice_days);
  EncodeSpot(person.home, profile->mutable_home());
  for (const std::string& sector : person.sector_wishes) profile->add_sector_wishes(sector);
  for (const Consent& from : person.consents) {
    auto* consent = profile->add_consents();
    consent->set_purpose(PurposeOf(from.purpose));
    consent->set_given_on(FormatDay(from.given_on));
    if (from.withdrawn_on) consent->set_withdrawn_on(FormatDay(*from.withdrawn_on));
  }
}

prof::Switcher EncodePerson(const Person& person) {
  prof::Switcher switcher;
  switcher.mutable_identity()->set_full_name(person.full_name);
  switcher.mutable_identity()->set_email(person.email);
  switcher.mutable_identity()->set_phone(person.phone);
  switcher.mutable_identity()->set_birth_year(person.birth_year);
  EncodeBackground(person, switcher.mutable_profile());
  EncodeTerms(person, switcher.mutable_profile());
  return switcher;
}

vac::Vacancy EncodeVacancy(const Vacancy& from, const load::LoadedCatalogue& catalogue) {
  vac::Vacancy vacancy;
  vacancy.set_title(from.title);
  vacancy.set_occupation("occupations/" + from.occupation);
  vacancy.set_sector(from.sector);
  vacancy.set_openings(from.openings);
  auto* requirements = vacancy.mutable_requirements();
  for (const auto& id : from.day_one_skills) requirements->add_day_one_skills("skills/" + id);
  for (const auto& id : from.learnable_skills) requirements->add_learnable_skills("skills/" + id);
  for (const auto& id : from.nice_skills) requirements->add_nice_skills("skills/" + id);
  requirements->set_dutch_level(from.dutch_level);
  EncodeSpot(from.location, vacancy.mutable_location());
  vacancy.set_salary_min_cents(from.salary_min_cents);
  vacancy.set_salary_max_cents(from.salary_max_cents);
  vacancy.set_hours_min(from.hours_min);
  vacancy.set_hours_max(from.hours_max);
  vacancy.set_start_from(FormatDay(from.start_from));
  vacancy.set_ready_by(FormatDay(from.ready_by));
  vacancy.set_contract_form(
      static_cast<vac::Vacancy::ContractForm>(static_cast<int>(from.contract_form) + 1));
  vacancy.set_qualification(from.qualification.value_or(""));
  vacancy.set_guidance_capacity(from.guidance_capacity);
  for (const std::string& id : from.accepted_opleiders) {
    vacancy.add_accepted_opleiders(catalogue.opleiders.at(id));
  }
  vacancy.set_external_reference(from.external_reference);
  vacancy.set_expires_on(FormatDay(from.expires_on));
  return vacancy;
}

}  // namespace

PopulationLoader::PopulationLoader(std::shared_ptr<grpc::Channel> channel,
                                   const Population& population,
                                   const load::LoadedCatalogue& catalogue,
                                   std::function<void(int64_t)> progress,
                                   const std::stop_token& stop)
    : channel_(std::move(channel)),
      population_(population),
      catalogue_(catalogue),
      progress_(std::move(progress)),
      partner_(As(Role::kPartner, "demo-frontend", "demo-frontend", stop)),
      ops_(As(Role::kOps, "demo-coordinator", "", stop)) {}

Status PopulationLoader::LoadEmployers() {
  const auto stub = vac::VacancyService::NewStub(channel_);
  for (const Employer& from : population_.employers) {
    vac::CreateEmployerRequest request;
    request.set_request_id("demo-employer-" + std::to_string(employers_.size()));
    request.mutable_employer()->set_display_name(from.name);
    request.mutable_employer()->set_kvk_number(from.kvk_number);
    request.mutable_employer()->set_sector(from.sector);
    EncodeSpot(from.location, request.mutable_employer()->mutable_location());
    ASSIGN_OR_RETURN(
        const auto employer,
        ops_.Unary(*stub, &vac::VacancyService::StubInterface::CreateEmployer, request));
    employers_.push_back(employer.name());
    progress_(1);
  }
  return absl::OkStatus();
}

Status PopulationLoader::LoadPeople(size_t from, size_t to) {
  const auto stub = prof::ProfileService::NewStub(channel_);
  for (size_t begin = from; begin < to; begin += kPeoplePerCall) {
    const size_t end = std::min(begin + kPeoplePerCall, to);
    prof::BatchCreateSwitchersRequest request;
    request.set_request_id("demo-people-" + std::to_string(begin));
    for (size_t i = begin; i < end; ++i) {
      *request.add_switchers() = EncodePerson(population_.people[i]);
    }
    ASSIGN_OR_RETURN(
        const auto reply,
        partner_.Unary(*stub, &prof::ProfileService::StubInterface::BatchCreateSwitchers, request));
    for (int i = 0; i < reply.switchers_size(); ++i) {
      order_[reply.switchers(i).name()] = static_cast<int64_t>(begin) + i;
      profiles_sequence_ = std::max(profiles_sequence_, reply.switchers(i).sequence());
    }
    progress_(reply.switchers_size());
  }
  return absl::OkStatus();
}

Status PopulationLoader::LoadVacancies(size_t from, size_t to) {
  const auto stub = vac::VacancyService::NewStub(channel_);
  grpc::ClientContext context;
  ops_.Prepare(&context);
  const auto stream = stub->ImportVacancies(&context);
  for (size_t begin = from; begin < to; begin += kVacanciesPerMessage) {
    const size_t end = std::min(begin + kVacanciesPerMessage, to);
    vac::ImportVacanciesRequest request;
    request.set_publish(true);
    request.set_request_id("demo-vacancies-" + std::to_string(begin));
    for (size_t i = begin; i < end; ++i) {
      auto* row = request.add_rows();
      row->set_parent(employers_[population_.vacancies[i].employer]);
      *row->mutable_vacancy() = EncodeVacancy(population_.vacancies[i], catalogue_);
      openings_ += population_.vacancies[i].openings;
    }
    vac::ImportVacanciesResponse reply;
    if (!stream->Write(request) || !stream->Read(&reply)) break;
    for (const auto& result : reply.results()) {
      if (result.outcome() == vac::ImportVacanciesResponse::Result::OUTCOME_REFUSED) {
        return Internal("a vacancy of the demo was refused: " + result.reason() + " at " +
                        result.field());
      }
    }
    vacancies_sequence_ = std::max(vacancies_sequence_, reply.sequence());
    progress_(static_cast<int64_t>(end - begin));
  }
  stream->WritesDone();
  return rpc::FromGrpc(stream->Finish());
}

std::vector<common::v1::FeedProgress> PopulationLoader::positions() const {
  std::vector<common::v1::FeedProgress> positions;
  for (const auto& [feed, sequence] :
       {std::pair{"profiles", profiles_sequence_}, std::pair{"vacancies", vacancies_sequence_},
        std::pair{"programmes", catalogue_.sequence}}) {
    common::v1::FeedProgress& position = positions.emplace_back();
    position.set_feed(feed);
    position.set_sequence(sequence);
  }
  return positions;
}

}  // namespace matchgo::demo
