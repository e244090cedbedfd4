#include "services/profiles/rpc/reply_seal.h"

#include <string>
#include <string_view>
#include <utility>

#include "common/base/status_macros.h"
#include "common/kernel/resource_patterns.h"
#include "common/sql/payload.h"

namespace matchgo::profiles::rpc {
namespace {

std::string SubjectOf(const v1::Switcher& switcher) { return names::LastPart(switcher.name()); }

// One line: the id, a space, the sealed record as text.
StatusOr<std::string> SealLine(Vault& vault, const v1::Switcher& switcher) {
  const std::string subject = SubjectOf(switcher);
  ASSIGN_OR_RETURN(const std::string sealed, vault.Seal(subject, switcher.SerializeAsString()));
  return subject + " " + sql::EncodePayload(sealed) + "\n";
}

StatusOr<v1::Switcher> OpenLine(Vault& vault, std::string_view line) {
  const size_t space = line.find(' ');
  v1::Switcher switcher;
  if (space == std::string_view::npos) return Internal("a stored reply can't be read");
  ASSIGN_OR_RETURN(const std::string sealed, sql::DecodePayload(line.substr(space + 1)));
  ASSIGN_OR_RETURN(const std::string plain, vault.Open(line.substr(0, space), sealed));
  if (!switcher.ParseFromString(plain)) return Internal("a stored reply can't be read");
  return switcher;
}

}  // namespace

matchgo::rpc::ReplySeal<v1::Switcher> SealOne(Vault& vault) {
  return {.subject = [](const v1::Switcher& reply) { return SubjectOf(reply); },
          .seal = [&vault](sql::Tx& /*tx*/, const std::string& /*subject*/,
                           const std::string& plain) -> StatusOr<std::string> {
            v1::Switcher reply;
            if (!reply.ParseFromString(plain)) return Internal("a reply can't be read");
            return SealLine(vault, reply);
          },
          .open = [&vault](sql::Tx& /*tx*/, const std::string& sealed) -> StatusOr<std::string> {
            const std::string_view line = sealed;
            ASSIGN_OR_RETURN(const v1::Switcher reply,
                             OpenLine(vault, line.substr(0, line.find('\n'))));
            return reply.SerializeAsString();
          }};
}

matchgo::rpc::ReplySeal<v1::BatchCreateSwitchersResponse> SealMany(Vault& vault) {
  using Reply = v1::BatchCreateSwitchersResponse;
  return {// Of many people: no erasure empties it, but each key that goes makes it unreadable.
          .subject = [](const Reply&) { return std::string(); },
          .seal = [&vault](sql::Tx& /*tx*/, const std::string& /*subject*/,
                           const std::string& plain) -> StatusOr<std::string> {
            Reply reply;
            if (!reply.ParseFromString(plain)) return Internal("a reply can't be read");
            std::string lines;
            for (const v1::Switcher& switcher : reply.switchers()) {
              ASSIGN_OR_RETURN(const std::string line, SealLine(vault, switcher));
              lines += line;
            }
            return lines;
          },
          .open = [&vault](sql::Tx& /*tx*/, const std::string& sealed) -> StatusOr<std::string> {
            Reply reply;
            std::string_view rest = sealed;
            while (!rest.empty()) {
              const size_t end = rest.find('\n');
              ASSIGN_OR_RETURN(*reply.add_switchers(), OpenLine(vault, rest.substr(0, end)));
              rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
            }
            return reply.SerializeAsString();
          }};
}

}  // namespace matchgo::profiles::rpc
