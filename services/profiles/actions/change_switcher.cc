#include "services/profiles/actions/change_switcher.h"

#include <utility>

#include "common/base/status_macros.h"
#include "common/geography/locate.h"
#include "services/profiles/actions/switcher_access.h"
#include "services/profiles/domain/switcher_lifecycle.h"
#include "services/profiles/reasons.h"
#include "services/profiles/store/switcher_events.h"
#include "services/profiles/store/switcher_store.h"

namespace matchgo::profiles {

StatusOr<domain::Switcher> ChangeSwitcher(sql::Tx& tx, const Call& call, Vault& vault,
                                          const SwitcherTarget& target, const char* kind,
                                          const SwitcherVerb& verb) {
  store::SwitcherStore store(tx, vault);
  ASSIGN_OR_RETURN(const domain::Switcher current, store.Get(target.id));
  if (!Reaches(call.principal, current.id, current.partner)) return NotFound(reasons::kNotFound);
  if (target.expected_version.value_or(current.version) != current.version) {
    return Conflict(reasons::kStale);
  }
  ASSIGN_OR_RETURN(domain::Switcher next, verb(current));
  if (next.version == current.version) return current;
  next.sequence = tx.AppendEvent(store::EventOf(kind, next));
  RETURN_IF_ERROR(store.Update(next));
  return next;
}

StatusOr<domain::Switcher> EditSwitcher(sql::Tx& tx, const Call& call, Vault& vault,
                                        const EditSwitcherCommand& command) {
  return ChangeSwitcher(tx, call, vault, command.target, store::kSwitcherChanged,
                        [&](const domain::Switcher& current) -> StatusOr<domain::Switcher> {
                          ASSIGN_OR_RETURN(domain::Switcher wanted, command.change(current));
                          wanted.profile.home = geography::Located(current.profile.home,
                                                                   std::move(wanted.profile.home));
                          RETURN_IF_ERROR(domain::Validate(wanted));
                          return domain::Edit(current, std::move(wanted), call.now);
                        });
}

StatusOr<domain::Switcher> ConfirmSwitcher(sql::Tx& tx, const Call& call, Vault& vault,
                                           const SwitcherTarget& target) {
  return ChangeSwitcher(
      tx, call, vault, target, store::kSwitcherConfirmed,
      [&](const domain::Switcher& current) { return domain::Confirm(current, call.now); });
}

StatusOr<domain::Switcher> WithdrawSwitcher(sql::Tx& tx, const Call& call, Vault& vault,
                                            const SwitcherTarget& target) {
  return ChangeSwitcher(
      tx, call, vault, target, store::kSwitcherWithdrawn,
      [&](const domain::Switcher& current) { return domain::Withdraw(current, call.now); });
}

StatusOr<domain::Switcher> ReactivateSwitcher(sql::Tx& tx, const Call& call, Vault& vault,
                                              const SwitcherTarget& target) {
  return ChangeSwitcher(
      tx, call, vault, target, store::kSwitcherReactivated,
      [&](const domain::Switcher& current) { return domain::Reactivate(current, call.now); });
}

}  // namespace matchgo::profiles
