#include "services/vacancies/actions/vacancy_change.h"

#include <utility>

#include "common/base/status_macros.h"
#include "services/vacancies/domain/employer.h"
#include "services/vacancies/reasons.h"
#include "services/vacancies/store/vacancy_events.h"
#include "services/vacancies/store/vacancy_store.h"

namespace matchgo::vacancies {

StatusOr<domain::Vacancy> LoadForChange(sql::Tx& tx, const Call& call,
                                        const VacancyTarget& target) {
  if (!ReachesTenant(call.principal, domain::TenantOf(target.employer))) {
    return NotFound(reasons::kNotFound);
  }
  ASSIGN_OR_RETURN(domain::Vacancy vacancy,
                   store::VacancyStore(tx).GetVacancy(target.employer, target.id));
  ASSIGN_OR_RETURN(const auto employer, store::VacancyStore(tx).StateOfEmployer(target.employer));
  if (employer == domain::EmployerState::kClosed) return Precondition(reasons::kEmployerClosed);
  if (target.expected_version.value_or(vacancy.version) != vacancy.version) {
    return Conflict(reasons::kStale);
  }
  return vacancy;
}

StatusOr<domain::Vacancy> SaveChange(sql::Tx& tx, VacancyChange change) {
  if (change.next.version == change.current.version) return std::move(change.current);
  change.next.sequence = tx.AppendEvent(store::EventOf(change.kind, change.next));
  RETURN_IF_ERROR(store::VacancyStore(tx).UpdateVacancy(change.next));
  return std::move(change.next);
}

}  // namespace matchgo::vacancies
