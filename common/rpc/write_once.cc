#include "common/rpc/write_once.h"

#include "common/sql/request_log.h"

namespace matchgo::rpc {

StatusOr<bool> FindReplyBefore(sql::Tx& tx, const OpenReply& open,
                               google::protobuf::Message* reply) {
  ASSIGN_OR_RETURN(std::optional<std::string> bytes, sql::FindReply(tx, tx.call()));
  if (!bytes.has_value()) return false;
  if (open) {
    ASSIGN_OR_RETURN(bytes, open(tx, *bytes));
  }
  if (!reply->ParseFromString(*bytes)) return Internal("a stored reply can't be read");
  return true;
}

Status RunUnlessGiven(sql::Tx& tx, absl::FunctionRef<Status()> work,
                      absl::FunctionRef<void(const std::string& reply)> replay) {
  const auto give_again = [&]() -> StatusOr<bool> {
    ASSIGN_OR_RETURN(const std::optional<std::string> reply, sql::FindReply(tx, tx.call()));
    if (reply.has_value()) replay(*reply);
    return reply.has_value();
  };
  if (!tx.may_ask()) {
    ASSIGN_OR_RETURN(const bool given, give_again());
    return given ? absl::OkStatus() : work();
  }
  Status status = work();
  if (status.ok() && tx.failure().ok()) return status;
  // What was done must be undone first, and a failed statement lets none follow.
  if (!tx.failure().ok() || tx.changed()) {
    tx.AskToRunApart();
    return status;
  }
  ASSIGN_OR_RETURN(const bool given, give_again());
  return given ? absl::OkStatus() : status;
}

Status KeepReply(sql::Tx& tx, const SealReply& seal, const std::string& subject,
                 const google::protobuf::Message& reply) {
  std::string bytes = reply.SerializeAsString();
  if (seal) {
    ASSIGN_OR_RETURN(bytes, seal(tx, subject, bytes));
  }
  return sql::StoreReply(tx, tx.call(), bytes, subject);
}

}  // namespace matchgo::rpc
