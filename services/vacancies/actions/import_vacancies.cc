#include "services/vacancies/actions/import_vacancies.h"

#include <map>
#include <optional>
#include <utility>

#include "common/base/status_macros.h"
#include "services/vacancies/actions/vacancy_change.h"
#include "services/vacancies/domain/employer.h"
#include "services/vacancies/domain/seat_release.h"
#include "services/vacancies/domain/vacancy_lifecycle.h"
#include "services/vacancies/reasons.h"
#include "services/vacancies/store/vacancy_events.h"
#include "services/vacancies/store/vacancy_payload.h"
#include "services/vacancies/store/vacancy_store.h"

namespace matchgo::vacancies {
namespace {

// One batch on its way into the store.
class Importer {
 public:
  Importer(sql::Tx& tx, const Call& call, bool publish)
      : tx_(tx), call_(call), publish_(publish), store_(tx) {}

  // An error ends the batch; a refusal is a result.
  StatusOr<ImportResult> Apply(const ImportRow& row) {
    if (!row.refused.ok()) return Refuse(row.refused);
    const domain::Vacancy& vacancy = row.fresh.vacancy;
    ASSIGN_OR_RETURN(const auto employer, StateOf(vacancy.employer));
    if (!employer.has_value()) return Refuse(NotFound(reasons::kNotFound));
    if (*employer == domain::EmployerState::kClosed) {
      return Refuse(Precondition(reasons::kEmployerClosed));
    }
    // Most rows are new, so insert first and look only for what is in the way.
    ASSIGN_OR_RETURN(const bool inserted,
                     store_.InsertIfNew(vacancy, tx_.NextSequence(), row.fresh.payload));
    if (inserted) return Created(vacancy);
    ASSIGN_OR_RETURN(std::optional<domain::Vacancy> current,
                     store_.FindByReference(vacancy.employer, vacancy.external_reference));
    if (!current.has_value()) return Internal("a vacancy is neither new nor known");
    return Replace(*std::move(current), vacancy);
  }

 private:
  static ImportResult Refuse(Status reason) {
    return {.outcome = ImportOutcome::kRefused, .name = {}, .refused = std::move(reason)};
  }

  // Batches are mostly of one employer, which is looked up once.
  StatusOr<std::optional<domain::EmployerState>> StateOf(const EmployerId& employer) {
    const auto found = known_.find(employer);
    if (found != known_.end()) return found->second;
    ASSIGN_OR_RETURN(const auto state, store_.StateOfEmployer(employer));
    known_.emplace(employer, state);
    return state;
  }

  StatusOr<ImportResult> Created(const domain::Vacancy& vacancy) {
    sql::Event event =
        store::EventOf(publish_ ? store::kVacancyPublished : store::kVacancyCreated, vacancy);
    tx_.AppendEvent(event);
    return ImportResult{
        .outcome = ImportOutcome::kCreated, .name = std::move(event.resource), .refused = {}};
  }

  StatusOr<ImportResult> Replace(domain::Vacancy current, const domain::Vacancy& wanted) {
    StatusOr<domain::Vacancy> next = domain::Replace(current, wanted, publish_, call_.now);
    if (!next.ok()) return Refuse(next.status());
    // Nobody can be asked for seats in here.
    if (domain::ReleaseFor(current, *next).has_value()) {
      return Refuse(Precondition(reasons::kOpeningsLowered));
    }
    ImportResult result{.outcome = next->version == current.version ? ImportOutcome::kUnchanged
                                                                    : ImportOutcome::kUpdated,
                        .name = domain::NameOf(current),
                        .refused = {}};
    const char* const kind =
        next->state == current.state ? store::kVacancyChanged : store::kVacancyPublished;
    RETURN_IF_ERROR(SaveChange(tx_, {std::move(current), *std::move(next), kind}).status());
    return result;
  }

  sql::Tx& tx_;
  const Call& call_;
  const bool publish_;
  store::VacancyStore store_;
  std::map<EmployerId, std::optional<domain::EmployerState>> known_;
};

}  // namespace

ImportRow PrepareRow(const Call& call, Entropy& entropy, domain::Vacancy content, bool publish) {
  StatusOr<NewVacancy> fresh = PrepareVacancy(call, entropy, {std::move(content), publish});
  if (!fresh.ok()) return {.refused = fresh.status(), .fresh = {}};
  return {.refused = {}, .fresh = *std::move(fresh)};
}

StatusOr<std::vector<ImportResult>> ImportVacancies(sql::Tx& tx, const Call& call,
                                                    const ImportBatch& batch) {
  Importer importer(tx, call, batch.publish);
  std::vector<ImportResult> results;
  results.reserve(batch.rows.size());
  for (const ImportRow& row : batch.rows) {
    ASSIGN_OR_RETURN(ImportResult result, importer.Apply(row));
    results.push_back(std::move(result));
  }
  return results;
}

}  // namespace matchgo::vacancies
