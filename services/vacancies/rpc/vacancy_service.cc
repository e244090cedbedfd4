#include "services/vacancies/rpc/vacancy_service.h"

#include <optional>
#include <utility>
#include <vector>

#include "common/base/status_macros.h"
#include "common/rpc/import_reactor.h"
#include "common/rpc/resource_name.h"
#include "common/rpc/serve_unary.h"
#include "common/rpc/watch_reactor.h"
#include "services/vacancies/actions/close_vacancy.h"
#include "services/vacancies/actions/create_employer.h"
#include "services/vacancies/actions/create_vacancy.h"
#include "services/vacancies/actions/edit_employer.h"
#include "services/vacancies/actions/edit_vacancy.h"
#include "services/vacancies/actions/import_vacancies.h"
#include "services/vacancies/actions/publish_vacancy.h"
#include "services/vacancies/reasons.h"
#include "services/vacancies/rpc/vacancy_codec.h"
#include "services/vacancies/store/vacancy_events.h"
#include "services/vacancies/store/vacancy_store.h"

namespace matchgo::vacancies::rpc {

namespace wire = ::matchgo::rpc;
namespace names = ::matchgo::rpc::names;

VacancyService::VacancyService(Environment& environment, sql::Database& database,
                               clients::SeatKeeper seats)
    : endpoint_(environment, v1::VacancyService::service_full_name()),
      page_tokens_(environment.token_secret),
      database_(database),
      entropy_(environment.entropy),
      seats_(std::move(seats)) {}

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

VacancyService::Unary* VacancyService::CreateVacancy(Context* context,
                                                     const v1::CreateVacancyRequest* request,
                                                     v1::Vacancy* reply) {
  return wire::ServePreparedWrite(
      endpoint_, database_, context, request, reply,
      [this](const Call& call, const auto& in, v1::Vacancy* out) -> StatusOr<NewVacancy> {
        ASSIGN_OR_RETURN(CreateVacancyCommand command, Decode(in));
        ASSIGN_OR_RETURN(NewVacancy fresh, PrepareVacancy(call, entropy_, std::move(command)));
        *out = Encode(fresh.vacancy);
        return fresh;
      },
      [](sql::Tx& tx, const Call&, const NewVacancy& fresh, v1::Vacancy* out) -> Status {
        ASSIGN_OR_RETURN(const int64_t sequence, SaveNewVacancy(tx, fresh));
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
        ASSIGN_OR_RETURN(const VacancyTarget target, Decode(in));
        ASSIGN_OR_RETURN(const domain::Vacancy vacancy, database_.Read(call, [&](sql::Tx& tx) {
          return store::VacancyStore(tx).GetVacancy(target.employer, target.id);
        }));
        if (!domain::IsPublic(vacancy) &&
            !ReachesTenant(call.principal, domain::TenantOf(target.employer))) {
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
  return wire::ServeWrite(
      endpoint_, database_, context, request, reply,
      [](sql::Tx& tx, const Call& call, const auto& in) -> StatusOr<v1::Vacancy> {
        ASSIGN_OR_RETURN(const VacancyTarget target, Decode(in));
        ASSIGN_OR_RETURN(VacancyChange change, vacancies::PublishVacancy(tx, call, target));
        ASSIGN_OR_RETURN(const domain::Vacancy vacancy, SaveChange(tx, std::move(change)));
        return Encode(vacancy);
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
      [this](const Call& call, const Request& in) { return DecodeBatch(call, entropy_, in); },
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
        wire::Batch<v1::VacancyChange> batch{.messages = {}, .last_sequence = read.last_sequence};
        for (const store::Change& change : read.changes) batch.messages.push_back(Encode(change));
        return batch;
      });
}

// Looks, asks, writes. The write decides again: what it finds must be what was asked for.
StatusOr<v1::Vacancy> VacancyService::ReleaseThenSave(const Call& call, const Decide& decide) {
  std::optional<v1::Vacancy> given_before;
  std::optional<domain::SeatRelease> release;
  RETURN_IF_ERROR(database_.Read(call, [&](sql::Tx& tx) -> Status {
    ASSIGN_OR_RETURN(given_before, wire::ReplayReply<v1::Vacancy>(tx, {}));
    if (given_before.has_value()) return absl::OkStatus();
    ASSIGN_OR_RETURN(const VacancyChange change, decide(tx));
    release = domain::ReleaseFor(change.current, change.next);
    return absl::OkStatus();
  }));
  if (given_before.has_value()) return *std::move(given_before);
  if (release.has_value()) RETURN_IF_ERROR(seats_(call, *release));

  return wire::WriteOnce(database_, call, [&](sql::Tx& tx) -> StatusOr<v1::Vacancy> {
    ASSIGN_OR_RETURN(VacancyChange change, decide(tx));
    if (domain::ReleaseFor(change.current, change.next) != release) {
      return Conflict(reasons::kStale);
    }
    ASSIGN_OR_RETURN(const domain::Vacancy vacancy, SaveChange(tx, std::move(change)));
    return Encode(vacancy);
  });
}

namespace {

// An employer that is named must exist: an empty list would hide a mistyped name.
Status CheckParent(sql::Tx& tx, const store::VacancyFilter& filter) {
  if (!filter.employer.has_value()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const bool known, store::VacancyStore(tx).HasEmployer(*filter.employer));
  return known ? absl::OkStatus() : NotFound(reasons::kNotFound);
}

}  // namespace

StatusOr<v1::ListVacanciesResponse> VacancyService::ListPage(
    const Call& call, const v1::ListVacanciesRequest& request) {
  const std::string digest = wire::FilterDigest(request);
  const int size = wire::PageSize(request.page_size(), call.principal.role);
  ASSIGN_OR_RETURN(wire::PageCursor cursor, page_tokens_.Decode(request.page_token(), digest));
  ASSIGN_OR_RETURN(const store::VacancyFilter filter, Decode(request, call.principal));
  v1::ListVacanciesResponse reply;
  RETURN_IF_ERROR(database_.Read(call, [&](sql::Tx& tx) -> Status {
    if (Status parent = CheckParent(tx, filter); !parent.ok()) return parent;
    // The sequence of the first page: changes made while the others are read come by the feed.
    if (cursor.last_key.empty()) {
      ASSIGN_OR_RETURN(cursor.sequence, sql::LastSequence(tx));
    }
    ASSIGN_OR_RETURN(
        const std::vector<domain::Vacancy> found,
        store::VacancyStore(tx).ListVacancies(filter, KeyIn(cursor.last_key), size + 1));
    for (const domain::Vacancy& vacancy : found) {
      if (reply.vacancies_size() == size) {
        reply.set_next_page_token(page_tokens_.Encode(cursor, digest));
        break;
      }
      cursor.last_key = KeyText(vacancy);
      *reply.add_vacancies() = Encode(vacancy);
    }
    return absl::OkStatus();
  }));
  reply.set_sequence(cursor.sequence);
  return reply;
}

StatusOr<v1::ListEmployersResponse> VacancyService::ListPage(
    const Call& call, const v1::ListEmployersRequest& request) {
  const std::string digest = wire::FilterDigest(request);
  const int size = wire::PageSize(request.page_size(), call.principal.role);
  ASSIGN_OR_RETURN(wire::PageCursor cursor, page_tokens_.Decode(request.page_token(), digest));
  ASSIGN_OR_RETURN(const std::vector<domain::Employer> found,
                   database_.Read(call, [&](sql::Tx& tx) {
                     return store::VacancyStore(tx).ListEmployers(
                         request.sector(), EmployerId(cursor.last_key), size + 1);
                   }));
  v1::ListEmployersResponse reply;
  for (const domain::Employer& employer : found) {
    if (reply.employers_size() == size) {
      reply.set_next_page_token(page_tokens_.Encode(cursor, digest));
      break;
    }
    cursor.last_key = employer.id.value();
    *reply.add_employers() = Encode(employer);
  }
  return reply;
}

}  // namespace matchgo::vacancies::rpc
