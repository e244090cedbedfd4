// Loads a batch of vacancies: new ones are made, known references are changed.
//
// PrepareRow does all that needs no store, so that the writer only writes; ImportBatch runs inside
// one write transaction. A row that is refused leaves the others standing.
// Test: tests/unit/services/vacancies/import_vacancies_test.cc
#pragma once

#include <string>
#include <vector>

#include "common/base/status.h"
#include "common/random/random.h"
#include "common/service/call.h"
#include "common/sql/transaction.h"
#include "services/vacancies/actions/create_vacancy.h"
#include "services/vacancies/domain/vacancy.h"

namespace matchgo::vacancies {

// A row ready to be inserted, or the reason why it will not be.
struct ImportRow {
  Status refused;
  NewVacancy fresh;  // as it will be if its reference is new
};

struct ImportBatch {
  std::vector<ImportRow> rows;
  bool publish = false;
};

enum class ImportOutcome { kCreated, kUpdated, kUnchanged, kRefused };

struct ImportResult {
  ImportOutcome outcome = ImportOutcome::kRefused;
  std::string name;  // of the vacancy; empty if refused
  Status refused;
};

// `content` has its employer. Thread-safe.
ImportRow PrepareRow(const Call& call, Entropy& entropy, domain::Vacancy content, bool publish);

// One result per row, in order. An error means that nothing of the batch was kept.
StatusOr<std::vector<ImportResult>> ImportVacancies(sql::Tx& tx, const Call& call,
                                                    const ImportBatch& batch);

}  // namespace matchgo::vacancies
