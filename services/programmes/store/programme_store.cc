#include "services/programmes/store/programme_store.h"

#include <optional>
#include <utility>

#include "common/base/status_macros.h"
#include "common/sql/payload.h"
#include "services/programmes/reasons.h"
#include "services/programmes/store/programme_payload.h"
#include "services/programmes/store/programme_queries.h"

namespace matchgo::programmes::store {
namespace {

template <class Message>
StatusOr<Message> Parse(const std::string& bytes) {
  Message message;
  if (!message.ParseFromString(bytes)) return Internal("a stored payload can't be read");
  return message;
}

// `before`: the message that is replaced, whose unknown fields stay.
template <class Message, class Record>
std::string PayloadOf(const Record& record, Message before) {
  Fill(record, &before);
  return sql::EncodePayload(before.SerializeAsString());
}

sql::Value ReferenceOf(const domain::Programme& programme) {
  return programme.external_reference.empty() ? sql::Value()
                                              : sql::Value(programme.external_reference);
}

}  // namespace

StatusOr<Stored> ProgrammeStore::ReadOne(const sql::Query& query,
                                         std::initializer_list<sql::Value> values,
                                         const std::string& id) {
  std::optional<Stored> stored;
  RETURN_IF_ERROR(tx_.Select(query, values, [&](const sql::Row& row) -> Status {
    ASSIGN_OR_RETURN(std::string bytes, sql::DecodePayload(row.Text(1)));
    stored = Stored{.id = id, .version = row.Int(0), .bytes = std::move(bytes)};
    return absl::OkStatus();
  }));
  if (!stored.has_value()) return NotFound(kNotFound);
  return *std::move(stored);
}

StatusOr<std::vector<Stored>> ProgrammeStore::ReadMany(const sql::Query& query,
                                                       std::initializer_list<sql::Value> values) {
  std::vector<Stored> records;
  RETURN_IF_ERROR(tx_.Select(query, values, [&](const sql::Row& row) -> Status {
    ASSIGN_OR_RETURN(std::string bytes, sql::DecodePayload(row.Text(2)));
    records.push_back({.id = row.Text(0), .version = row.Int(1), .bytes = std::move(bytes)});
    return absl::OkStatus();
  }));
  return records;
}

Status ProgrammeStore::Replace(const sql::Query& query, std::initializer_list<sql::Value> values) {
  ASSIGN_OR_RETURN(const int64_t rows, tx_.Execute(query, values));
  return rows == 1 ? absl::OkStatus() : Conflict(kStale);
}

StatusOr<Stored> ProgrammeStore::ReadOpleider(const OpleiderId& id) {
  return ReadOne(kGetOpleider, {id}, id.value());
}

StatusOr<Stored> ProgrammeStore::ReadProgramme(const OpleiderId& opleider, const ProgrammeId& id) {
  return ReadOne(kGetProgramme, {id, opleider, opleider}, id.value());
}

StatusOr<Stored> ProgrammeStore::ReadStart(const OpleiderId& opleider, const ProgrammeId& programme,
                                           const StartId& id) {
  return ReadOne(kGetStart, {id, programme, programme, opleider, opleider}, id.value());
}

Status ProgrammeStore::CheckParent(const OpleiderId& opleider, const ProgrammeId& programme) {
  if (opleider.value().empty()) return absl::OkStatus();
  if (programme.value().empty()) return GetOpleider(opleider).status();
  return GetProgramme(opleider, programme).status();
}

StatusOr<domain::Opleider> ProgrammeStore::GetOpleider(const OpleiderId& id) {
  ASSIGN_OR_RETURN(const Stored stored, ReadOpleider(id));
  ASSIGN_OR_RETURN(const v1::Opleider message, Parse<v1::Opleider>(stored.bytes));
  return Decode(message, stored.version);
}

StatusOr<domain::Programme> ProgrammeStore::GetProgramme(const OpleiderId& opleider,
                                                         const ProgrammeId& id) {
  ASSIGN_OR_RETURN(const Stored stored, ReadProgramme(opleider, id));
  ASSIGN_OR_RETURN(const v1::Programme message, Parse<v1::Programme>(stored.bytes));
  return Decode(message, stored.version);
}

StatusOr<domain::Start> ProgrammeStore::GetStart(const OpleiderId& opleider,
                                                 const ProgrammeId& programme, const StartId& id) {
  ASSIGN_OR_RETURN(const Stored stored, ReadStart(opleider, programme, id));
  ASSIGN_OR_RETURN(const v1::Start message, Parse<v1::Start>(stored.bytes));
  return Decode(message, stored.version);
}

StatusOr<std::vector<Stored>> ProgrammeStore::ListOpleiders(int state, const std::string& after,
                                                            int limit) {
  return ReadMany(kListOpleiders, {after, state, state, limit});
}

StatusOr<std::vector<Stored>> ProgrammeStore::ListProgrammes(const ProgrammeFilter& filter,
                                                             const std::string& after, int limit) {
  if (filter.opleider.empty()) {
    return ReadMany(kListProgrammes, {after, filter.sector, filter.sector, filter.degree,
                                      filter.degree, filter.state, filter.state, limit});
  }
  return ReadMany(kListProgrammesOfOpleider,
                  {filter.opleider, after, filter.sector, filter.sector, filter.degree,
                   filter.degree, filter.state, filter.state, limit});
}

StatusOr<std::vector<Stored>> ProgrammeStore::ListStarts(const StartFilter& filter,
                                                         const std::string& after, int limit) {
  if (filter.programme.empty()) {
    return ReadMany(kListStarts,
                    {after, filter.opleider, filter.opleider, filter.state, filter.state, limit});
  }
  return ReadMany(kListStartsOfProgramme, {filter.programme, after, filter.opleider,
                                           filter.opleider, filter.state, filter.state, limit});
}

StatusOr<ProgrammeId> ProgrammeStore::FindByReference(const OpleiderId& opleider,
                                                      const std::string& reference) {
  ProgrammeId found;
  RETURN_IF_ERROR(
      tx_.Select(kProgrammeByReference, {opleider, reference}, [&](const sql::Row& row) {
        found = ProgrammeId(row.Text(0));
        return absl::OkStatus();
      }));
  return found;
}

Status ProgrammeStore::Insert(const domain::Opleider& opleider) {
  return Replace(kInsertOpleider,
                 {opleider.id, static_cast<int>(opleider.state), opleider.revision.version,
                  opleider.revision.sequence, PayloadOf(opleider, v1::Opleider())});
}

Status ProgrammeStore::Insert(const domain::Programme& programme) {
  return Replace(kInsertProgramme,
                 {programme.id, programme.opleider, ReferenceOf(programme), programme.sector,
                  static_cast<int>(programme.degree), static_cast<int>(programme.state),
                  programme.revision.version, programme.revision.sequence,
                  PayloadOf(programme, v1::Programme())});
}

Status ProgrammeStore::Insert(const domain::Start& start) {
  return Replace(
      kInsertStart,
      {start.id, start.programme, start.opleider, static_cast<int>(start.state), start.capacity,
       start.revision.version, start.revision.sequence, PayloadOf(start, v1::Start())});
}

Status ProgrammeStore::Update(const domain::Opleider& opleider) {
  ASSIGN_OR_RETURN(const Stored stored, ReadOpleider(opleider.id));
  ASSIGN_OR_RETURN(v1::Opleider before, Parse<v1::Opleider>(stored.bytes));
  return Replace(
      kUpdateOpleider,
      {static_cast<int>(opleider.state), opleider.revision.version, opleider.revision.sequence,
       PayloadOf(opleider, std::move(before)), opleider.id, opleider.revision.version - 1});
}

Status ProgrammeStore::Update(const domain::Programme& programme) {
  ASSIGN_OR_RETURN(const Stored stored, ReadProgramme(programme.opleider, programme.id));
  ASSIGN_OR_RETURN(v1::Programme before, Parse<v1::Programme>(stored.bytes));
  return Replace(
      kUpdateProgramme,
      {ReferenceOf(programme), programme.sector, static_cast<int>(programme.degree),
       static_cast<int>(programme.state), programme.revision.version, programme.revision.sequence,
       PayloadOf(programme, std::move(before)), programme.id, programme.revision.version - 1});
}

Status ProgrammeStore::Update(const domain::Start& start) {
  ASSIGN_OR_RETURN(const Stored stored, ReadStart(start.opleider, start.programme, start.id));
  ASSIGN_OR_RETURN(v1::Start before, Parse<v1::Start>(stored.bytes));
  return Replace(kUpdateStart,
                 {static_cast<int>(start.state), start.capacity, start.revision.version,
                  start.revision.sequence, PayloadOf(start, std::move(before)), start.id,
                  start.revision.version - 1});
}

}  // namespace matchgo::programmes::store
