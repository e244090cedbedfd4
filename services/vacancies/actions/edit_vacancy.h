// Decides what an edit makes of a vacancy.
//
// Runs inside a transaction and writes nothing: SaveChange does, after seats that it takes away
// were released. Test: tests/unit/services/vacancies/vacancy_service_test.cc
#pragma once

#include <functional>

#include "services/vacancies/actions/vacancy_change.h"

namespace matchgo::vacancies {

struct EditVacancyCommand {
  VacancyTarget target;
  // What the record shall be, from what it is.
  std::function<StatusOr<domain::Vacancy>(const domain::Vacancy& current)> change;
};

// NOT_FOUND, STALE, VACANCY_CLOSED, and what Validate says.
StatusOr<VacancyChange> EditVacancy(sql::Tx& tx, const Call& call,
                                    const EditVacancyCommand& command);

}  // namespace matchgo::vacancies
