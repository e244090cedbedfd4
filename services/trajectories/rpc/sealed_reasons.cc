#include "services/trajectories/rpc/sealed_reasons.h"

#include <string_view>
#include <utility>

#include "common/base/status_macros.h"
#include "common/sql/payload.h"
#include "common/sql/reasons.h"
#include "services/trajectories/domain/trajectory.h"

namespace matchgo::trajectories {
namespace {

// No word of a caller begins like this: they are capitals.
constexpr std::string_view kSealed = "sealed:";

bool IsErased(const Status& status) { return ReasonOf(status) == sql::kErased.word; }

StatusOr<v1::Trajectory> Parse(const std::string& bytes) {
  v1::Trajectory message;
  if (!message.ParseFromString(bytes)) return Internal("a stored reply can't be read");
  return message;
}

Status SealReasons(Vault& vault, v1::Trajectory* message) {
  const std::string switcher = domain::OwnerIn(message->switcher());
  for (v1::Trajectory::Pause& pause : *message->mutable_pauses()) {
    StatusOr<std::string> sealed = SealReason(vault, switcher, pause.reason());
    if (!sealed.ok() && !IsErased(sealed.status())) return sealed.status();
    pause.set_reason(sealed.ok() ? *std::move(sealed) : std::string());
  }
  return absl::OkStatus();
}

}  // namespace

StatusOr<std::string> SealReason(Vault& vault, const std::string& switcher,
                                 const std::string& word) {
  if (word.empty()) return word;  // nothing, or of somebody erased
  ASSIGN_OR_RETURN(const std::string sealed, vault.Seal(switcher, word));
  return std::string(kSealed) + sql::EncodePayload(sealed);
}

Status OpenReasons(Vault& vault, v1::Trajectory* message) {
  const std::string switcher = domain::OwnerIn(message->switcher());
  for (v1::Trajectory::Pause& pause : *message->mutable_pauses()) {
    const std::string_view kept = pause.reason();
    if (!kept.starts_with(kSealed)) continue;
    ASSIGN_OR_RETURN(const std::string sealed, sql::DecodePayload(kept.substr(kSealed.size())));
    StatusOr<std::string> word = vault.Open(switcher, sealed);
    if (!word.ok() && !IsErased(word.status())) return word.status();
    pause.set_reason(word.ok() ? *std::move(word) : std::string());
  }
  return absl::OkStatus();
}

rpc::ReplySeal<v1::Trajectory> ReasonsSealed(Vault& vault) {
  return {.subject = [](const v1::Trajectory& reply) { return domain::OwnerIn(reply.switcher()); },
          .seal = [&vault](sql::Tx& /*tx*/, const std::string& /*subject*/,
                           const std::string& plain) -> StatusOr<std::string> {
            ASSIGN_OR_RETURN(v1::Trajectory reply, Parse(plain));
            RETURN_IF_ERROR(SealReasons(vault, &reply));
            return reply.SerializeAsString();
          },
          .open = [&vault](sql::Tx& /*tx*/, const std::string& sealed) -> StatusOr<std::string> {
            ASSIGN_OR_RETURN(v1::Trajectory reply, Parse(sealed));
            RETURN_IF_ERROR(OpenReasons(vault, &reply));
            return reply.SerializeAsString();
          }};
}

}  // namespace matchgo::trajectories
