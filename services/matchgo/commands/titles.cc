#include "services/matchgo/commands/titles.h"

#include "services/matchgo/commands/client.h"

namespace matchgo::commands {
namespace {

using VacancyStub = vacancies::v1::VacancyService::StubInterface;
using ProgrammeStub = programmes::v1::ProgrammeService::StubInterface;

// "opleiders/o/programmes/p" of "opleiders/o/programmes/p/starts/s": `parts` words of it.
std::string Head(const std::string& name, int parts) {
  size_t end = 0;
  for (int i = 0; i < parts && end != std::string::npos; ++i) end = name.find('/', end + 1);
  return name.substr(0, end);
}

std::string LabelIn(terminal::Language language, const common::v1::Label& label) {
  return language == terminal::Language::kDutch || label.en().empty() ? label.nl() : label.en();
}

std::string Joined(const std::string& left, const std::string& right) {
  return left.empty() || right.empty() ? left + right : left + ", " + right;
}

}  // namespace

std::string LastPart(const std::string& name) { return name.substr(name.rfind('/') + 1); }

Titles::Titles(const Context& context)
    : context_(context),
      caller_(CallerOptions(context)),
      vacancies_(vacancies::v1::VacancyService::NewStub(ChannelTo(context, "vacancies"))),
      programmes_(programmes::v1::ProgrammeService::NewStub(ChannelTo(context, "programmes"))) {}

const vacancies::v1::Vacancy& Titles::VacancyOf(const std::string& name) {
  const auto [entry, fresh] = found_.try_emplace(name);
  if (!fresh) return entry->second;
  entry->second.set_title(LastPart(name));
  vacancies::v1::GetVacancyRequest request;
  request.set_name(name);
  auto reply = caller_.Unary(*vacancies_, &VacancyStub::GetVacancy, request);
  if (reply.ok()) entry->second = *std::move(reply);
  return entry->second;
}

std::string Titles::VacancyTitle(const std::string& name) { return VacancyOf(name).title(); }

std::string Titles::VacancyPlace(const std::string& name) {
  return VacancyOf(name).location().place();
}

std::string Titles::Employer(const std::string& name) {
  const auto [entry, fresh] = asked_.try_emplace(name, LastPart(name));
  if (!fresh) return entry->second;
  vacancies::v1::GetEmployerRequest request;
  request.set_name(name);
  const auto reply = caller_.Unary(*vacancies_, &VacancyStub::GetEmployer, request);
  if (reply.ok()) entry->second = reply->display_name();
  return entry->second;
}

std::string Titles::Vacancy(const std::string& name) {
  if (const auto known = asked_.find(name); known != asked_.end()) return known->second;
  const std::string text =
      Joined(Joined(VacancyTitle(name), Employer(Head(name, 2))), VacancyPlace(name));
  return asked_[name] = text;
}

std::string Titles::Occupation(const std::string& vacancy) {
  const std::string name = VacancyOf(vacancy).occupation();
  const auto [entry, fresh] = asked_.try_emplace(name, LastPart(name));
  if (!fresh || name.empty()) return entry->second;
  programmes::v1::GetOccupationRequest request;
  request.set_name(name);
  const auto reply = caller_.Unary(*programmes_, &ProgrammeStub::GetOccupation, request);
  if (reply.ok()) entry->second = LabelIn(context_.language, reply->label());
  return entry->second;
}

std::string Titles::Skill(const std::string& name) {
  const auto [entry, fresh] = asked_.try_emplace(name, LastPart(name));
  if (!fresh || name.empty()) return entry->second;
  programmes::v1::GetSkillRequest request;
  request.set_name(name);
  const auto reply = caller_.Unary(*programmes_, &ProgrammeStub::GetSkill, request);
  if (reply.ok()) entry->second = LabelIn(context_.language, reply->label());
  return entry->second;
}

std::string Titles::Start(const std::string& name) {
  if (name.empty()) return "";
  const auto [entry, fresh] = asked_.try_emplace(name, LastPart(name));
  if (!fresh) return entry->second;
  programmes::v1::GetProgrammeRequest of;
  of.set_name(Head(name, 4));
  const auto programme = caller_.Unary(*programmes_, &ProgrammeStub::GetProgramme, of);
  programmes::v1::GetOpleiderRequest by;
  by.set_name(Head(name, 2));
  const auto opleider = caller_.Unary(*programmes_, &ProgrammeStub::GetOpleider, by);
  programmes::v1::GetStartRequest which;
  which.set_name(name);
  const auto start = caller_.Unary(*programmes_, &ProgrammeStub::GetStart, which);
  std::string text = programme.ok() ? programme->title() : LastPart(name);
  if (opleider.ok()) text = Joined(text, opleider->display_name());
  if (start.ok()) {
    if (start->rhythm() == programmes::v1::Start::RHYTHM_DATE) {
      text += std::string(", ") + context_.Say("vanaf ", "from ") + start->begins_on();
    } else {
      text += std::string(", ") + context_.Say("elke maand", "every month");
    }
    text = Joined(text, start->location().place());
  }
  return entry->second = text;
}

std::string Titles::Known(const std::string& name) {
  std::string title;
  if (name.starts_with("employers/")) {
    title = name.find("/vacancies/") == std::string::npos ? Employer(name) : Vacancy(name);
  } else if (name.find("/starts/") != std::string::npos) {
    title = Start(name);
  }
  return title == LastPart(name) ? "" : title;
}

}  // namespace matchgo::commands
