// Between the wire and the rest of the service: names, merged updates and replies.
//
// The mapping of records themselves is store/programme_payload.h. Decides nothing but what a mask
// means. Pure; thread-safe. Test: tests/unit/services/programmes/programme_service_test.cc
#pragma once

#include <google/protobuf/field_mask.pb.h>

#include <string>
#include <string_view>

#include "common/base/status.h"
#include "common/base/status_macros.h"
#include "common/kernel/ids.h"
#include "common/rpc/etag.h"
#include "common/rpc/field_mask.h"
#include "common/rpc/validate.h"
#include "common/service/call.h"
#include "matchgo/programmes/v1/programme_service.pb.h"
#include "services/programmes/domain/opleider.h"
#include "services/programmes/domain/programme.h"
#include "services/programmes/domain/start.h"
#include "services/programmes/domain/vocabulary.h"
#include "services/programmes/store/programme_payload.h"
#include "services/programmes/store/programme_store.h"

namespace matchgo::programmes {

// The ids in a name. In the parent of a list "-" stands for all and is an empty id here.
struct RecordKey {
  OpleiderId opleider;
  ProgrammeId programme;
  StartId start;
};
StatusOr<RecordKey> ParseOpleiderName(const std::string& name, std::string_view field);
StatusOr<RecordKey> ParseProgrammeName(const std::string& name, std::string_view field);
StatusOr<RecordKey> ParseStartName(const std::string& name, std::string_view field);
RecordKey WithoutWildcards(RecordKey key);

// For writes: another opleider's record looks absent (NOT_FOUND).
Status CheckReach(const Call& call, const OpleiderId& owner);

// What listings are sorted by.
inline const std::string& IdOf(const store::Stored& stored) { return stored.id; }

// A stored record as a reply.
template <class Message>
StatusOr<Message> EncodeStored(const store::Stored& stored) {
  Message message;
  if (!message.ParseFromString(stored.bytes)) return Internal("a stored payload can't be read");
  message.set_etag(rpc::EtagOf(stored.version));
  return message;
}

// A record that was just written as a reply.
template <class Message, class Record>
Message Encode(const Record& record) {
  Message message;
  store::Fill(record, &message);
  message.set_etag(rpc::EtagOf(record.revision.version));
  return message;
}

// A record that is to be made: what only the service sets is dropped.
template <class Message>
auto DecodeDraft(Message message) {
  rpc::ClearOutputOnly(&message);
  return store::Decode(message, 0);
}

// `current` with the fields of `sent` that the mask names, checked as a whole record. `field` is
// what violations begin with: "programme".
template <class Message, class Record>
StatusOr<Record> Merge(const Record& current, const Message& sent,
                       const google::protobuf::FieldMask& mask, std::string_view field) {
  Message merged;
  store::Fill(current, &merged);
  RETURN_IF_ERROR(rpc::ApplyMask(mask, sent, &merged));
  RETURN_IF_ERROR(rpc::ValidateMessage(merged, field));
  return store::Decode(merged, current.revision.version);
}

domain::VocabularyImport DecodeImport(const v1::ImportVocabularyRequest& request);
v1::LintProgrammeResponse EncodeFindings(const std::vector<domain::Module>& modules);

}  // namespace matchgo::programmes
