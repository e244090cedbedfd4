#include "common/sql/request_log.h"

#include <utility>

#include "common/base/status_macros.h"
#include "common/sql/payload.h"
#include "common/sql/reasons.h"

namespace matchgo::sql {
namespace {

constexpr Query kFind{"find_reply",
                      "SELECT request_hash, reply, state FROM request_log WHERE tenant = :p1"
                      " AND principal = :p2 AND method = :p3 AND request_id = :p4",
                      "ttt"};
constexpr Query kStore{
    "store_reply",
    "INSERT INTO request_log (tenant, principal, method, request_id, request_hash, reply, subject,"
    " state, time) VALUES (:p1, :p2, :p3, :p4, :p5, :p6, :p7, 'kept', :p8)",
    ""};
constexpr Query kForget{"forget_replies",
                        "UPDATE request_log SET reply = '', request_hash = '', subject = '',"
                        " state = 'forgotten' WHERE subject = :p1 AND subject <> ''",
                        ""};
constexpr Query kPrune{"prune_replies", "DELETE FROM request_log WHERE time < :p1", ""};

// The same id under two roles is two principals.
std::string PrincipalOf(const Call& call) {
  std::string principal(FormatRole(call.principal.role));
  principal.append(":").append(call.principal.id);
  return principal;
}

}  // namespace

StatusOr<std::optional<std::string>> FindReply(Tx& tx, const Call& call) {
  std::optional<std::string> reply;
  if (call.request_id.empty()) return reply;
  RETURN_IF_ERROR(
      tx.Select(kFind, {call.principal.tenant, PrincipalOf(call), call.method, call.request_id},
                [&](const Row& row) -> Status {
                  if (row.Text(2) != "kept") return NotFound(kErased);
                  if (row.Text(0) != call.request_hash) return Precondition(kKeyReused);
                  ASSIGN_OR_RETURN(reply, DecodePayload(row.Text(1)));
                  return absl::OkStatus();
                }));
  return reply;
}

Status StoreReply(Tx& tx, const Call& call, std::string_view reply_bytes,
                  std::string_view subject) {
  if (call.request_id.empty()) return absl::OkStatus();
  return tx
      .Execute(kStore, {call.principal.tenant, PrincipalOf(call), call.method, call.request_id,
                        call.request_hash, EncodePayload(reply_bytes), subject, call.now.micros()})
      .status();
}

Status ForgetReplies(Tx& tx, std::string_view subject) {
  return tx.Execute(kForget, {subject}).status();
}

StatusOr<int64_t> PruneReplies(Tx& tx, Instant before) {
  return tx.Execute(kPrune, {before.micros()});
}

}  // namespace matchgo::sql
