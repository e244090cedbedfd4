// Who reaches a trajectory: the switcher herself, her partner, her employer, her opleider, and the
// roles that reach every tenant. For everybody else it looks absent.
//
// Pure. Test: tests/unit/services/trajectories/trajectory_service_test.cc
#pragma once

#include <string>

#include "common/base/status.h"
#include "common/service/call.h"
#include "services/trajectories/reasons.h"
#include "services/trajectories/store/trajectory_store.h"

namespace matchgo::trajectories {

// The part a caller plays, and its id there: what a listing is limited to.
struct CallerParty {
  store::Party party = store::Party::kAnybody;
  std::string id;
};

inline CallerParty PartyOf(const Principal& principal) {
  if (ReachesEveryTenant(principal)) return {};
  switch (principal.role) {
    case Role::kSwitcher:
      return {.party = store::Party::kSwitcher, .id = principal.id};
    case Role::kPartner:
      return {.party = store::Party::kPartner, .id = principal.tenant.value()};
    case Role::kEmployer:
      return {.party = store::Party::kEmployer, .id = principal.tenant.value()};
    default:
      return {.party = store::Party::kOpleider, .id = principal.tenant.value()};
  }
}

// NOT_FOUND if the caller is no party to it. An empty id is nobody's.
inline Status CheckReach(const Principal& principal, const store::Parties& parties) {
  const CallerParty caller = PartyOf(principal);
  if (caller.party == store::Party::kAnybody) return absl::OkStatus();
  const std::string& owner = caller.party == store::Party::kSwitcher   ? parties.switcher
                             : caller.party == store::Party::kPartner  ? parties.partner
                             : caller.party == store::Party::kEmployer ? parties.employer
                                                                       : parties.opleider;
  return !caller.id.empty() && caller.id == owner ? absl::OkStatus() : NotFound(kNotFound);
}

}  // namespace matchgo::trajectories
