// Requests and replies of the vacancies service, to and from what the actions speak.
//
// The fields of a record are mapped in store/vacancy_payload.h; here is what only the wire has:
// names, etags, masks, filters. Pure. Test: tests/unit/services/vacancies/vacancy_service_test.cc
#pragma once

#include <string>

#include "common/base/status.h"
#include "common/random/random.h"
#include "common/service/call.h"
#include "matchgo/vacancies/v1/vacancy_service.pb.h"
#include "services/vacancies/actions/close_employer.h"
#include "services/vacancies/actions/create_vacancy.h"
#include "services/vacancies/actions/edit_employer.h"
#include "services/vacancies/actions/edit_vacancy.h"
#include "services/vacancies/actions/import_vacancies.h"
#include "services/vacancies/store/vacancy_events.h"
#include "services/vacancies/store/vacancy_store.h"

namespace matchgo::vacancies::rpc {

v1::Employer Encode(const domain::Employer& employer);
v1::Vacancy Encode(const domain::Vacancy& vacancy);
// Gives the bytes of the reply but for its sequence; most of them are also what is stored, so they
// are made once.
NewVacancy EncodeNew(domain::Vacancy vacancy, std::string* reply);
v1::VacancyChange Encode(const store::Change& change);
v1::ImportVacanciesResponse::Result Encode(const ImportResult& result);

domain::Employer Decode(const v1::CreateEmployerRequest& request);
StatusOr<CreateVacancyCommand> Decode(const v1::CreateVacancyRequest& request);
// The commands of updates refer to the request: use them while it lives.
StatusOr<EditEmployerCommand> Decode(const v1::UpdateEmployerRequest& request);
StatusOr<EmployerTarget> Decode(const v1::CloseEmployerRequest& request);
StatusOr<EditVacancyCommand> Decode(const v1::UpdateVacancyRequest& request);
StatusOr<VacancyTarget> Decode(const v1::GetVacancyRequest& request);
StatusOr<VacancyTarget> Decode(const v1::PublishVacancyRequest& request);
StatusOr<VacancyTarget> Decode(const v1::CloseVacancyRequest& request);
StatusOr<store::VacancyFilter> Decode(const v1::ListVacanciesRequest& request,
                                      const Principal& principal);

// Checks the shape of the rows, too: messages of a stream arrive unchecked. A row that is wrong is
// refused in its place; the batch fails (ITEMS) only if it is too long.
StatusOr<ImportBatch> DecodeBatch(const Call& call, Entropy& entropy,
                                  const v1::ImportVacanciesRequest& request);

// The key in a page token, and back.
std::string KeyText(const domain::Vacancy& vacancy);
store::VacancyKey KeyIn(const std::string& text);

}  // namespace matchgo::vacancies::rpc
