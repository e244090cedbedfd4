// Requests and replies of the profiles service, to and from what the actions speak.
//
// The fields of a record are mapped in store/switcher_payload.h; here is what only the wire has:
// names, etags, masks, obstacles, and who is told the identity. Pure.
// Test: tests/unit/services/profiles/profile_service_test.cc
#pragma once

#include "common/base/status.h"
#include "common/kernel/day.h"
#include "common/service/call.h"
#include "matchgo/profiles/v1/profile_service.pb.h"
#include "services/profiles/actions/change_switcher.h"
#include "services/profiles/domain/switcher.h"
#include "services/profiles/store/switcher_events.h"
#include "services/profiles/store/switcher_store.h"

namespace matchgo::profiles::rpc {

// With the identity if it was read, and the obstacles of this day.
v1::Switcher Encode(const domain::Switcher& switcher, Day today);
v1::SwitcherChange Encode(const store::Change& change, Day today);

domain::Switcher Decode(const v1::Switcher& message);
StatusOr<SwitcherId> Decode(const v1::GetSwitcherRequest& request);
// The command refers to the request: use it while it lives.
StatusOr<EditSwitcherCommand> Decode(const v1::UpdateSwitcherRequest& request);
StatusOr<SwitcherTarget> Decode(const v1::ConfirmSwitcherRequest& request);
StatusOr<SwitcherTarget> Decode(const v1::WithdrawSwitcherRequest& request);
StatusOr<SwitcherTarget> Decode(const v1::ReactivateSwitcherRequest& request);
store::SwitcherFilter Decode(const v1::ListSwitchersRequest& request, const Principal& principal);

}  // namespace matchgo::profiles::rpc
