// WriteOnce: a write that gives the first outcome again when its request comes again.
//
// The reply is stored in the transaction of the write, keyed by the call's request_id; another body
// under the same key is KEY_REUSED. Personal replies are sealed before they are stored (ReplySeal).
// Blocks until COMMIT: not for gRPC threads. Test: tests/unit/common/rpc/serve_unary_test.cc
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "common/base/status.h"
#include "common/base/status_macros.h"
#include "common/service/call.h"
#include "common/sql/database.h"
#include "common/sql/request_log.h"

namespace matchgo::rpc {

// How a personal reply is kept. All empty: the reply is kept as it is.
template <class Rep>
struct ReplySeal {
  // Whose key seals it and whose erasure forgets it, e.g. the id in the reply's name.
  std::function<std::string(const Rep& reply)> subject;
  std::function<StatusOr<std::string>(sql::Tx& tx, const std::string& subject,
                                      const std::string& plain)>
      seal;
  // `sealed` is what `seal` returned, the subject included if it is needed.
  std::function<StatusOr<std::string>(sql::Tx& tx, const std::string& sealed)> open;
};

// The reply given before, if there is one.
template <class Rep>
StatusOr<std::optional<Rep>> ReplayReply(sql::Tx& tx, const ReplySeal<Rep>& seal) {
  ASSIGN_OR_RETURN(std::optional<std::string> bytes, sql::FindReply(tx, tx.call()));
  if (!bytes.has_value()) return std::optional<Rep>();
  if (seal.open) {
    ASSIGN_OR_RETURN(bytes, seal.open(tx, *bytes));
  }
  Rep reply;
  if (!reply.ParseFromString(*bytes)) return Internal("a stored reply can't be read");
  return std::optional<Rep>(std::move(reply));
}

template <class Rep>
Status KeepReply(sql::Tx& tx, const ReplySeal<Rep>& seal, const Rep& reply) {
  const std::string subject = seal.subject ? seal.subject(reply) : std::string();
  std::string bytes = reply.SerializeAsString();
  if (seal.seal) {
    ASSIGN_OR_RETURN(bytes, seal.seal(tx, subject, bytes));
  }
  return sql::StoreReply(tx, tx.call(), bytes, subject);
}

// Runs work(Tx&) -> StatusOr<Rep> inside a write that has begun, unless it ran before.
template <class Rep, class F>
StatusOr<Rep> RunOnce(sql::Tx& tx, const ReplySeal<Rep>& seal, F& work) {
  ASSIGN_OR_RETURN(std::optional<Rep> before, ReplayReply<Rep>(tx, seal));
  if (before.has_value()) return *std::move(before);
  StatusOr<Rep> reply = work(tx);
  if (!reply.ok()) return reply;
  RETURN_IF_ERROR(KeepReply(tx, seal, *reply));
  return reply;
}

template <class F>
using ReplyOf = typename std::invoke_result_t<F, sql::Tx&>::value_type;

// Database::Write with the above.
template <class F>
StatusOr<ReplyOf<F>> WriteOnce(sql::Database& database, const Call& call, F work,
                               const ReplySeal<ReplyOf<F>>& seal = {}) {
  return database.Write(call, [&](sql::Tx& tx) -> StatusOr<ReplyOf<F>> {
    return RunOnce<ReplyOf<F>>(tx, seal, work);
  });
}

}  // namespace matchgo::rpc
