// Changes one switcher: edit, confirm, withdraw, reactivate. What each verb means is in the domain.
//
// Runs inside a write transaction. A change that says nothing new makes no version and no event.
// Test: tests/unit/services/profiles/profile_service_test.cc
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "common/base/status.h"
#include "common/service/call.h"
#include "common/sql/transaction.h"
#include "common/vault/vault.h"
#include "services/profiles/domain/switcher.h"

namespace matchgo::profiles {

// Which switcher, and the version she must still have.
struct SwitcherTarget {
  SwitcherId id;
  std::optional<int64_t> expected_version;
};

// The next version of her, by one of the functions of domain/switcher_lifecycle.h.
using SwitcherVerb = std::function<StatusOr<domain::Switcher>(const domain::Switcher& current)>;

// `kind` is the event's. NOT_FOUND, STALE, and what the verb says.
StatusOr<domain::Switcher> ChangeSwitcher(sql::Tx& tx, const Call& call, Vault& vault,
                                          const SwitcherTarget& target, const char* kind,
                                          const SwitcherVerb& verb);

struct EditSwitcherCommand {
  SwitcherTarget target;
  // What the record shall be, from what it is.
  std::function<StatusOr<domain::Switcher>(const domain::Switcher& current)> change;
};

StatusOr<domain::Switcher> EditSwitcher(sql::Tx& tx, const Call& call, Vault& vault,
                                        const EditSwitcherCommand& command);
StatusOr<domain::Switcher> ConfirmSwitcher(sql::Tx& tx, const Call& call, Vault& vault,
                                           const SwitcherTarget& target);
StatusOr<domain::Switcher> WithdrawSwitcher(sql::Tx& tx, const Call& call, Vault& vault,
                                            const SwitcherTarget& target);
StatusOr<domain::Switcher> ReactivateSwitcher(sql::Tx& tx, const Call& call, Vault& vault,
                                              const SwitcherTarget& target);

}  // namespace matchgo::profiles
