#include "services/trajectories/rpc/sealed_reasons.h"

#include <string_view>
#include <utility>
#include <vector>

#include "common/base/status_macros.h"
#include "common/sql/payload.h"
#include "common/sql/reasons.h"
#include "services/trajectories/domain/trajectory.h"

namespace matchgo::trajectories {
namespace {

// What is not sealed was kept before anything was: a word in capitals.
constexpr std::string_view kSealed = "sealed:";

bool IsErased(const Status& status) { return ReasonOf(status) == sql::kErased.word; }

StatusOr<v1::Trajectory> Parse(const std::string& bytes) {
  v1::Trajectory message;
  if (!message.ParseFromString(bytes)) return Internal("a stored reply can't be read");
  return message;
}

// All that is said about her.
std::vector<std::string*> ReasonsIn(v1::Trajectory* message) {
  std::vector<std::string*> all;
  for (v1::Trajectory::Pause& pause : *message->mutable_pauses()) {
    all.push_back(pause.mutable_reason());
  }
  if (message->has_exit()) all.push_back(message->mutable_exit()->mutable_explanation());
  return all;
}

Status SealReasons(Vault& vault, v1::Trajectory* message) {
  const std::string switcher = domain::OwnerIn(message->switcher());
  for (std::string* const reason : ReasonsIn(message)) {
    StatusOr<std::string> sealed = SealReason(vault, switcher, *reason);
    if (!sealed.ok() && !IsErased(sealed.status())) return sealed.status();
    *reason = sealed.ok() ? *std::move(sealed) : std::string();
  }
  return absl::OkStatus();
}

}  // namespace

StatusOr<std::string> SealReason(Vault& vault, const std::string& switcher,
                                 const std::string& words) {
  if (words.empty()) return words;  // nothing, or of somebody erased
  ASSIGN_OR_RETURN(const std::string sealed, vault.Seal(switcher, words));
  return std::string(kSealed) + sql::EncodePayload(sealed);
}

Status OpenReasons(Vault& vault, v1::Trajectory* message) {
  const std::string switcher = domain::OwnerIn(message->switcher());
  for (std::string* const reason : ReasonsIn(message)) {
    const std::string_view kept = *reason;
    if (!kept.starts_with(kSealed)) continue;
    ASSIGN_OR_RETURN(const std::string sealed, sql::DecodePayload(kept.substr(kSealed.size())));
    StatusOr<std::string> words = vault.Open(switcher, sealed);
    if (!words.ok() && !IsErased(words.status())) return words.status();
    *reason = words.ok() ? *std::move(words) : std::string();
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
