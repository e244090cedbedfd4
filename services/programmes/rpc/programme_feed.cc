#include "services/programmes/rpc/programme_feed.h"

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "common/base/status_macros.h"
#include "common/rpc/feed_position.h"
#include "common/rpc/resource_name.h"
#include "common/sql/event_log.h"
#include "services/programmes/reasons.h"
#include "services/programmes/rpc/programme_codec.h"
#include "services/programmes/store/programme_store.h"

namespace matchgo::programmes {
namespace {

// Puts the record into the change; false if the event is about none that watchers follow.
StatusOr<bool> FillRecord(store::ProgrammeStore& programmes, const std::string& resource,
                          v1::ProgrammeChange* change) {
  if (const auto start = ParseStartName(resource, ""); start.ok()) {
    ASSIGN_OR_RETURN(const store::Stored stored,
                     programmes.ReadStart(start->opleider, start->programme, start->start));
    ASSIGN_OR_RETURN(*change->mutable_start(), EncodeStored<v1::Start>(stored));
    return true;
  }
  if (const auto programme = ParseProgrammeName(resource, ""); programme.ok()) {
    ASSIGN_OR_RETURN(const store::Stored stored,
                     programmes.ReadProgramme(programme->opleider, programme->programme));
    ASSIGN_OR_RETURN(*change->mutable_programme(), EncodeStored<v1::Programme>(stored));
    return true;
  }
  if (const auto opleider = ParseOpleiderName(resource, ""); opleider.ok()) {
    ASSIGN_OR_RETURN(const store::Stored stored, programmes.ReadOpleider(opleider->opleider));
    ASSIGN_OR_RETURN(*change->mutable_opleider(), EncodeStored<v1::Opleider>(stored));
    return true;
  }
  return false;
}

}  // namespace

StatusOr<rpc::Batch<v1::ProgrammeChange>> ReadChanges(sql::Tx& tx, int64_t after, int limit) {
  ASSIGN_OR_RETURN(const int64_t last, sql::LastSequence(tx));
  if (after > last) return OutOfRange(kFellBehind);
  ASSIGN_OR_RETURN(const std::vector<sql::RecordedEvent> events, sql::ReadEvents(tx, after, limit));
  std::map<std::string, int64_t> newest;
  for (const sql::RecordedEvent& event : events) newest[event.resource] = event.sequence;
  rpc::Batch<v1::ProgrammeChange> batch;
  batch.last_sequence = after;
  batch.newest_sequence = last;
  store::ProgrammeStore programmes(tx);
  for (const sql::RecordedEvent& event : events) {
    batch.last_sequence = event.sequence;
    if (newest[event.resource] != event.sequence) continue;
    v1::ProgrammeChange change;
    ASSIGN_OR_RETURN(const bool followed, FillRecord(programmes, event.resource, &change));
    if (!followed) continue;
    rpc::FillPosition(event, change.mutable_position());
    batch.messages.push_back(std::move(change));
  }
  return batch;
}

}  // namespace matchgo::programmes
