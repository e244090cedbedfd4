#include "common/sql/request_log.h"

#include <utility>

#include "common/base/status_macros.h"
#include "common/sql/reasons.h"

namespace matchgo::sql {
namespace {

constexpr Query kFind{"find_reply",
                      "SELECT request_hash, reply, state FROM request_log WHERE key = :p1", "ttt"};
constexpr Query kStore{"store_reply",
                       "INSERT INTO request_log (key, request_hash, reply, subject, state, time)"
                       " VALUES (:p1, :p2, :p3, :p4, 'kept', :p5)",
                       ""};
constexpr Query kForget{"forget_replies",
                        "UPDATE request_log SET reply = '', request_hash = '', subject = '',"
                        " state = 'forgotten' WHERE subject = :p1 AND subject <> ''",
                        ""};
// Everything before the first row that is young enough: the rows are in the order of time, but for
// calls that overtook each other.
constexpr Query kPrune{
    "prune_replies",
    "DELETE FROM request_log WHERE number < COALESCE((SELECT number FROM request_log"
    " WHERE time >= :p1 ORDER BY number LIMIT 1), 9223372036854775807)",
    ""};

// The same id under two roles is two principals. The separator cannot come over the wire: neither
// in metadata nor in a request id.
std::string KeyOf(const Call& call) {
  constexpr char kSeparator = '\x1f';
  const std::string_view role = FormatRole(call.principal.role);
  std::string key;
  key.reserve(call.principal.tenant.value().size() + role.size() + call.principal.id.size() +
              call.method.size() + call.request_id.size() + 4);
  key.append(call.principal.tenant.value()).push_back(kSeparator);
  key.append(role).append(":").append(call.principal.id).push_back(kSeparator);
  key.append(call.method).push_back(kSeparator);
  return key.append(call.request_id);
}

}  // namespace

StatusOr<std::optional<std::string>> FindReply(Tx& tx, const Call& call) {
  std::optional<std::string> reply;
  if (call.request_id.empty()) return reply;
  RETURN_IF_ERROR(tx.Select(kFind, {KeyOf(call)}, [&](const Row& row) -> Status {
    if (row.Text(2) != "kept") return NotFound(kErased);
    if (row.Text(0) != call.request_hash) return Precondition(kKeyReused);
    ASSIGN_OR_RETURN(reply, row.Payload(1));
    return absl::OkStatus();
  }));
  return reply;
}

Status StoreReply(Tx& tx, const Call& call, std::string_view reply_bytes,
                  std::string_view subject) {
  if (call.request_id.empty()) return absl::OkStatus();
  return tx
      .Execute(kStore,
               {KeyOf(call), call.request_hash, Bytes{reply_bytes}, subject, call.now.micros()})
      .status();
}

Status ForgetReplies(Tx& tx, std::string_view subject) {
  return tx.Execute(kForget, {subject}).status();
}

StatusOr<int64_t> PruneReplies(Tx& tx, Instant before) {
  return tx.Execute(kPrune, {before.micros()});
}

}  // namespace matchgo::sql
