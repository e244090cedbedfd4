// Decides whether a vacancy may be taken out of matching.
//
// Runs inside a transaction and writes nothing: SaveChange does, after its seats were released.
// Test: tests/unit/services/vacancies/vacancy_service_test.cc
#pragma once

#include "services/vacancies/actions/vacancy_change.h"

namespace matchgo::vacancies {

// NOT_FOUND, STALE, VACANCY_CLOSED.
StatusOr<VacancyChange> CloseVacancy(sql::Tx& tx, const Call& call, const VacancyTarget& target);

}  // namespace matchgo::vacancies
