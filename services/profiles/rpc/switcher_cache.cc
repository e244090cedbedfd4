#include "services/profiles/rpc/switcher_cache.h"

#include <memory>
#include <utility>

#include "services/profiles/actions/switcher_access.h"

namespace matchgo::profiles::rpc {

std::shared_ptr<const v1::Switcher> SwitcherCache::Find(const Principal& principal,
                                                        const SwitcherId& id, Day today) {
  const auto hit = entries_.Get(id.value());
  if (!hit || hit.value->day != today) return nullptr;
  if (!Reaches(principal, id, hit.value->partner)) return nullptr;
  const Entry& entry = *hit.value;
  // Keeps the whole entry alive.
  return {hit.value, KnowsIdentity(principal) ? &entry.identified : &entry.anonymous};
}

void SwitcherCache::Keep(const domain::Switcher& switcher, const v1::Switcher& message, Day today) {
  auto entry = std::make_shared<Entry>();
  entry->partner = switcher.partner;
  entry->day = today;
  entry->identified = message;
  entry->anonymous = message;
  entry->anonymous.clear_identity();
  const size_t bytes = entry->identified.SpaceUsedLong() + entry->anonymous.SpaceUsedLong();
  entries_.Put(switcher.id.value(), switcher.version, std::move(entry), bytes);
}

void SwitcherCache::Forget(const SwitcherId& id, int64_t newer_version) {
  entries_.Invalidate(id.value(), newer_version);
}

}  // namespace matchgo::profiles::rpc
