// Call: everything a request carries besides its message, as a value without gRPC.
//
// Made once per RPC or tick (common/rpc, runners) and passed down by reference; `now` is read once,
// so a call cannot disagree with itself. Never holds personal data.
// Test: tests/unit/common/sql/database_test.cc
#pragma once

#include <chrono>
#include <string>

#include "common/kernel/ids.h"
#include "common/kernel/role.h"
#include "common/time/instant.h"

namespace matchgo {

// Who calls: the role, the opaque id within that role, and the organisation it acts for.
struct Principal {
  Role role = Role::kAnonymous;
  std::string id = {};
  TenantId tenant = {};
};

// Services, operations and auditors reach the records of every organisation; a record out of reach
// is answered like an absent one (NOT_FOUND). What a role may call at all is declared in the
// protos.
inline bool ReachesEveryTenant(const Principal& principal) {
  return principal.role == Role::kService || principal.role == Role::kOps ||
         principal.role == Role::kAuditor;
}
inline bool ReachesTenant(const Principal& principal, const TenantId& owner) {
  return ReachesEveryTenant(principal) || (!owner.empty() && principal.tenant == owner);
}

struct Call {
  Instant now = {};
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
  Principal principal = {};
  std::string method = {};        // "matchgo.vacancies.v1.VacancyService/CreateVacancy"
  std::string request_id = {};    // idempotency key chosen by the caller; empty: none
  std::string request_hash = {};  // of the canonical request, without the request_id
  std::string trace_id = {};
};

}  // namespace matchgo
