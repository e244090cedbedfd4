#include "services/profiles/rpc/switcher_codec.h"

#include <google/protobuf/timestamp.pb.h>

#include <string>
#include <string_view>
#include <utility>

#include "common/base/status_macros.h"
#include "common/rpc/etag.h"
#include "common/rpc/feed_position.h"
#include "common/rpc/field_mask.h"
#include "common/rpc/resource_name.h"
#include "common/rpc/validate.h"
#include "common/time/timestamp.h"
#include "services/profiles/domain/obstacles.h"
#include "services/profiles/store/switcher_payload.h"

namespace matchgo::profiles::rpc {
namespace {

namespace wire = ::matchgo::rpc;
namespace names = ::matchgo::rpc::names;

template <class Request>
StatusOr<SwitcherTarget> TargetIn(const Request& request) {
  ASSIGN_OR_RETURN(SwitcherId id,
                   wire::ParseOne<SwitcherId>(names::kSwitcher, request.name(), "name"));
  return SwitcherTarget{.id = std::move(id), .expected_version = wire::VersionOf(request.etag())};
}

// What the record becomes when a request's mask is applied to it as the caller sees it.
StatusOr<domain::Switcher> Masked(const v1::UpdateSwitcherRequest& request,
                                  const domain::Switcher& current) {
  v1::Switcher message = Encode(current, current.last_confirmed);
  RETURN_IF_ERROR(wire::ApplyMask(request.update_mask(), request.switcher(), &message));
  RETURN_IF_ERROR(wire::ValidateMessage(message, "switcher"));
  return Decode(message);
}

}  // namespace

v1::Switcher Encode(const domain::Switcher& switcher, Day today) {
  v1::Switcher message;
  message.set_name(domain::NameOf(switcher.id));
  if (switcher.identity.has_value()) {
    store::ToMessage(*switcher.identity, message.mutable_identity());
  }
  store::ToMessage(switcher.profile, message.mutable_profile());
  message.set_state(static_cast<v1::Switcher::State>(switcher.state));
  for (const domain::Obstacle obstacle : domain::ObstaclesOf(switcher, today)) {
    message.add_obstacles(static_cast<v1::MatchingObstacle>(obstacle));
  }
  message.set_last_confirmed(FormatDay(switcher.last_confirmed));
  message.set_partner(switcher.partner.value());
  FillTime(switcher.created, message.mutable_create_time());
  FillTime(switcher.updated, message.mutable_update_time());
  message.set_etag(wire::EtagOf(switcher.version));
  message.set_sequence(switcher.sequence);
  return message;
}

v1::SwitcherChange Encode(const store::Change& change, Day today) {
  v1::SwitcherChange message;
  wire::FillPosition(change.event, message.mutable_position());
  if (change.switcher.has_value()) *message.mutable_switcher() = Encode(*change.switcher, today);
  return message;
}

domain::Switcher Decode(const v1::Switcher& message) {
  domain::Switcher switcher;
  switcher.identity = store::FromMessage(message.identity());
  switcher.profile = store::FromMessage(message.profile());
  return switcher;
}

StatusOr<SwitcherId> Decode(const v1::GetSwitcherRequest& request) {
  return wire::ParseOne<SwitcherId>(names::kSwitcher, request.name(), "name");
}

StatusOr<EditSwitcherCommand> Decode(const v1::UpdateSwitcherRequest& request) {
  const v1::Switcher& switcher = request.switcher();
  ASSIGN_OR_RETURN(SwitcherId id,
                   wire::ParseOne<SwitcherId>(names::kSwitcher, switcher.name(), "switcher.name"));
  return EditSwitcherCommand{
      .target = {.id = std::move(id), .expected_version = wire::VersionOf(switcher.etag())},
      .change = [&request](const domain::Switcher& current) { return Masked(request, current); }};
}

StatusOr<SwitcherTarget> Decode(const v1::ConfirmSwitcherRequest& request) {
  return TargetIn(request);
}
StatusOr<SwitcherTarget> Decode(const v1::WithdrawSwitcherRequest& request) {
  return TargetIn(request);
}
StatusOr<SwitcherTarget> Decode(const v1::ReactivateSwitcherRequest& request) {
  return TargetIn(request);
}

store::SwitcherFilter Decode(const v1::ListSwitchersRequest& request, const Principal& principal) {
  store::SwitcherFilter filter;
  if (!ReachesEveryTenant(principal)) filter.partner = principal.tenant;
  if (request.state() != v1::Switcher::STATE_UNSPECIFIED) {
    filter.state = static_cast<domain::State>(request.state());
  }
  return filter;
}

}  // namespace matchgo::profiles::rpc
