#include "services/programmes/store/vocabulary_store.h"

#include <utility>

#include "common/base/status_macros.h"
#include "common/sql/payload.h"
#include "services/programmes/store/programme_payload.h"
#include "services/programmes/store/programme_queries.h"

namespace matchgo::programmes::store {
namespace {

StatusOr<bool> Found(sql::Tx& tx, const sql::Query& query, const std::string& id) {
  bool found = false;
  RETURN_IF_ERROR(tx.Select(query, {id}, [&found](const sql::Row&) {
    found = true;
    return absl::OkStatus();
  }));
  return found;
}

template <class Message>
StatusOr<Message> Parse(const std::string& payload) {
  ASSIGN_OR_RETURN(const std::string bytes, sql::DecodePayload(payload));
  Message message;
  if (!message.ParseFromString(bytes)) return Internal("a stored payload can't be read");
  return message;
}

template <class Message, class Record>
std::string PayloadOf(const Record& record) {
  Message message;
  Fill(record, &message);
  return sql::EncodePayload(message.SerializeAsString());
}

template <class Message, class Record>
StatusOr<std::optional<Record>> FindOne(sql::Tx& tx, const sql::Query& query,
                                        const std::string& id) {
  std::optional<Record> found;
  RETURN_IF_ERROR(tx.Select(query, {id}, [&](const sql::Row& row) -> Status {
    ASSIGN_OR_RETURN(const Message message, Parse<Message>(row.Text(0)));
    found = Decode(message);
    return absl::OkStatus();
  }));
  return found;
}

template <class Message, class Record>
StatusOr<std::vector<Record>> ReadMany(sql::Tx& tx, const sql::Query& query,
                                       std::initializer_list<sql::Value> values) {
  std::vector<Record> records;
  RETURN_IF_ERROR(tx.Select(query, values, [&](const sql::Row& row) -> Status {
    ASSIGN_OR_RETURN(const Message message, Parse<Message>(row.Text(1)));
    records.push_back(Decode(message));
    return absl::OkStatus();
  }));
  return records;
}

}  // namespace

StatusOr<bool> VocabularyStore::Has(const SkillId& id) { return Found(tx_, kHasSkill, id.value()); }

StatusOr<bool> VocabularyStore::Has(const OccupationId& id) {
  return Found(tx_, kHasOccupation, id.value());
}

StatusOr<std::optional<domain::Skill>> VocabularyStore::FindSkill(const SkillId& id) {
  return FindOne<v1::Skill, domain::Skill>(tx_, kGetSkill, id.value());
}

StatusOr<std::optional<domain::Occupation>> VocabularyStore::FindOccupation(
    const OccupationId& id) {
  return FindOne<v1::Occupation, domain::Occupation>(tx_, kGetOccupation, id.value());
}

StatusOr<std::vector<domain::Skill>> VocabularyStore::ListSkills(const std::string& text,
                                                                 const std::string& after,
                                                                 int limit) {
  return ReadMany<v1::Skill, domain::Skill>(tx_, kListSkills,
                                            {after, text, domain::LikePattern(text), limit});
}

StatusOr<std::vector<domain::Occupation>> VocabularyStore::ListOccupations(
    const std::string& sector, const std::string& text, const std::string& after, int limit) {
  return ReadMany<v1::Occupation, domain::Occupation>(
      tx_, kListOccupations, {after, sector, sector, text, domain::LikePattern(text), limit});
}

Status VocabularyStore::Insert(const domain::Skill& skill) {
  return tx_
      .Execute(kInsertSkill, {skill.id, domain::SearchText(skill.label), skill.sequence,
                              PayloadOf<v1::Skill>(skill)})
      .status();
}

Status VocabularyStore::Insert(const domain::Occupation& occupation) {
  return tx_
      .Execute(kInsertOccupation,
               {occupation.id, occupation.sector, domain::SearchText(occupation.label),
                occupation.sequence, PayloadOf<v1::Occupation>(occupation)})
      .status();
}

Status VocabularyStore::Update(const domain::Skill& skill) {
  return tx_
      .Execute(kUpdateSkill, {domain::SearchText(skill.label), skill.sequence,
                              PayloadOf<v1::Skill>(skill), skill.id})
      .status();
}

Status VocabularyStore::Update(const domain::Occupation& occupation) {
  return tx_
      .Execute(kUpdateOccupation,
               {occupation.sector, domain::SearchText(occupation.label), occupation.sequence,
                PayloadOf<v1::Occupation>(occupation), occupation.id})
      .status();
}

}  // namespace matchgo::programmes::store
