// Whose switchers a caller reaches, and who may know who she is.
//
// A switcher reaches herself, a partner the switchers of its tenant. Pure.
// Test: tests/unit/services/profiles/profile_service_test.cc
#pragma once

#include "common/kernel/ids.h"
#include "common/service/call.h"

namespace matchgo::profiles {

inline bool Reaches(const Principal& principal, const SwitcherId& id, const TenantId& partner) {
  if (principal.role == Role::kSwitcher) return principal.id == id.value();
  return ReachesTenant(principal, partner);
}

// REQUIRES: Reaches. Services and auditors work without names.
inline bool KnowsIdentity(const Principal& principal) {
  return principal.role == Role::kSwitcher || principal.role == Role::kPartner ||
         principal.role == Role::kOps;
}

}  // namespace matchgo::profiles
