// The nouns of the command line: which service keeps them, and what a table of them shows.
//
// The verbs come from the methods of the service (ListVacancies -> `vacancy list`), so a new RPC is
// a new verb without any code here. Constants. Test:
// tests/unit/services/matchgo/commands/commands_test.cc
#pragma once

#include <string>
#include <vector>

#include "services/matchgo/terminal/terminal.h"

namespace matchgo::commands {

// kId: the last id of a name. kName: all of it, in the last column; below the row where the line is
// full. Both are whole: the next command needs them. kWords: of an enum, cut when the line is full;
// kEnum: whole.
enum class Form { kText, kName, kId, kDate, kEnum, kWords, kEuros, kNumber };

struct Shown {
  const char* path;  // "profile.home.place"
  const char* nl;
  const char* en;
  Form form = Form::kText;
};

struct Noun {
  const char* word;  // "vacancy"
  const char* nl;    // what it is, for --help
  const char* en;
  const char* service;   // "matchgo.vacancies.v1.VacancyService"
  const char* singular;  // "Vacancy", as in GetVacancy
  const char* plural;    // "Vacancies", as in ListVacancies
  std::vector<Shown> columns;
  const char* also = "";  // another plural: "Outcomes", as in ConfirmOutcomes
};

const std::vector<Noun>& Nouns();

// The noun of "vacancies" in a name; null when there is none.
const Noun* NounOf(const std::string& collection);

}  // namespace matchgo::commands
