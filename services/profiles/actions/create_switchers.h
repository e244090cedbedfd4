// Registers switchers, one or many: all or nothing.
//
// NewSwitchers runs before the transaction: it checks, draws ids and has the keys made, which waits
// for the disk. SaveNew runs inside one write transaction.
// Test: tests/unit/services/profiles/profile_service_test.cc
#pragma once

#include <vector>

#include "common/base/status.h"
#include "common/random/random.h"
#include "common/service/call.h"
#include "common/sql/transaction.h"
#include "common/vault/vault.h"
#include "services/profiles/domain/switcher.h"

namespace matchgo::profiles {

// `contents` have identity and profile. What Validate says.
StatusOr<std::vector<domain::Switcher>> NewSwitchers(const Call& call, Entropy& entropy,
                                                     Vault& vault,
                                                     std::vector<domain::Switcher> contents);

// Stores them with one event each; gives them with their sequences.
StatusOr<std::vector<domain::Switcher>> SaveNew(sql::Tx& tx, Vault& vault,
                                                std::vector<domain::Switcher> switchers);

}  // namespace matchgo::profiles
