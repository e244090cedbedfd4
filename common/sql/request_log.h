// The request log: replies already given, by idempotency key, in the transaction of the write
// itself.
//
// The key is (tenant, principal, method, request_id) of the call. A call without request_id is
// never found and never stored. Replies are kept as the caller gives them: seal personal ones
// first. Runs inside a Tx. Test: tests/unit/common/sql/request_log_test.cc
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "common/base/status.h"
#include "common/sql/transaction.h"

namespace matchgo::sql {

// The stored reply bytes if this request was answered before; KEY_REUSED if the key was used with
// another request_hash; ERASED if the reply was forgotten.
StatusOr<std::optional<std::string>> FindReply(Tx& tx, const Call& call);

// `subject` is the person the reply is about ("" if none), for ForgetReplies.
Status StoreReply(Tx& tx, const Call& call, std::string_view reply_bytes, std::string_view subject);

// Empties the replies and hashes about a person; the keys stay, so that a late retry cannot make
// the person again.
Status ForgetReplies(Tx& tx, std::string_view subject);

// Removes what was stored before that instant (keys are kept 48 hours). Returns how many.
StatusOr<int64_t> PruneReplies(Tx& tx, Instant before);

}  // namespace matchgo::sql
