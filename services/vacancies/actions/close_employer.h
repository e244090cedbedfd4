// Ends what an employer does here.
//
// Decides and writes apart: between the two the service asks who keeps contracts. Runs inside a
// transaction. Once none of its vacancies is published no new contract can come, so the answer
// stays true. Test: tests/unit/services/vacancies/vacancy_service_test.cc
#pragma once

#include <cstdint>
#include <optional>

#include "common/base/status.h"
#include "common/service/call.h"
#include "common/sql/transaction.h"
#include "services/vacancies/domain/employer.h"
#include "services/vacancies/store/active_employers.h"

namespace matchgo::vacancies {

struct EmployerTarget {
  EmployerId id;
  std::optional<int64_t> expected_version;
};

// The employer as it will be. NOT_FOUND, STALE, EMPLOYER_CLOSED, VACANCIES_OPEN.
StatusOr<domain::Employer> DecideCloseEmployer(sql::Tx& tx, const Call& call,
                                               const EmployerTarget& target);
// Decides again and writes. REQUIRES: none of its contracts is active.
StatusOr<domain::Employer> CloseEmployer(sql::Tx& tx, store::ActiveEmployers& active,
                                         const Call& call, const EmployerTarget& target);

}  // namespace matchgo::vacancies
