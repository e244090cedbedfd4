#include "services/vacancies/store/vacancy_store.h"

#include <utility>

#include "common/base/status_macros.h"
#include "common/sql/query.h"
#include "services/vacancies/reasons.h"
#include "services/vacancies/store/vacancies_queries.h"
#include "services/vacancies/store/vacancy_payload.h"

namespace matchgo::vacancies::store {
namespace {

StatusOr<domain::Employer> EmployerIn(const sql::Row& row) {
  ASSIGN_OR_RETURN(const std::string payload, row.Payload(3));
  ASSIGN_OR_RETURN(domain::Employer employer, DecodeEmployer(payload));
  employer.id = EmployerId(row.Text(0));
  employer.version = row.Int(1);
  employer.sequence = row.Int(2);
  return employer;
}

StatusOr<domain::Vacancy> VacancyIn(const sql::Row& row) {
  ASSIGN_OR_RETURN(const std::string payload, row.Payload(4));
  ASSIGN_OR_RETURN(domain::Vacancy vacancy, DecodeVacancy(payload));
  vacancy.employer = EmployerId(row.Text(0));
  vacancy.id = VacancyId(row.Text(1));
  vacancy.version = row.Int(2);
  vacancy.sequence = row.Int(3);
  return vacancy;
}

template <class Record>
sql::Tx::Visitor Collect(StatusOr<Record> (*read)(const sql::Row&), std::vector<Record>* records) {
  return [read, records](const sql::Row& row) -> Status {
    ASSIGN_OR_RETURN(Record record, read(row));
    records->push_back(std::move(record));
    return absl::OkStatus();
  };
}

sql::Value ReferenceOf(const domain::Vacancy& vacancy) {
  if (vacancy.external_reference.empty()) return std::nullopt;
  return vacancy.external_reference;
}

int64_t StateOf(const domain::Vacancy& vacancy) { return static_cast<int64_t>(vacancy.state); }

// Whether what was found by its reference is also what the rest of the filter asks.
bool Passes(const domain::Vacancy& vacancy, const VacancyFilter& filter) {
  const bool seen =
      filter.sees_all || filter.sees_of == vacancy.employer || domain::IsPublic(vacancy);
  return seen && (!filter.state.has_value() || *filter.state == vacancy.state) &&
         (filter.sector.empty() || filter.sector == vacancy.sector) &&
         (filter.occupation.empty() || filter.occupation == vacancy.occupation);
}

}  // namespace

StatusOr<domain::Employer> VacancyStore::GetEmployer(const EmployerId& id) {
  std::vector<domain::Employer> found;
  RETURN_IF_ERROR(tx_.Select(kGetEmployer, {id}, Collect(EmployerIn, &found)));
  if (found.empty()) return NotFound(reasons::kNotFound);
  return std::move(found.front());
}

StatusOr<std::optional<domain::EmployerState>> VacancyStore::StateOfEmployer(const EmployerId& id) {
  std::optional<domain::EmployerState> state;
  RETURN_IF_ERROR(tx_.Select(kEmployerState, {id}, [&state](const sql::Row& row) {
    state = static_cast<domain::EmployerState>(row.Int(0));
    return absl::OkStatus();
  }));
  return state;
}

StatusOr<bool> VacancyStore::HasPublished(const EmployerId& id) {
  bool found = false;
  RETURN_IF_ERROR(tx_.Select(kHasPublished, {id}, [&found](const sql::Row&) {
    found = true;
    return absl::OkStatus();
  }));
  return found;
}

StatusOr<std::vector<domain::Employer>> VacancyStore::ListEmployers(const std::string& sector,
                                                                    const EmployerId& after,
                                                                    int limit) {
  std::vector<domain::Employer> found;
  RETURN_IF_ERROR(
      tx_.Select(kListEmployers, {after, sector, sector, limit}, Collect(EmployerIn, &found)));
  return found;
}

Status VacancyStore::InsertEmployer(const domain::Employer& employer) {
  const std::string payload = EncodePayload(employer, "");
  return tx_
      .Execute(kInsertEmployer,
               {employer.id, employer.version, employer.sequence,
                static_cast<int64_t>(employer.state), employer.sector, sql::Bytes{payload}})
      .status();
}

Status VacancyStore::UpdateEmployer(const domain::Employer& employer) {
  std::string before;
  RETURN_IF_ERROR(tx_.Select(kGetEmployer, {employer.id}, [&before](const sql::Row& row) -> Status {
    ASSIGN_OR_RETURN(before, row.Payload(3));
    return absl::OkStatus();
  }));
  const std::string payload = EncodePayload(employer, before);
  ASSIGN_OR_RETURN(
      const int64_t rows,
      tx_.Execute(kUpdateEmployer,
                  {employer.version, employer.sequence, static_cast<int64_t>(employer.state),
                   employer.sector, sql::Bytes{payload}, employer.id, employer.version - 1}));
  return rows == 1 ? absl::OkStatus() : Conflict(reasons::kStale);
}

StatusOr<domain::Vacancy> VacancyStore::GetVacancy(const EmployerId& employer,
                                                   const VacancyId& id) {
  std::vector<domain::Vacancy> found;
  RETURN_IF_ERROR(employer.empty()
                      ? tx_.Select(kFindVacancy, {id}, Collect(VacancyIn, &found))
                      : tx_.Select(kGetVacancy, {employer, id}, Collect(VacancyIn, &found)));
  if (found.empty()) return NotFound(reasons::kNotFound);
  return std::move(found.front());
}

StatusOr<std::optional<domain::Vacancy>> VacancyStore::FindByReference(
    const EmployerId& employer, const std::string& reference) {
  std::vector<domain::Vacancy> found;
  RETURN_IF_ERROR(
      tx_.Select(kFindVacancyByReference, {employer, reference}, Collect(VacancyIn, &found)));
  if (found.empty()) return std::optional<domain::Vacancy>();
  return std::optional(std::move(found.front()));
}

StatusOr<std::vector<domain::Vacancy>> VacancyStore::ListVacancies(const VacancyFilter& filter,
                                                                   const VacancyKey& after,
                                                                   int limit) {
  if (filter.employer.has_value()) return ListOfEmployer(filter, after.id, limit);
  const int64_t state = filter.state.has_value() ? static_cast<int64_t>(*filter.state) : 0;
  std::vector<domain::Vacancy> found;
  RETURN_IF_ERROR(
      tx_.Select(kListVacancies,
                 {after.employer, after.id, filter.sees_all, filter.sees_of, state, state,
                  filter.sector, filter.sector, filter.occupation, filter.occupation,
                  filter.external_reference, filter.external_reference, limit},
                 Collect(VacancyIn, &found)));
  return found;
}

StatusOr<std::vector<domain::Vacancy>> VacancyStore::ListOfEmployer(const VacancyFilter& filter,
                                                                    const VacancyId& after,
                                                                    int limit) {
  std::vector<domain::Vacancy> found;
  if (!filter.external_reference.empty()) {
    ASSIGN_OR_RETURN(const std::optional<domain::Vacancy> one,
                     FindByReference(*filter.employer, filter.external_reference));
    if (one.has_value() && one->id > after && Passes(*one, filter)) found.push_back(*one);
    return found;
  }
  const int64_t state = filter.state.has_value() ? static_cast<int64_t>(*filter.state) : 0;
  const bool sees_all = filter.sees_all || filter.sees_of == *filter.employer;
  RETURN_IF_ERROR(tx_.Select(kListVacanciesOfEmployer,
                             {*filter.employer, after, sees_all, state, state, filter.sector,
                              filter.sector, filter.occupation, filter.occupation, limit},
                             Collect(VacancyIn, &found)));
  return found;
}

StatusOr<bool> VacancyStore::InsertIfNew(const domain::Vacancy& vacancy, int64_t sequence,
                                         const std::string& payload) {
  ASSIGN_OR_RETURN(
      const int64_t rows,
      tx_.Execute(kInsertVacancy,
                  {vacancy.employer, vacancy.id, vacancy.version, sequence, StateOf(vacancy),
                   vacancy.sector, vacancy.occupation, ReferenceOf(vacancy), sql::Bytes{payload}}));
  return rows == 1;
}

Status VacancyStore::UpdateVacancy(const domain::Vacancy& vacancy) {
  std::string before;
  RETURN_IF_ERROR(tx_.Select(kGetVacancy, {vacancy.employer, vacancy.id},
                             [&before](const sql::Row& row) -> Status {
                               ASSIGN_OR_RETURN(before, row.Payload(4));
                               return absl::OkStatus();
                             }));
  const std::string payload = EncodePayload(vacancy, before);
  const StatusOr<int64_t> rows = tx_.Execute(
      kUpdateVacancy, {vacancy.version, vacancy.sequence, StateOf(vacancy), vacancy.sector,
                       vacancy.occupation, ReferenceOf(vacancy), sql::Bytes{payload},
                       vacancy.employer, vacancy.id, vacancy.version - 1});
  // The only unique key a caller can meet is the reference: ids are drawn here.
  if (ReasonOf(rows.status()) == "UNIQUE") return Exists(reasons::kExists);
  if (!rows.ok()) return rows.status();
  return *rows == 1 ? absl::OkStatus() : Conflict(reasons::kStale);
}

}  // namespace matchgo::vacancies::store
