// Registers an employer.
//
// Runs inside a write transaction. Its id becomes the tenant of the employer's people.
// Test: tests/unit/services/vacancies/vacancy_service_test.cc
#pragma once

#include "common/base/status.h"
#include "common/random/random.h"
#include "common/service/call.h"
#include "common/sql/transaction.h"
#include "services/vacancies/domain/employer.h"

namespace matchgo::vacancies {

StatusOr<domain::Employer> CreateEmployer(sql::Tx& tx, const Call& call, Entropy& entropy,
                                          domain::Employer content);

}  // namespace matchgo::vacancies
