#include "services/vacancies/rpc/vacancy_service.h"

#include <optional>
#include <utility>
#include <vector>

#include "common/base/status_macros.h"
#include "common/rpc/import_reactor.h"
#include "common/rpc/page.h"
#include "common/rpc/resource_name.h"
#include "common/rpc/serve_unary.h"
#include "common/rpc/watch_reactor.h"
#include "services/vacancies/actions/close_employer.h"
#include "services/vacancies/actions/close_vacancy.h"
#include "services/vacancies/actions/create_employer.h"
#include "services/vacancies/actions/create_vacancy.h"
#include "services/vacancies/actions/edit_employer.h"
#include "services/vacancies/actions/edit_vacancy.h"
#include "services/vacancies/actions/import_vacancies.h"
#include "services/vacancies/actions/publish_vacancy.h"
#include "services/vacancies/domain/references.h"
#include "services/vacancies/reasons.h"
#include "services/vacancies/rpc/vacancy_codec.h"
#include "services/vacancies/store/vacancy_events.h"
#include "services/vacancies/store/vacancy_store.h"

namespace matchgo::vacancies::rpc {

namespace wire = ::matchgo::rpc;
namespace names = ::matchgo::rpc::names;

VacancyService::VacancyService(Environment& environment, sql::Database& database,
                               clients::SeatKeeper seats, clients::ContractKeeper contracts,
                               clients::VocabularyKeeper vocabulary)
    : endpoint_(environment, v1::VacancyService::service_full_name()),
      page_tokens_(environment.token_secret),
      database_(database),
      entropy_(environment.entropy),
      seats_(std::move(seats)),
      contracts_(std::move(contracts)),
      vocabulary_(std::move(vocabulary)) {
  MarkMethodCallback(wire::IndexOf(v1::VacancyService::service_full_name(), "CreateVacancy"),
                     create_vacancy_.Handler(
                         [this](Context* context, const auto* request, grpc::ByteBuffer* reply) {
                           return CreateVacancyBytes(context, request, reply);
                         }));
}

VacancyService::Unary* VacancyService::CreateEmployer(Context* context,
                                                      const v1::CreateEmployerRequest* request,
                                                      v1::Employer* reply) {
  return wire::ServeWrite(
      endpoint_, database_, context, request, reply,
      [this](sql::Tx& tx, const Call& call, const auto& in) -> StatusOr<v1::Employer> {
        ASSIGN_OR_RETURN(const domain::Employer employer,
                         vacancies::CreateEmployer(tx, call, entropy_, Decode(in)));
        return Encode(employer);
      });
}

VacancyService::Unary* VacancyService::GetEmployer(Context* context,
                                                   const v1::GetEmployerRequest* request,
                                                   v1::Employer* reply) {
  return wire::ServeRead(
      endpoint_, context, request, reply,
      [this](const Call& call, const auto& in) -> StatusOr<v1::Employer> {
        ASSIGN_OR_RETURN(const EmployerId id,
                         wire::ParseOne<EmployerId>(names::kEmployer, in.name(), "name"));
        ASSIGN_OR_RETURN(const domain::Employer employer, database_.Read(call, [&](sql::Tx& tx) {
          return store::VacancyStore(tx).GetEmployer(id);
        }));
        return Encode(employer);
      });
}

VacancyService::Unary* VacancyService::ListEmployers(Context* context,
                                                     const v1::ListEmployersRequest* request,
                                                     v1::ListEmployersResponse* reply) {
  return wire::ServeRead(endpoint_, context, request, reply,
                         [this](const Call& call, const auto& in) { return ListPage(call, in); });
}

VacancyService::Unary* VacancyService::UpdateEmployer(Context* context,
                                                      const v1::UpdateEmployerRequest* request,
                                                      v1::Employer* reply) {
  return wire::ServeWrite(
      endpoint_, database_, context, request, reply,
      [](sql::Tx& tx, const Call& call, const auto& in) -> StatusOr<v1::Employer> {
        ASSIGN_OR_RETURN(const EditEmployerCommand command, Decode(in));
        ASSIGN_OR_RETURN(const domain::Employer employer, EditEmployer(tx, call, command));
        return Encode(employer);
      });
}

VacancyService::Unary* VacancyService::CloseEmployer(Context* context,
                                                     const v1::CloseEmployerRequest* request,
                                                     v1::Employer* reply) {
  return wire::ServeWriteSteps(
      endpoint_, context, request, reply,
      [this](const Call& call, const auto& in) { return AskThenClose(call, in); });
}

VacancyService::Unary* VacancyService::CreateVacancyBytes(Context* context,
                                                          const v1::CreateVacancyRequest* request,
                                                          grpc::ByteBuffer* reply) {
  if (request->publish()) {
    return wire::ServeWriteSteps(
        endpoint_, context, request, reply,
        [this](const Call& call, const auto& in) { return AskThenCreate(call, in); });
  }
  return wire::ServePreparedWrite<v1::Vacancy>(
      endpoint_, database_, context, request, reply,
      [this](const Call& call, const auto& in, std::string* known) -> StatusOr<NewVacancy> {
        ASSIGN_OR_RETURN(CreateVacancyCommand command, Decode(in));
        ASSIGN_OR_RETURN(domain::Vacancy vacancy, MakeVacancy(call, entropy_, std::move(command)));
        return EncodeNew(std::move(vacancy), known);
      },
      [this](sql::Tx& tx, const Call&, const NewVacancy& fresh, v1::Vacancy* out) -> Status {
        ASSIGN_OR_RETURN(const int64_t sequence, SaveNewVacancy(tx, active_, fresh));
        out->set_sequence(sequence);
        return absl::OkStatus();
      });
}

VacancyService::Unary* VacancyService::GetVacancy(Context* context,
                                                  const v1::GetVacancyRequest* request,
                                                  v1::Vacancy* reply) {
  return wire::ServeRead(
      endpoint_, context, request, reply,
      [this](const Call& call, const auto& in) -> StatusOr<v1::Vacancy> {
        ASSIGN_OR_RETURN(VacancyTarget target, Decode(in));
        if (target.employer.value() == "-") target.employer = {};
        ASSIGN_OR_RETURN(const domain::Vacancy vacancy, database_.Read(call, [&](sql::Tx& tx) {
          return store::VacancyStore(tx).GetVacancy(target.employer, target.id);
        }));
        if (!domain::IsPublic(vacancy) &&
            !ReachesTenant(call.principal, domain::TenantOf(vacancy.employer))) {
          return NotFound(reasons::kNotFound);
        }
        return Encode(vacancy);
      });
}

VacancyService::Unary* VacancyService::ListVacancies(Context* context,
                                                     const v1::ListVacanciesRequest* request,
                                                     v1::ListVacanciesResponse* reply) {
  return wire::ServeRead(endpoint_, context, request, reply,
                         [this](const Call& call, const auto& in) { return ListPage(call, in); });
}

VacancyService::Unary* VacancyService::UpdateVacancy(Context* context,
                                                     const v1::UpdateVacancyRequest* request,
                                                     v1::Vacancy* reply) {
  return wire::ServeWriteSteps(
      endpoint_, context, request, reply,
      [this](const Call& call, const auto& in) -> StatusOr<v1::Vacancy> {
        ASSIGN_OR_RETURN(const EditVacancyCommand command, Decode(in));
        return ReleaseThenSave(call, [&](sql::Tx& tx) { return EditVacancy(tx, call, command); });
      });
}

VacancyService::Unary* VacancyService::PublishVacancy(Context* context,
                                                      const v1::PublishVacancyRequest* request,
                                                      v1::Vacancy* reply) {
  return wire::ServeWriteSteps(endpoint_, context, request, reply,
                               [this](const Call& call, const auto& in) -> StatusOr<v1::Vacancy> {
                                 ASSIGN_OR_RETURN(const VacancyTarget target, Decode(in));
                                 return ReleaseThenSave(call, [&](sql::Tx& tx) {
                                   return vacancies::PublishVacancy(tx, call, target);
                                 });
                               });
}

VacancyService::Unary* VacancyService::CloseVacancy(Context* context,
                                                    const v1::CloseVacancyRequest* request,
                                                    v1::Vacancy* reply) {
  return wire::ServeWriteSteps(endpoint_, context, request, reply,
                               [this](const Call& call, const auto& in) -> StatusOr<v1::Vacancy> {
                                 ASSIGN_OR_RETURN(const VacancyTarget target, Decode(in));
                                 return ReleaseThenSave(call, [&](sql::Tx& tx) {
                                   return vacancies::CloseVacancy(tx, call, target);
                                 });
                               });
}

grpc::ServerBidiReactor<v1::ImportVacanciesRequest, v1::ImportVacanciesResponse>*
VacancyService::ImportVacancies(Context* context) {
  using Request = v1::ImportVacanciesRequest;
  using Response = v1::ImportVacanciesResponse;
  return wire::ServeImport<Request, Response, ImportBatch>(
      endpoint_, database_, context,
      [this](const Call& call, const Request& in) {
        return AskedFor(call, DecodeBatch(call, entropy_, in));
      },
      [](sql::Tx& tx, const Call& call, const ImportBatch& batch) -> StatusOr<Response> {
        ASSIGN_OR_RETURN(const std::vector<ImportResult> results,
                         vacancies::ImportVacancies(tx, call, batch));
        Response reply;
        for (const ImportResult& result : results) *reply.add_results() = Encode(result);
        ASSIGN_OR_RETURN(const int64_t sequence, sql::LastSequence(tx));
        reply.set_sequence(sequence);
        return reply;
      });
}

grpc::ServerWriteReactor<v1::VacancyChange>* VacancyService::WatchVacancies(
    Context* context, const common::v1::WatchRequest* request) {
  return wire::ServeWatch<v1::VacancyChange>(
      endpoint_, database_.changes(), context, request, request->from_sequence(),
      [this](const Call& call, int64_t after,
             int limit) -> StatusOr<wire::Batch<v1::VacancyChange>> {
        ASSIGN_OR_RETURN(const store::Changes read, database_.Read(call, [&](sql::Tx& tx) {
          return store::ReadChanges(tx, after, limit);
        }));
        wire::Batch<v1::VacancyChange> batch{.messages = {},
                                             .last_sequence = read.last_sequence,
                                             .newest_sequence = read.newest_sequence};
        for (const store::Change& change : read.changes) batch.messages.push_back(Encode(change));
        return batch;
      });
}

StatusOr<v1::Employer> VacancyService::AskThenClose(const Call& call,
                                                    const v1::CloseEmployerRequest& request) {
  ASSIGN_OR_RETURN(const EmployerTarget target, Decode(request));
  std::optional<v1::Employer> given_before;
  RETURN_IF_ERROR(database_.Read(call, [&](sql::Tx& tx) -> Status {
    ASSIGN_OR_RETURN(given_before, wire::ReplayReply<v1::Employer>(tx, {}));
    if (given_before.has_value()) return absl::OkStatus();
    return DecideCloseEmployer(tx, call, target).status();
  }));
  if (given_before.has_value()) return *std::move(given_before);
  ASSIGN_OR_RETURN(const bool stands, contracts_(call, target.id));
  if (stands) return Precondition(reasons::kContractsStand);
  return wire::WriteOnce(database_, call, [&](sql::Tx& tx) -> StatusOr<v1::Employer> {
    ASSIGN_OR_RETURN(const domain::Employer employer,
                     vacancies::CloseEmployer(tx, active_, call, target));
    return Encode(employer);
  });
}

Status VacancyService::AskForReferences(const Call& call, const domain::Vacancy& vacancy) const {
  ASSIGN_OR_RETURN(const domain::References unknown,
                   vocabulary_(call, domain::ReferencesOf(vacancy)));
  return domain::CheckReferences(vacancy, unknown);
}

StatusOr<v1::Vacancy> VacancyService::AskThenCreate(const Call& call,
                                                    const v1::CreateVacancyRequest& request) {
  std::optional<v1::Vacancy> given_before;
  RETURN_IF_ERROR(database_.Read(call, [&](sql::Tx& tx) -> Status {
    ASSIGN_OR_RETURN(given_before, wire::ReplayReply<v1::Vacancy>(tx, {}));
    return absl::OkStatus();
  }));
  if (given_before.has_value()) return *std::move(given_before);
  ASSIGN_OR_RETURN(CreateVacancyCommand command, Decode(request));
  ASSIGN_OR_RETURN(NewVacancy fresh, PrepareVacancy(call, entropy_, std::move(command)));
  RETURN_IF_ERROR(AskForReferences(call, fresh.vacancy));
  return wire::WriteOnce(database_, call, [&](sql::Tx& tx) -> StatusOr<v1::Vacancy> {
    ASSIGN_OR_RETURN(fresh.vacancy.sequence, SaveNewVacancy(tx, active_, fresh));
    return Encode(fresh.vacancy);
  });
}

// Rows are asked for together, drafts too: who sends a list wants to know what is wrong with it.
StatusOr<ImportBatch> VacancyService::AskedFor(const Call& call,
                                               StatusOr<ImportBatch> batch) const {
  if (!batch.ok()) return batch;
  domain::References all;
  for (const ImportRow& row : batch->rows) {
    if (row.refused.ok()) domain::AddReferences(row.fresh.vacancy, &all);
  }
  ASSIGN_OR_RETURN(const domain::References unknown, vocabulary_(call, all));
  if (unknown.empty()) return batch;
  for (ImportRow& row : batch->rows) {
    if (row.refused.ok()) row.refused = domain::CheckReferences(row.fresh.vacancy, unknown);
  }
  return batch;
}

// Looks, asks, writes. The write decides again: what it finds must be what was asked for.
StatusOr<v1::Vacancy> VacancyService::ReleaseThenSave(const Call& call, const Decide& decide) {
  std::optional<v1::Vacancy> given_before;
  std::optional<domain::SeatRelease> release;
  domain::Vacancy next;
  RETURN_IF_ERROR(database_.Read(call, [&](sql::Tx& tx) -> Status {
    ASSIGN_OR_RETURN(given_before, wire::ReplayReply<v1::Vacancy>(tx, {}));
    if (given_before.has_value()) return absl::OkStatus();
    ASSIGN_OR_RETURN(const VacancyChange change, decide(tx));
    release = domain::ReleaseFor(change.current, change.next);
    next = change.next;
    return absl::OkStatus();
  }));
  if (given_before.has_value()) return *std::move(given_before);
  const bool takes_part = next.state == domain::State::kPublished;
  if (takes_part) RETURN_IF_ERROR(AskForReferences(call, next));
  if (release.has_value()) RETURN_IF_ERROR(seats_(call, *release));

  return wire::WriteOnce(database_, call, [&](sql::Tx& tx) -> StatusOr<v1::Vacancy> {
    ASSIGN_OR_RETURN(VacancyChange change, decide(tx));
    const bool same =
        domain::ReleaseFor(change.current, change.next) == release &&
        (change.next.state == domain::State::kPublished) == takes_part &&
        (!takes_part || domain::ReferencesOf(change.next) == domain::ReferencesOf(next));
    if (!same) return Conflict(reasons::kStale);
    ASSIGN_OR_RETURN(const domain::Vacancy vacancy, SaveChange(tx, std::move(change)));
    return Encode(vacancy);
  });
}

namespace {

// An employer that is named must exist: an empty list would hide a mistyped name.
Status CheckParent(sql::Tx& tx, const store::VacancyFilter& filter) {
  if (!filter.employer.has_value()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const auto state, store::VacancyStore(tx).StateOfEmployer(*filter.employer));
  return state.has_value() ? absl::OkStatus() : NotFound(reasons::kNotFound);
}

}  // namespace

StatusOr<v1::ListVacanciesResponse> VacancyService::ListPage(
    const Call& call, const v1::ListVacanciesRequest& request) {
  ASSIGN_OR_RETURN(const store::VacancyFilter filter, Decode(request, call.principal));
  return database_.Read(call, [&](sql::Tx& tx) -> StatusOr<v1::ListVacanciesResponse> {
    RETURN_IF_ERROR(CheckParent(tx, filter));
    const auto read = [&](const std::string& after, int limit) {
      return store::VacancyStore(tx).ListVacancies(filter, KeyIn(after), limit);
    };
    ASSIGN_OR_RETURN(const auto page,
                     wire::ReadPage<domain::Vacancy>(tx, page_tokens_, request, read, KeyText));
    v1::ListVacanciesResponse reply;
    for (const domain::Vacancy& vacancy : page.rows) *reply.add_vacancies() = Encode(vacancy);
    reply.set_next_page_token(page.next_page_token);
    reply.set_sequence(page.sequence);
    return reply;
  });
}

StatusOr<v1::ListEmployersResponse> VacancyService::ListPage(
    const Call& call, const v1::ListEmployersRequest& request) {
  return database_.Read(call, [&](sql::Tx& tx) -> StatusOr<v1::ListEmployersResponse> {
    const auto read = [&](const std::string& after, int limit) {
      return store::VacancyStore(tx).ListEmployers(request.sector(), EmployerId(after), limit);
    };
    const auto id_of = [](const domain::Employer& employer) { return employer.id.value(); };
    ASSIGN_OR_RETURN(const auto page,
                     wire::ReadPage<domain::Employer>(tx, page_tokens_, request, read, id_of));
    v1::ListEmployersResponse reply;
    for (const domain::Employer& employer : page.rows) *reply.add_employers() = Encode(employer);
    reply.set_next_page_token(page.next_page_token);
    return reply;
  });
}

}  // namespace matchgo::vacancies::rpc
