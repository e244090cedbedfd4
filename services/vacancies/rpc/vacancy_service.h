// VacancyService: the methods of matchgo.vacancies.v1. Decode, act or read, encode; nothing else.
//
// Reads go straight to the store; verbs that decide are in actions/. Outlived by what it is given.
// Thread-safe. Test: tests/unit/services/vacancies/vacancy_service_test.cc
#pragma once

#include <functional>

#include "common/random/random.h"
#include "common/rpc/bytes_method.h"
#include "common/rpc/endpoint.h"
#include "common/rpc/page_token.h"
#include "common/service/environment.h"
#include "common/sql/database.h"
#include "matchgo/vacancies/v1/vacancy_service.grpc.pb.h"
#include "services/vacancies/actions/import_vacancies.h"
#include "services/vacancies/actions/vacancy_change.h"
#include "services/vacancies/clients/contract_keeper.h"
#include "services/vacancies/clients/seat_keeper.h"
#include "services/vacancies/clients/vocabulary_keeper.h"
#include "services/vacancies/store/active_employers.h"

namespace matchgo::vacancies::rpc {

class VacancyService final : public v1::VacancyService::CallbackService {
 public:
  VacancyService(Environment& environment, sql::Database& database, clients::SeatKeeper seats,
                 clients::ContractKeeper contracts, clients::VocabularyKeeper vocabulary);

  using Context = grpc::CallbackServerContext;
  using Unary = grpc::ServerUnaryReactor;

  Unary* CreateEmployer(Context* context, const v1::CreateEmployerRequest* request,
                        v1::Employer* reply) override;
  Unary* GetEmployer(Context* context, const v1::GetEmployerRequest* request,
                     v1::Employer* reply) override;
  Unary* ListEmployers(Context* context, const v1::ListEmployersRequest* request,
                       v1::ListEmployersResponse* reply) override;
  Unary* UpdateEmployer(Context* context, const v1::UpdateEmployerRequest* request,
                        v1::Employer* reply) override;
  Unary* CloseEmployer(Context* context, const v1::CloseEmployerRequest* request,
                       v1::Employer* reply) override;
  Unary* GetVacancy(Context* context, const v1::GetVacancyRequest* request,
                    v1::Vacancy* reply) override;
  Unary* ListVacancies(Context* context, const v1::ListVacanciesRequest* request,
                       v1::ListVacanciesResponse* reply) override;
  Unary* UpdateVacancy(Context* context, const v1::UpdateVacancyRequest* request,
                       v1::Vacancy* reply) override;
  Unary* PublishVacancy(Context* context, const v1::PublishVacancyRequest* request,
                        v1::Vacancy* reply) override;
  Unary* CloseVacancy(Context* context, const v1::CloseVacancyRequest* request,
                      v1::Vacancy* reply) override;
  grpc::ServerBidiReactor<v1::ImportVacanciesRequest, v1::ImportVacanciesResponse>* ImportVacancies(
      Context* context) override;
  grpc::ServerWriteReactor<v1::VacancyChange>* WatchVacancies(
      Context* context, const common::v1::WatchRequest* request) override;

 private:
  // CreateVacancy, with a v1::Vacancy as bytes.
  Unary* CreateVacancyBytes(Context* context, const v1::CreateVacancyRequest* request,
                            grpc::ByteBuffer* reply);

  using Decide = std::function<StatusOr<VacancyChange>(sql::Tx& tx)>;

  StatusOr<v1::Employer> AskThenClose(const Call& call, const v1::CloseEmployerRequest& request);
  // What it names exists: asked for vacancies that take part.
  Status AskForReferences(const Call& call, const domain::Vacancy& vacancy) const;
  StatusOr<v1::Vacancy> AskThenCreate(const Call& call, const v1::CreateVacancyRequest& request);
  StatusOr<ImportBatch> AskedFor(const Call& call, StatusOr<ImportBatch> batch) const;
  StatusOr<v1::Vacancy> ReleaseThenSave(const Call& call, const Decide& decide);
  StatusOr<v1::ListVacanciesResponse> ListPage(const Call& call,
                                               const v1::ListVacanciesRequest& request);
  StatusOr<v1::ListEmployersResponse> ListPage(const Call& call,
                                               const v1::ListEmployersRequest& request);

  matchgo::rpc::Endpoint endpoint_;
  const matchgo::rpc::PageTokens page_tokens_;
  sql::Database& database_;
  Entropy& entropy_;
  store::ActiveEmployers active_;
  const clients::SeatKeeper seats_;
  const clients::ContractKeeper contracts_;
  const clients::VocabularyKeeper vocabulary_;
  matchgo::rpc::BytesMethod<v1::CreateVacancyRequest> create_vacancy_;
};

}  // namespace matchgo::vacancies::rpc
