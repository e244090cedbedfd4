// Writes a new vacancy of an employer, as a draft or published at once.
//
// Runs inside a write transaction; one event either way.
// Test: tests/unit/services/vacancies/vacancy_service_test.cc
#pragma once

#include "common/base/status.h"
#include "common/random/random.h"
#include "common/service/call.h"
#include "common/sql/transaction.h"
#include "services/vacancies/domain/vacancy.h"

namespace matchgo::vacancies {

struct CreateVacancyCommand {
  domain::Vacancy content;  // with its employer
  bool publish = false;
};

// NOT_FOUND (the employer), EXISTS (its reference), VACANCY_EXPIRED, and what Validate says.
StatusOr<domain::Vacancy> CreateVacancy(sql::Tx& tx, const Call& call, Entropy& entropy,
                                        CreateVacancyCommand command);

}  // namespace matchgo::vacancies
