// Changes what an employer says about itself.
//
// Runs inside a write transaction. An edit that says nothing new makes no version and no event.
// Test: tests/unit/services/vacancies/vacancy_service_test.cc
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "common/base/status.h"
#include "common/service/call.h"
#include "common/sql/transaction.h"
#include "services/vacancies/domain/employer.h"

namespace matchgo::vacancies {

struct EditEmployerCommand {
  EmployerId id;
  std::optional<int64_t> expected_version;
  // What the record shall be, from what it is.
  std::function<StatusOr<domain::Employer>(const domain::Employer& current)> change;
};

// NOT_FOUND, STALE, EMPLOYER_CLOSED, POSTCODE_UNKNOWN.
StatusOr<domain::Employer> EditEmployer(sql::Tx& tx, const Call& call,
                                        const EditEmployerCommand& command);

}  // namespace matchgo::vacancies
