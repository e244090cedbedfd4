// How replies about switchers are kept for the sake of idempotency: sealed with each person's key.
//
// A stored reply lists the switchers in it, each with her id and her part sealed, so an erasure
// makes it unreadable. Not kept in clear anywhere. Thread-safe.
// Test: tests/unit/services/profiles/reply_seal_test.cc
#pragma once

#include "common/rpc/write_once.h"
#include "common/vault/vault.h"
#include "matchgo/profiles/v1/profile_service.pb.h"

namespace matchgo::profiles::rpc {

matchgo::rpc::ReplySeal<v1::Switcher> SealOne(Vault& vault);
matchgo::rpc::ReplySeal<v1::BatchCreateSwitchersResponse> SealMany(Vault& vault);

}  // namespace matchgo::profiles::rpc
