// Decides whether a vacancy may take part in matching.
//
// Runs inside a transaction and writes nothing: SaveChange does.
// Test: tests/unit/services/vacancies/vacancy_service_test.cc
#pragma once

#include "services/vacancies/actions/vacancy_change.h"

namespace matchgo::vacancies {

// NOT_FOUND, STALE, VACANCY_PUBLISHED, VACANCY_EXPIRED.
StatusOr<VacancyChange> PublishVacancy(sql::Tx& tx, const Call& call, const VacancyTarget& target);

}  // namespace matchgo::vacancies
