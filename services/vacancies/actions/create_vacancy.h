// Writes a new vacancy of an employer, as a draft or published at once.
//
// MakeVacancy and PrepareVacancy do all that needs no store, so that the writer only writes;
// SaveNewVacancy runs inside a write transaction, with one event either way.
// Test: tests/unit/services/vacancies/vacancy_service_test.cc
#pragma once

#include <cstdint>
#include <string>

#include "common/base/status.h"
#include "common/random/random.h"
#include "common/service/call.h"
#include "common/sql/transaction.h"
#include "services/vacancies/domain/vacancy.h"
#include "services/vacancies/store/active_employers.h"

namespace matchgo::vacancies {

struct CreateVacancyCommand {
  domain::Vacancy content;  // with its employer
  bool publish = false;
};

// A vacancy ready to be inserted; only its sequence is missing.
struct NewVacancy {
  domain::Vacancy vacancy;
  std::string payload;
};

// NOT_FOUND (the employer is out of reach), VACANCY_EXPIRED, and what Validate says. Thread-safe.
StatusOr<domain::Vacancy> MakeVacancy(const Call& call, Entropy& entropy,
                                      CreateVacancyCommand command);

// The same with its payload.
StatusOr<NewVacancy> PrepareVacancy(const Call& call, Entropy& entropy,
                                    CreateVacancyCommand command);

// Its sequence. NOT_FOUND (the employer), EMPLOYER_CLOSED, EXISTS (its reference).
StatusOr<int64_t> SaveNewVacancy(sql::Tx& tx, store::ActiveEmployers& active,
                                 const NewVacancy& fresh);

}  // namespace matchgo::vacancies
