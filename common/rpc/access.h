// Who is calling, and whether that role may call the method.
//
// Until credentials exist, role, principal and tenant are believed as they arrive in the metadata
// `matchgo-role`, `matchgo-principal` and `matchgo-tenant`; this is the one place that will change.
// Whose objects may be seen is decided by tenant-scoped queries in the services. Pure; thread-safe.
// Test: tests/unit/common/rpc/access_test.cc
#pragma once

#include <google/protobuf/descriptor.h>
#include <grpcpp/server_context.h>

#include <cstdint>

#include "common/base/status.h"
#include "common/kernel/role.h"
#include "common/service/call.h"

namespace matchgo::rpc {

// The access option of a method, ready to be tested.
struct AccessRule {
  uint32_t roles = 0;  // bit n: CallerRole n may call
  bool tenant_scoped = true;
};

// An error if the method has no option, or one without roles or scope.
StatusOr<AccessRule> AccessRuleOf(const google::protobuf::MethodDescriptor& method);

// UNAUTHENTICATED if the role is missing or unknown.
StatusOr<Principal> PrincipalOf(const grpc::ServerContextBase& context);

// PERMISSION_DENIED with reason ROLE if the role is not listed.
Status CheckAccess(const AccessRule& rule, const Principal& principal);

}  // namespace matchgo::rpc
