#include "services/vacancies/actions/close_vacancy.h"

#include <utility>

#include "common/base/status_macros.h"
#include "services/vacancies/domain/vacancy_lifecycle.h"
#include "services/vacancies/store/vacancy_events.h"

namespace matchgo::vacancies {

StatusOr<VacancyChange> CloseVacancy(sql::Tx& tx, const Call& call, const VacancyTarget& target) {
  ASSIGN_OR_RETURN(domain::Vacancy current, LoadForChange(tx, call, target));
  ASSIGN_OR_RETURN(domain::Vacancy next, domain::Close(current, call.now));
  return VacancyChange{std::move(current), std::move(next), store::kVacancyClosed};
}

}  // namespace matchgo::vacancies
