#include "services/profiles/actions/create_switchers.h"

#include <string>
#include <utility>

#include "common/base/status_macros.h"
#include "services/profiles/domain/switcher_lifecycle.h"
#include "services/profiles/store/switcher_events.h"
#include "services/profiles/store/switcher_store.h"

namespace matchgo::profiles {

StatusOr<std::vector<domain::Switcher>> NewSwitchers(const Call& call, Entropy& entropy,
                                                     Vault& vault,
                                                     std::vector<domain::Switcher> contents) {
  std::vector<std::string> subjects;
  for (domain::Switcher& switcher : contents) {
    RETURN_IF_ERROR(domain::Validate(switcher));
    switcher.id = SwitcherId(entropy.NewId());
    switcher.partner = call.principal.tenant;
    switcher = domain::Create(std::move(switcher), call.now);
    subjects.push_back(switcher.id.value());
  }
  RETURN_IF_ERROR(vault.EnsureKeys(subjects));
  return contents;
}

StatusOr<std::vector<domain::Switcher>> SaveNew(sql::Tx& tx, Vault& vault,
                                                std::vector<domain::Switcher> switchers) {
  store::SwitcherStore store(tx, vault);
  for (domain::Switcher& switcher : switchers) {
    switcher.sequence = tx.AppendEvent(store::EventOf(store::kSwitcherCreated, switcher));
    RETURN_IF_ERROR(store.Insert(switcher));
  }
  return switchers;
}

}  // namespace matchgo::profiles
