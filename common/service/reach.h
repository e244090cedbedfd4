// Reach: whose records a caller may touch, apart from what a method allows its role.
//
// Every tenant-scoped read and write of the services asks this; a record out of reach is answered
// like an absent one (NOT_FOUND). Pure. Test: tests/unit/services/vacancies/vacancy_service_test.cc
#pragma once

#include "common/service/call.h"

namespace matchgo {

// Services, operations and auditors reach the records of every organisation.
inline bool ReachesEveryTenant(const Principal& principal) {
  return principal.role == Role::kService || principal.role == Role::kOps ||
         principal.role == Role::kAuditor;
}

inline bool ReachesTenant(const Principal& principal, const TenantId& owner) {
  return ReachesEveryTenant(principal) || (!owner.empty() && principal.tenant == owner);
}

}  // namespace matchgo
