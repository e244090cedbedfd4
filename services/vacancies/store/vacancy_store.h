// All SQL of vacancies and employers, inside one transaction.
//
// Knows rows, not rules: it neither decides nor appends events. A record that is not there is
// NOT_FOUND; a save that finds another version than the one before is STALE. Lives as long as its
// Tx. Test: tests/unit/services/vacancies/vacancy_store_test.cc
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "common/base/status.h"
#include "common/kernel/ids.h"
#include "common/sql/transaction.h"
#include "services/vacancies/domain/employer.h"
#include "services/vacancies/domain/vacancy.h"

namespace matchgo::vacancies::store {

// What to list and what the caller may see of it. Empty fields do not filter.
struct VacancyFilter {
  std::optional<EmployerId> employer = {};
  std::optional<domain::State> state = {};
  std::string sector = {};
  OccupationId occupation = {};
  std::string external_reference = {};
  bool sees_all = false;    // drafts and closed vacancies of everybody
  EmployerId sees_of = {};  // and of this employer
};

// The place in a listing after which to go on. Vacancies are in order of employer and id.
struct VacancyKey {
  EmployerId employer;
  VacancyId id;
};

class VacancyStore {
 public:
  explicit VacancyStore(sql::Tx& tx) : tx_(tx) {}

  StatusOr<domain::Employer> GetEmployer(const EmployerId& id);
  // Nothing if there is no such employer.
  StatusOr<std::optional<domain::EmployerState>> StateOfEmployer(const EmployerId& id);
  // Whether one of its vacancies takes part.
  StatusOr<bool> HasPublished(const EmployerId& id);
  StatusOr<std::vector<domain::Employer>> ListEmployers(const std::string& sector,
                                                        const EmployerId& after, int limit);
  Status InsertEmployer(const domain::Employer& employer);
  Status UpdateEmployer(const domain::Employer& employer);

  // An empty employer is any: for reads.
  StatusOr<domain::Vacancy> GetVacancy(const EmployerId& employer, const VacancyId& id);
  StatusOr<std::optional<domain::Vacancy>> FindByReference(const EmployerId& employer,
                                                           const std::string& reference);
  StatusOr<std::vector<domain::Vacancy>> ListVacancies(const VacancyFilter& filter,
                                                       const VacancyKey& after, int limit);
  // Whether it was inserted: false if another vacancy of the employer has the reference. With the
  // payload made before, away from the writer, and the sequence beside it, so that nothing is
  // copied there.
  StatusOr<bool> InsertIfNew(const domain::Vacancy& vacancy, int64_t sequence,
                             const std::string& payload);
  Status UpdateVacancy(const domain::Vacancy& vacancy);

 private:
  StatusOr<std::vector<domain::Vacancy>> ListOfEmployer(const VacancyFilter& filter,
                                                        const VacancyId& after, int limit);

  sql::Tx& tx_;
};

}  // namespace matchgo::vacancies::store
