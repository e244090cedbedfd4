#include "services/vacancies/actions/close_employer.h"

#include <utility>

#include "common/base/status_macros.h"
#include "services/vacancies/reasons.h"
#include "services/vacancies/store/vacancy_events.h"
#include "services/vacancies/store/vacancy_store.h"

namespace matchgo::vacancies {

StatusOr<domain::Employer> DecideCloseEmployer(sql::Tx& tx, const Call& call,
                                               const EmployerTarget& target) {
  if (!ReachesTenant(call.principal, domain::TenantOf(target.id))) {
    return NotFound(reasons::kNotFound);
  }
  store::VacancyStore store(tx);
  ASSIGN_OR_RETURN(domain::Employer current, store.GetEmployer(target.id));
  if (target.expected_version.value_or(current.version) != current.version) {
    return Conflict(reasons::kStale);
  }
  ASSIGN_OR_RETURN(domain::Employer next, domain::Close(std::move(current), call.now));
  ASSIGN_OR_RETURN(const bool open, store.HasPublished(target.id));
  if (open) return Precondition(reasons::kVacanciesOpen);
  return next;
}

StatusOr<domain::Employer> CloseEmployer(sql::Tx& tx, store::ActiveEmployers& active,
                                         const Call& call, const EmployerTarget& target) {
  active.Remove(target.id);
  ASSIGN_OR_RETURN(domain::Employer next, DecideCloseEmployer(tx, call, target));
  next.sequence = tx.AppendEvent(store::EventOf(store::kEmployerClosed, next));
  RETURN_IF_ERROR(store::VacancyStore(tx).UpdateEmployer(next));
  return next;
}

}  // namespace matchgo::vacancies
