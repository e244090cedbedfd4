#include "services/vacancies/actions/create_employer.h"

#include <utility>

#include "common/base/status_macros.h"
#include "common/geography/locate.h"
#include "services/vacancies/store/vacancy_events.h"
#include "services/vacancies/store/vacancy_store.h"

namespace matchgo::vacancies {

StatusOr<domain::Employer> CreateEmployer(sql::Tx& tx, const Call& call, Entropy& entropy,
                                          domain::Employer content) {
  RETURN_IF_ERROR(domain::Validate(content));
  content.id = EmployerId(entropy.NewId());
  content.state = domain::EmployerState::kActive;
  content.location = geography::Located(std::move(content.location));
  content.created = call.now;
  content.updated = call.now;
  content.version = 1;
  content.sequence = tx.AppendEvent(store::EventOf(store::kEmployerCreated, content));
  RETURN_IF_ERROR(store::VacancyStore(tx).InsertEmployer(content));
  return content;
}

}  // namespace matchgo::vacancies
