#include "common/rpc/access.h"

#include <optional>
#include <string>
#include <string_view>

#include "matchgo/common/v1/access.pb.h"

namespace matchgo::rpc {
namespace {

// The wire numbers are those of our roles plus one, because zero is never valid.
constexpr int NumberOf(Role role) { return static_cast<int>(role) + 1; }
static_assert(NumberOf(Role::kAnonymous) == common::v1::CALLER_ROLE_ANONYMOUS);
static_assert(NumberOf(Role::kSwitcher) == common::v1::CALLER_ROLE_SWITCHER);
static_assert(NumberOf(Role::kPartner) == common::v1::CALLER_ROLE_PARTNER);
static_assert(NumberOf(Role::kEmployer) == common::v1::CALLER_ROLE_EMPLOYER);
static_assert(NumberOf(Role::kOpleiderUser) == common::v1::CALLER_ROLE_OPLEIDER_USER);
static_assert(NumberOf(Role::kCoach) == common::v1::CALLER_ROLE_COACH);
static_assert(NumberOf(Role::kOpleiderAdmin) == common::v1::CALLER_ROLE_OPLEIDER_ADMIN);
static_assert(NumberOf(Role::kService) == common::v1::CALLER_ROLE_SERVICE);
static_assert(NumberOf(Role::kOps) == common::v1::CALLER_ROLE_OPS);
static_assert(NumberOf(Role::kAuditor) == common::v1::CALLER_ROLE_AUDITOR);

constexpr size_t kIdLengthMax = 64;

std::optional<std::string_view> Find(const grpc::ServerContextBase& context, const char* key) {
  const auto& metadata = context.client_metadata();
  const auto found = metadata.find(key);
  if (found == metadata.end()) return std::nullopt;
  return std::string_view(found->second.data(), found->second.size());
}

// Ids go into logs and queries, so they must look like ids.
bool IsId(std::string_view text) {
  if (text.size() > kIdLengthMax) return false;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!plain && c != '-' && c != '_' && c != '.' && c != '~' && c != ':') return false;
  }
  return true;
}

}  // namespace

StatusOr<AccessRule> AccessRuleOf(const google::protobuf::MethodDescriptor& method) {
  const auto& option = method.options().GetExtension(common::v1::access);
  AccessRule rule;
  for (const int role : option.roles()) {
    if (role <= 0 || role > common::v1::CALLER_ROLE_AUDITOR) {
      return Internal("unknown role in the access option of " + method.full_name());
    }
    rule.roles |= 1U << static_cast<unsigned>(role);
  }
  if (rule.roles == 0 || option.scope() == common::v1::ACCESS_SCOPE_UNSPECIFIED) {
    return Internal("no access option, or one without roles or scope: " + method.full_name());
  }
  rule.tenant_scoped = option.scope() == common::v1::ACCESS_SCOPE_TENANT;
  return rule;
}

StatusOr<Principal> PrincipalOf(const grpc::ServerContextBase& context) {
  const auto word = Find(context, "matchgo-role");
  const std::optional<Role> role = word.has_value() ? ParseRole(*word) : std::nullopt;
  const std::string_view id = Find(context, "matchgo-principal").value_or("");
  const std::string_view tenant = Find(context, "matchgo-tenant").value_or("");
  if (!role.has_value() || !IsId(id) || !IsId(tenant)) {
    return Unauthenticated(
        {"UNAUTHENTICATED", "say who calls: matchgo-role is missing or unknown"});
  }
  return Principal{.role = *role, .id = std::string(id), .tenant = TenantId(std::string(tenant))};
}

Status CheckAccess(const AccessRule& rule, const Principal& principal) {
  if ((rule.roles & (1U << static_cast<unsigned>(NumberOf(principal.role)))) != 0) {
    return absl::OkStatus();
  }
  return Forbidden({"ROLE", "this role may not call this method"});
}

}  // namespace matchgo::rpc
