// Role: in what capacity somebody calls. The words are stored with every event and shown in the
// API.
//
// What a role may do is declared per RPC in the protos, not here. Pure value.
// Test: tests/unit/common/kernel/role_test.cc
#pragma once

#include <optional>
#include <string_view>

namespace matchgo {

enum class Role {
  kAnonymous,
  kSwitcher,
  kPartner,
  kEmployer,
  kOpleiderUser,
  kCoach,
  kOpleiderAdmin,
  kService,
  kOps,
  kAuditor,
};

// "opleider_user"; ParseRole gives nothing for any other text.
std::string_view FormatRole(Role role);
std::optional<Role> ParseRole(std::string_view text);

}  // namespace matchgo
