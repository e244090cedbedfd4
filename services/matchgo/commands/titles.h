// Titles: what the names of vacancies, starts, occupations and skills stand for, asked once each.
//
// Falls back to the id where the neighbour cannot be asked or the caller may not see the record, so
// an explanation never fails for want of a title. Blocking.
// tests/unit/services/matchgo/commands/commands_test.cc
#pragma once

#include <map>
#include <string>

#include "common/rpc/channel.h"
#include "matchgo/programmes/v1/programme.pb.h"
#include "matchgo/programmes/v1/programme_service.grpc.pb.h"
#include "matchgo/vacancies/v1/vacancy.pb.h"
#include "matchgo/vacancies/v1/vacancy_service.grpc.pb.h"
#include "services/matchgo/commands/context.h"

namespace matchgo::commands {

class Titles {
 public:
  explicit Titles(const Context& context);

  // "Monteur in opleiding, Installatiebedrijf Utrecht, Utrecht".
  std::string Vacancy(const std::string& name);
  std::string Employer(const std::string& name);
  std::string VacancyTitle(const std::string& name);
  std::string VacancyPlace(const std::string& name);
  // The occupation of a vacancy, in the language of the reader.
  std::string Occupation(const std::string& vacancy);
  // "Engineering, Hogeschool West, from 2027-02-01, Utrecht"; of a direct placement "". `begins_on`
  // is the day that is meant, "" for whatever the start says of itself.
  std::string Start(const std::string& name, const std::string& begins_on = "");
  // The label of a skill, in the language of the reader.
  std::string Skill(const std::string& name);
  // What the last stage of a trajectory with this start is called; "" where it is gediplomeerd.
  std::string LastStage(const std::string& start);
  // What a name stands for, if it is one of these; else "".
  std::string Known(const std::string& name);
  // Every name that was asked, with its title.
  const std::map<std::string, std::string>& asked() const { return asked_; }

 private:
  // A start with what it teaches, and who.
  struct Teaching {
    std::string title;
    programmes::v1::Start start;
  };
  const vacancies::v1::Vacancy& VacancyOf(const std::string& name);
  const Teaching& TeachingOf(const std::string& start);
  std::string BeginningOf(const programmes::v1::Start& start, const std::string& begins_on) const;
  std::string PlaceOf(const programmes::v1::Start& start) const;

  const Context& context_;
  rpc::Caller caller_;
  const std::unique_ptr<vacancies::v1::VacancyService::Stub> vacancies_;
  const std::unique_ptr<programmes::v1::ProgrammeService::Stub> programmes_;
  std::map<std::string, vacancies::v1::Vacancy> found_;
  std::map<std::string, Teaching> taught_;
  std::map<std::string, std::string> asked_;
};

// "v" of "employers/e/vacancies/v".
std::string LastPart(const std::string& name);

}  // namespace matchgo::commands
