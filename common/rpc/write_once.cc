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

Status KeepReply(sql::Tx& tx, const SealReply& seal, const std::string& subject,
                 const google::protobuf::Message& reply) {
  std::string bytes = reply.SerializeAsString();
  if (seal) {
    ASSIGN_OR_RETURN(bytes, seal(tx, subject, bytes));
  }
  return sql::StoreReply(tx, tx.call(), bytes, subject);
}

}  // namespace matchgo::rpc
