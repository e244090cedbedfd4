#include "services/vacancies/rpc/vacancy_codec.h"

#include <string>
#include <string_view>
#include <utility>

#include "common/base/status_macros.h"
#include "common/rpc/etag.h"
#include "common/rpc/feed_position.h"
#include "common/rpc/field_mask.h"
#include "common/rpc/resource_name.h"
#include "common/rpc/validate.h"
#include "services/vacancies/store/vacancy_payload.h"

namespace matchgo::vacancies::rpc {
namespace {

namespace wire = ::matchgo::rpc;
namespace names = ::matchgo::rpc::names;

constexpr int kRowsMax = 1000;

// What the record becomes when a request's mask is applied to it as the caller sees it.
template <class Message, class Value>
StatusOr<Value> Masked(const google::protobuf::FieldMask& mask, const Message& from,
                       const Value& current, std::string_view field) {
  Message message = Encode(current);
  RETURN_IF_ERROR(wire::ApplyMask(mask, from, &message));
  RETURN_IF_ERROR(wire::ValidateMessage(message, field));
  return store::FromMessage(message);
}

StatusOr<VacancyTarget> TargetIn(const std::string& name, const std::string& etag,
                                 std::string_view field) {
  ASSIGN_OR_RETURN(auto ids,
                   (wire::ParseName<EmployerId, VacancyId>(names::kVacancy, name, field)));
  return VacancyTarget{.employer = std::move(std::get<0>(ids)),
                       .id = std::move(std::get<1>(ids)),
                       .expected_version = wire::VersionOf(etag)};
}

StatusOr<domain::Vacancy> ContentOf(const v1::ImportVacanciesRequest::Row& row) {
  RETURN_IF_ERROR(wire::ValidateMessage(row, "row"));
  domain::Vacancy vacancy = store::FromMessage(row.vacancy());
  ASSIGN_OR_RETURN(vacancy.employer,
                   wire::ParseOne<EmployerId>(names::kEmployer, row.parent(), "row.parent"));
  return vacancy;
}

}  // namespace

v1::Employer Encode(const domain::Employer& employer) {
  v1::Employer message;
  store::ToMessage(employer, &message);
  message.set_name(wire::FormatName(names::kEmployer, employer.id));
  message.set_etag(wire::EtagOf(employer.version));
  message.set_sequence(employer.sequence);
  return message;
}

v1::Vacancy Encode(const domain::Vacancy& vacancy) {
  v1::Vacancy message;
  store::ToMessage(vacancy, &message);
  message.set_name(domain::NameOf(vacancy));
  message.set_etag(wire::EtagOf(vacancy.version));
  message.set_sequence(vacancy.sequence);
  return message;
}

NewVacancy EncodeNew(domain::Vacancy vacancy, std::string* reply) {
  std::string payload = store::EncodePayload(vacancy, "");
  *reply = payload;
  v1::Vacancy identity;
  identity.set_name(domain::NameOf(vacancy));
  identity.set_etag(wire::EtagOf(vacancy.version));
  // Bytes of two messages after each other are those of both merged.
  identity.AppendToString(reply);
  return {.vacancy = std::move(vacancy), .payload = std::move(payload)};
}

v1::VacancyChange Encode(const store::Change& change) {
  v1::VacancyChange message;
  wire::FillPosition(change.event, message.mutable_position());
  if (change.vacancy.has_value()) *message.mutable_vacancy() = Encode(*change.vacancy);
  if (change.employer.has_value()) *message.mutable_employer() = Encode(*change.employer);
  return message;
}

v1::ImportVacanciesResponse::Result Encode(const ImportResult& result) {
  using Result = v1::ImportVacanciesResponse::Result;
  Result message;
  message.set_name(result.name);
  switch (result.outcome) {
    case ImportOutcome::kCreated:
      message.set_outcome(Result::OUTCOME_CREATED);
      break;
    case ImportOutcome::kUpdated:
      message.set_outcome(Result::OUTCOME_UPDATED);
      break;
    case ImportOutcome::kUnchanged:
      message.set_outcome(Result::OUTCOME_UNCHANGED);
      break;
    case ImportOutcome::kRefused:
      message.set_outcome(Result::OUTCOME_REFUSED);
      message.set_reason(ReasonOf(result.refused));
      const std::vector<Violation> violations = ViolationsOf(result.refused);
      if (!violations.empty()) message.set_field(violations.front().field);
      break;
  }
  return message;
}

domain::Employer Decode(const v1::CreateEmployerRequest& request) {
  return store::FromMessage(request.employer());
}

StatusOr<CreateVacancyCommand> Decode(const v1::CreateVacancyRequest& request) {
  CreateVacancyCommand command{.content = store::FromMessage(request.vacancy()),
                               .publish = request.publish()};
  ASSIGN_OR_RETURN(command.content.employer,
                   wire::ParseOne<EmployerId>(names::kEmployer, request.parent(), "parent"));
  return command;
}

StatusOr<EditEmployerCommand> Decode(const v1::UpdateEmployerRequest& request) {
  const v1::Employer& employer = request.employer();
  ASSIGN_OR_RETURN(EmployerId id,
                   wire::ParseOne<EmployerId>(names::kEmployer, employer.name(), "employer.name"));
  return EditEmployerCommand{.id = std::move(id),
                             .expected_version = wire::VersionOf(employer.etag()),
                             .change = [&request](const domain::Employer& current) {
                               return Masked(request.update_mask(), request.employer(), current,
                                             "employer");
                             }};
}

StatusOr<EmployerTarget> Decode(const v1::CloseEmployerRequest& request) {
  ASSIGN_OR_RETURN(EmployerId id,
                   wire::ParseOne<EmployerId>(names::kEmployer, request.name(), "name"));
  return EmployerTarget{.id = std::move(id), .expected_version = wire::VersionOf(request.etag())};
}

StatusOr<EditVacancyCommand> Decode(const v1::UpdateVacancyRequest& request) {
  const v1::Vacancy& vacancy = request.vacancy();
  ASSIGN_OR_RETURN(VacancyTarget target, TargetIn(vacancy.name(), vacancy.etag(), "vacancy.name"));
  return EditVacancyCommand{
      .target = std::move(target), .change = [&request](const domain::Vacancy& current) {
        return Masked(request.update_mask(), request.vacancy(), current, "vacancy");
      }};
}

StatusOr<VacancyTarget> Decode(const v1::GetVacancyRequest& request) {
  return TargetIn(request.name(), /*etag=*/"", "name");
}

StatusOr<VacancyTarget> Decode(const v1::PublishVacancyRequest& request) {
  return TargetIn(request.name(), request.etag(), "name");
}

StatusOr<VacancyTarget> Decode(const v1::CloseVacancyRequest& request) {
  return TargetIn(request.name(), request.etag(), "name");
}

StatusOr<store::VacancyFilter> Decode(const v1::ListVacanciesRequest& request,
                                      const Principal& principal) {
  store::VacancyFilter filter;
  ASSIGN_OR_RETURN(EmployerId parent,
                   wire::ParseOne<EmployerId>(names::kEmployer, request.parent(), "parent"));
  if (parent.value() != "-") filter.employer = std::move(parent);
  if (request.state() != v1::Vacancy::STATE_UNSPECIFIED) {
    filter.state = static_cast<domain::State>(request.state());
  }
  filter.sector = request.sector();
  if (!request.occupation().empty()) {
    ASSIGN_OR_RETURN(
        filter.occupation,
        wire::ParseOne<OccupationId>(names::kOccupation, request.occupation(), "occupation"));
  }
  filter.external_reference = request.external_reference();
  filter.sees_all = ReachesEveryTenant(principal);
  filter.sees_of = EmployerId(principal.tenant.value());
  return filter;
}

StatusOr<ImportBatch> DecodeBatch(const Call& call, Entropy& entropy,
                                  const v1::ImportVacanciesRequest& request) {
  if (request.rows_size() > kRowsMax) {
    return Invalid({{.field = "rows", .reason = "ITEMS", .wanted = "at most 1000"}});
  }
  ImportBatch batch{.rows = {}, .publish = request.publish()};
  batch.rows.reserve(static_cast<size_t>(request.rows_size()));
  for (const v1::ImportVacanciesRequest::Row& row : request.rows()) {
    StatusOr<domain::Vacancy> content = ContentOf(row);
    if (content.ok()) {
      batch.rows.push_back(PrepareRow(call, entropy, *std::move(content), request.publish()));
    } else {
      batch.rows.push_back({.refused = content.status(), .fresh = {}});
    }
  }
  return batch;
}

std::string KeyText(const domain::Vacancy& vacancy) {
  return vacancy.employer.value() + "/" + vacancy.id.value();
}

store::VacancyKey KeyIn(const std::string& text) {
  const size_t slash = text.find('/');
  if (slash == std::string::npos) return {};
  return {.employer = EmployerId(text.substr(0, slash)), .id = VacancyId(text.substr(slash + 1))};
}

}  // namespace matchgo::vacancies::rpc
