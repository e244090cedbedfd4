// SwitcherCache: replies of GetSwitcher, in this process, so that a hit needs no other thread.
//
// Decides about access exactly as a read of the store does. An entry is good for one version and
// one day, because obstacles change at midnight. Thread-safe; memory only, nothing of it leaves the
// process. Test: tests/unit/services/profiles/switcher_cache_test.cc
#pragma once

#include "common/cache/memory_cache.h"
#include "common/kernel/day.h"
#include "common/service/call.h"
#include "matchgo/profiles/v1/switcher.pb.h"
#include "services/profiles/domain/switcher.h"

namespace matchgo::profiles::rpc {

class SwitcherCache {
 public:
  explicit SwitcherCache(CacheLimits limits = {}) : entries_(limits) {}

  // Fills the reply as this caller may see it. False: ask the store, which also says why not.
  bool Find(const Principal& principal, const SwitcherId& id, Day today, v1::Switcher* reply);
  // `message` is her record with the identity, as of that day.
  void Keep(const domain::Switcher& switcher, const v1::Switcher& message, Day today);
  // Before a newer version is committed: what is older will not come back.
  void Forget(const SwitcherId& id, int64_t newer_version);

 private:
  struct Entry {
    TenantId partner;
    Day day;
    v1::Identity identity;
    v1::Switcher rest;
  };
  MemoryCache<Entry> entries_;
};

}  // namespace matchgo::profiles::rpc
