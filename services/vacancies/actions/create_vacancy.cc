#include "services/vacancies/actions/create_vacancy.h"

#include <utility>

#include "common/base/status_macros.h"
#include "services/vacancies/domain/vacancy_lifecycle.h"
#include "services/vacancies/reasons.h"
#include "services/vacancies/store/vacancy_events.h"
#include "services/vacancies/store/vacancy_store.h"

namespace matchgo::vacancies {

StatusOr<domain::Vacancy> CreateVacancy(sql::Tx& tx, const Call& call, Entropy& entropy,
                                        CreateVacancyCommand command) {
  const EmployerId& employer = command.content.employer;
  store::VacancyStore store(tx);
  ASSIGN_OR_RETURN(const bool known, store.HasEmployer(employer));
  if (!known || !ReachesTenant(call.principal, domain::TenantOf(employer))) {
    return NotFound(reasons::kNotFound);
  }
  RETURN_IF_ERROR(domain::Validate(command.content));
  ASSIGN_OR_RETURN(domain::Vacancy vacancy,
                   domain::Create(std::move(command.content), command.publish, call.now));
  vacancy.id = VacancyId(entropy.NewId());
  const char* const kind = command.publish ? store::kVacancyPublished : store::kVacancyCreated;
  vacancy.sequence = tx.AppendEvent(store::EventOf(kind, vacancy));
  RETURN_IF_ERROR(store.InsertVacancy(vacancy));
  return vacancy;
}

}  // namespace matchgo::vacancies
