// A change of a vacancy that was decided and is not yet written.
//
// Deciding and writing are apart because seats are released in between, outside any transaction:
// the verbs (edit, publish, close) decide, SaveChange writes. Runs inside a transaction.
// Test: tests/unit/services/vacancies/vacancy_service_test.cc
#pragma once

#include <cstdint>
#include <optional>

#include "common/base/status.h"
#include "common/service/call.h"
#include "common/sql/transaction.h"
#include "services/vacancies/domain/vacancy.h"

namespace matchgo::vacancies {

// Which vacancy, and the version it must still have.
struct VacancyTarget {
  EmployerId employer;
  VacancyId id;
  std::optional<int64_t> expected_version;
};

struct VacancyChange {
  domain::Vacancy current;
  domain::Vacancy next;
  const char* kind;  // of the event
};

// The vacancy, if the caller may change it. NOT_FOUND, EMPLOYER_CLOSED, STALE.
StatusOr<domain::Vacancy> LoadForChange(sql::Tx& tx, const Call& call, const VacancyTarget& target);

// Appends the event and stores the next version. A change that changes nothing writes nothing.
// EXISTS, STALE. REQUIRES: a write transaction.
StatusOr<domain::Vacancy> SaveChange(sql::Tx& tx, VacancyChange change);

}  // namespace matchgo::vacancies
