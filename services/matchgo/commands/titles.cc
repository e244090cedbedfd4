#include "services/matchgo/commands/titles.h"

#include <algorithm>

#include "services/matchgo/commands/client.h"
#include "services/matchgo/demo/words.h"

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

const Titles::Teaching& Titles::TeachingOf(const std::string& start) {
  const auto [entry, fresh] = taught_.try_emplace(start);
  Teaching& teaching = entry->second;
  if (!fresh) return teaching;
  programmes::v1::GetProgrammeRequest of;
  of.set_name(Head(start, 4));
  const auto programme = caller_.Unary(*programmes_, &ProgrammeStub::GetProgramme, of);
  programmes::v1::GetOpleiderRequest by;
  by.set_name(Head(start, 2));
  const auto opleider = caller_.Unary(*programmes_, &ProgrammeStub::GetOpleider, by);
  programmes::v1::GetStartRequest which;
  which.set_name(start);
  auto found = caller_.Unary(*programmes_, &ProgrammeStub::GetStart, which);
  teaching.title = programme.ok() ? programme->title() : LastPart(start);
  if (opleider.ok()) teaching.title = Joined(teaching.title, opleider->display_name());
  if (found.ok()) teaching.start = *std::move(found);
  return teaching;
}

std::string Titles::BeginningOf(const programmes::v1::Start& start,
                                const std::string& begins_on) const {
  using programmes::v1::Start;
  const std::string& day = begins_on.empty() ? start.begins_on() : begins_on;
  if (day.empty()) return "";
  if (start.rhythm() == Start::RHYTHM_ROLLING && begins_on.empty()) {
    return context_.Say("elke maand", "every month");
  }
  const bool waits = start.rhythm() == Start::RHYTHM_AT_MINIMUM && start.promised_on().empty();
  return (waits ? context_.Say("uiterlijk vanaf ", "at the latest from ")
                : context_.Say("vanaf ", "from ")) +
         day;
}

// Where nobody travels to it, its place says nothing.
std::string Titles::PlaceOf(const programmes::v1::Start& start) const {
  using programmes::v1::Start;
  const auto& ways = start.delivery();
  const auto travels = [](int way) {
    return way != Start::DELIVERY_ONLINE && way != Start::DELIVERY_SELF_STUDY;
  };
  if (ways.empty() || std::any_of(ways.begin(), ways.end(), travels)) {
    return start.location().place();
  }
  const bool online = std::find(ways.begin(), ways.end(), Start::DELIVERY_ONLINE) != ways.end();
  return online ? "online" : context_.Say("zelfstudie", "self-study");
}

std::string Titles::Start(const std::string& name, const std::string& begins_on) {
  if (name.empty()) return "";
  const Teaching& teaching = TeachingOf(name);
  const std::string place = PlaceOf(teaching.start);
  const auto titled = [&](const std::string& day) {
    return Joined(Joined(teaching.title, BeginningOf(teaching.start, day)), place);
  };
  asked_[name] = titled("");
  return titled(begins_on);
}

std::string Titles::LastStage(const std::string& start) {
  if (start.empty()) return "";
  programmes::v1::GetProgrammeRequest of;
  of.set_name(Head(start, 4));
  const auto programme = caller_.Unary(*programmes_, &ProgrammeStub::GetProgramme, of);
  if (!programme.ok()) return "";
  switch (programme->degree()) {
    case programmes::v1::Programme::DEGREE_MICROCREDENTIAL:
    case programmes::v1::Programme::DEGREE_CERTIFICATE:
      return demo::EndWord(programme->degree(), context_.language);
    default:
      return "";
  }
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
