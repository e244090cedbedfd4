#include "services/vacancies/actions/edit_employer.h"

#include <utility>

#include "common/base/status_macros.h"
#include "common/geography/locate.h"
#include "services/vacancies/reasons.h"
#include "services/vacancies/store/vacancy_events.h"
#include "services/vacancies/store/vacancy_store.h"

namespace matchgo::vacancies {

StatusOr<domain::Employer> EditEmployer(sql::Tx& tx, const Call& call,
                                        const EditEmployerCommand& command) {
  if (!ReachesTenant(call.principal, domain::TenantOf(command.id))) {
    return NotFound(reasons::kNotFound);
  }
  store::VacancyStore store(tx);
  ASSIGN_OR_RETURN(const domain::Employer current, store.GetEmployer(command.id));
  if (command.expected_version.value_or(current.version) != current.version) {
    return Conflict(reasons::kStale);
  }
  ASSIGN_OR_RETURN(domain::Employer wanted, command.change(current));
  wanted.location = geography::Located(current.location, std::move(wanted.location));
  RETURN_IF_ERROR(domain::Validate(wanted));
  ASSIGN_OR_RETURN(domain::Employer next, domain::Edit(current, std::move(wanted), call.now));
  if (next.version == current.version) return current;
  next.sequence = tx.AppendEvent(store::EventOf(store::kEmployerChanged, next));
  RETURN_IF_ERROR(store.UpdateEmployer(next));
  return next;
}

}  // namespace matchgo::vacancies
