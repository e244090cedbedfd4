#include "common/kernel/role.h"

#include <array>
#include <utility>

namespace matchgo {
namespace {

constexpr std::array<std::pair<Role, std::string_view>, 10> kWords{{
    {Role::kAnonymous, "anonymous"},
    {Role::kSwitcher, "switcher"},
    {Role::kPartner, "partner"},
    {Role::kEmployer, "employer"},
    {Role::kOpleiderUser, "opleider_user"},
    {Role::kCoach, "coach"},
    {Role::kOpleiderAdmin, "opleider_admin"},
    {Role::kService, "service"},
    {Role::kOps, "ops"},
    {Role::kAuditor, "auditor"},
}};

}  // namespace

std::string_view FormatRole(Role role) {
  for (const auto& [known, word] : kWords) {
    if (known == role) return word;
  }
  return "";
}

std::optional<Role> ParseRole(std::string_view text) {
  for (const auto& [role, word] : kWords) {
    if (word == text) return role;
  }
  return std::nullopt;
}

}  // namespace matchgo
