// All SQL of switchers, inside one transaction. Seals what it writes and opens what it reads.
//
// Knows rows, not rules. NOT_FOUND if she is not there, ERASED if her key is gone, STALE if a save
// finds another version than the one before. The identity is read by Get only. Lives as long as its
// Tx. Test: tests/unit/services/profiles/switcher_store_test.cc
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "common/base/status.h"
#include "common/kernel/ids.h"
#include "common/sql/transaction.h"
#include "common/vault/vault.h"
#include "services/profiles/domain/switcher.h"

namespace matchgo::profiles::store {

// Empty fields do not filter.
struct SwitcherFilter {
  std::optional<TenantId> partner = {};
  std::optional<domain::State> state = {};
};

class SwitcherStore {
 public:
  SwitcherStore(sql::Tx& tx, Vault& vault) : tx_(tx), vault_(vault) {}

  StatusOr<domain::Switcher> Get(const SwitcherId& id);
  // Without identity.
  StatusOr<domain::Switcher> GetProfile(const SwitcherId& id);
  // Without identity, in order of id. Who was erased is left out.
  StatusOr<std::vector<domain::Switcher>> ListProfiles(const SwitcherFilter& filter,
                                                       const SwitcherId& after, int limit);
  // REQUIRES: with identity; her key was made before, so that nothing waits for it here.
  Status Insert(const domain::Switcher& switcher);
  // REQUIRES: with identity.
  Status Update(const domain::Switcher& switcher);

 private:
  // The plain bytes as they are stored now.
  struct Stored {
    std::string identity;
    std::string profile;
  };
  StatusOr<Stored> ReadStored(const SwitcherId& id);
  StatusOr<std::string> Sealed(const SwitcherId& id, const std::string& plain);

  sql::Tx& tx_;
  Vault& vault_;
};

}  // namespace matchgo::profiles::store
