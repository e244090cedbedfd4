// SwitcherCache: replies of GetSwitcher, in this process, so that a hit needs no other thread.
//
// Decides about access exactly as a read of the store does. An entry is good for one version and
// one day, because obstacles change at midnight. Thread-safe; memory only, nothing of it leaves the
// process. Test: tests/unit/services/profiles/switcher_cache_test.cc
#pragma once

#include <memory>

#include "common/cache/memory_cache.h"
#include "common/kernel/day.h"
#include "common/service/call.h"
#include "matchgo/profiles/v1/switcher.pb.h"
#include "services/profiles/domain/switcher.h"

namespace matchgo::profiles::rpc {

class SwitcherCache {
 public:
  explicit SwitcherCache(CacheLimits limits = {}) : entries_(limits) {}

  // The reply as this caller may see it. Null: ask the store, which also says why not.
  std::shared_ptr<const v1::Switcher> Find(const Principal& principal, const SwitcherId& id,
                                           Day today);
  // `message` is her record with the identity, as of that day.
  void Keep(const domain::Switcher& switcher, const v1::Switcher& message, Day today);
  // Before a newer version is committed: what is older will not come back.
  void Forget(const SwitcherId& id, int64_t newer_version);
  CacheStats stats() const { return entries_.Stats(); }

 private:
  struct Entry {
    TenantId partner;
    Day day;
    // Both whole, so that an answer is never copied.
    v1::Switcher identified;
    v1::Switcher anonymous;
  };
  MemoryCache<Entry> entries_;
};

}  // namespace matchgo::profiles::rpc
