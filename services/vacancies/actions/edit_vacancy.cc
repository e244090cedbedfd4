#include "services/vacancies/actions/edit_vacancy.h"

#include <utility>

#include "common/base/status_macros.h"
#include "common/geography/locate.h"
#include "services/vacancies/domain/vacancy_lifecycle.h"
#include "services/vacancies/store/vacancy_events.h"

namespace matchgo::vacancies {

StatusOr<VacancyChange> EditVacancy(sql::Tx& tx, const Call& call,
                                    const EditVacancyCommand& command) {
  ASSIGN_OR_RETURN(domain::Vacancy current, LoadForChange(tx, call, command.target));
  ASSIGN_OR_RETURN(domain::Vacancy wanted, command.change(current));
  wanted.location = geography::Located(current.location, std::move(wanted.location));
  RETURN_IF_ERROR(domain::Validate(wanted));
  ASSIGN_OR_RETURN(domain::Vacancy next, domain::Edit(current, std::move(wanted), call.now));
  return VacancyChange{std::move(current), std::move(next), store::kVacancyChanged};
}

}  // namespace matchgo::vacancies
