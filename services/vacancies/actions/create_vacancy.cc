#include "services/vacancies/actions/create_vacancy.h"

#include <utility>

#include "common/base/status_macros.h"
#include "services/vacancies/domain/employer.h"
#include "services/vacancies/domain/vacancy_lifecycle.h"
#include "services/vacancies/reasons.h"
#include "services/vacancies/store/vacancy_events.h"
#include "services/vacancies/store/vacancy_payload.h"
#include "services/vacancies/store/vacancy_store.h"

namespace matchgo::vacancies {

StatusOr<domain::Vacancy> MakeVacancy(const Call& call, Entropy& entropy,
                                      CreateVacancyCommand command) {
  if (!ReachesTenant(call.principal, domain::TenantOf(command.content.employer))) {
    return NotFound(reasons::kNotFound);
  }
  RETURN_IF_ERROR(domain::Validate(command.content));
  ASSIGN_OR_RETURN(domain::Vacancy vacancy,
                   domain::Create(std::move(command.content), command.publish, call.now));
  vacancy.id = VacancyId(entropy.NewNearId());
  return vacancy;
}

StatusOr<NewVacancy> PrepareVacancy(const Call& call, Entropy& entropy,
                                    CreateVacancyCommand command) {
  ASSIGN_OR_RETURN(domain::Vacancy vacancy, MakeVacancy(call, entropy, std::move(command)));
  std::string payload = store::EncodePayload(vacancy, "");
  return NewVacancy{.vacancy = std::move(vacancy), .payload = std::move(payload)};
}

namespace {

Status CheckHires(store::VacancyStore& store, store::ActiveEmployers& active,
                  const EmployerId& employer) {
  if (active.Has(employer)) return absl::OkStatus();
  ASSIGN_OR_RETURN(const auto state, store.StateOfEmployer(employer));
  if (!state.has_value()) return NotFound(reasons::kNotFound);
  if (*state == domain::EmployerState::kClosed) return Precondition(reasons::kEmployerClosed);
  active.Add(employer);
  return absl::OkStatus();
}

}  // namespace

StatusOr<int64_t> SaveNewVacancy(sql::Tx& tx, store::ActiveEmployers& active,
                                 const NewVacancy& fresh) {
  store::VacancyStore store(tx);
  RETURN_IF_ERROR(CheckHires(store, active, fresh.vacancy.employer));
  // The insert comes first: it is what may be refused, and a write that was refused before it
  // changed anything costs its neighbours nothing.
  ASSIGN_OR_RETURN(const bool inserted,
                   store.InsertIfNew(fresh.vacancy, tx.NextSequence(), fresh.payload));
  if (!inserted) return Exists(reasons::kExists);
  const char* const kind =
      domain::IsPublic(fresh.vacancy) ? store::kVacancyPublished : store::kVacancyCreated;
  return tx.AppendEvent(store::EventOf(kind, fresh.vacancy));
}

}  // namespace matchgo::vacancies
