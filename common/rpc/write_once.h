// WriteOnce: a write that gives the first outcome again when its request comes again.
//
// The reply is stored in the transaction of the write, keyed by the call's request_id; another body
// under the same key is KEY_REUSED. Personal replies are sealed before they are stored (ReplySeal).
// Blocks until COMMIT: not for gRPC threads. Test: tests/unit/common/rpc/serve_unary_test.cc
#pragma once

#include <google/protobuf/message.h>

#include <functional>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "absl/functional/function_ref.h"
#include "common/base/status.h"
#include "common/base/status_macros.h"
#include "common/service/call.h"
#include "common/sql/database.h"

namespace matchgo::rpc {

using SealReply = std::function<StatusOr<std::string>(sql::Tx& tx, const std::string& subject,
                                                      const std::string& plain)>;
// `sealed` is what SealReply returned, the subject included if it is needed.
using OpenReply = std::function<StatusOr<std::string>(sql::Tx& tx, const std::string& sealed)>;

// How a personal reply is kept. All empty: the reply is kept as it is.
template <class Rep>
struct ReplySeal {
  // Whose key seals it and whose erasure forgets it, e.g. the id in the reply's name.
  std::function<std::string(const Rep& reply)> subject;
  SealReply seal;
  OpenReply open;
};

// Fills `reply` with the one given before and says whether there is one.
StatusOr<bool> FindReplyBefore(sql::Tx& tx, const OpenReply& open,
                               google::protobuf::Message* reply);
Status KeepReply(sql::Tx& tx, const SealReply& seal, const std::string& subject,
                 const google::protobuf::Message& reply);

// The reply given before, if there is one.
template <class Rep>
StatusOr<std::optional<Rep>> ReplayReply(sql::Tx& tx, const ReplySeal<Rep>& seal) {
  Rep reply;
  ASSIGN_OR_RETURN(const bool given, FindReplyBefore(tx, seal.open, &reply));
  return given ? std::optional<Rep>(std::move(reply)) : std::nullopt;
}

// For many writes with new keys: runs `work`, which ends with StoreReply, and asks the request log
// only if that was refused, a key that is there already included. `replay` gets the reply given
// before. May ask to run apart.
Status RunUnlessGiven(sql::Tx& tx, absl::FunctionRef<Status()> work,
                      absl::FunctionRef<void(const std::string& reply)> replay);

// Runs work(Tx&) -> StatusOr<Rep> inside a write that has begun, unless it ran before.
template <class Rep, class F>
StatusOr<Rep> RunOnce(sql::Tx& tx, const ReplySeal<Rep>& seal, F& work) {
  Rep before;
  ASSIGN_OR_RETURN(const bool given, FindReplyBefore(tx, seal.open, &before));
  if (given) return before;
  StatusOr<Rep> reply = work(tx);
  if (!reply.ok()) return reply;
  RETURN_IF_ERROR(
      KeepReply(tx, seal.seal, seal.subject ? seal.subject(*reply) : std::string(), *reply));
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
