#include "services/profiles/rpc/switcher_cache.h"

#include <memory>
#include <utility>

#include "services/profiles/actions/switcher_access.h"

namespace matchgo::profiles::rpc {

bool SwitcherCache::Find(const Principal& principal, const SwitcherId& id, Day today,
                         v1::Switcher* reply) {
  const auto hit = entries_.Get(id.value());
  if (!hit || hit.value->day != today) return false;
  if (!Reaches(principal, id, hit.value->partner)) return false;
  *reply = hit.value->rest;
  if (KnowsIdentity(principal)) *reply->mutable_identity() = hit.value->identity;
  return true;
}

void SwitcherCache::Keep(const domain::Switcher& switcher, const v1::Switcher& message, Day today) {
  auto entry = std::make_shared<Entry>();
  entry->partner = switcher.partner;
  entry->day = today;
  entry->rest = message;
  entry->identity = message.identity();
  entry->rest.clear_identity();
  const size_t bytes = entry->rest.SpaceUsedLong() + entry->identity.SpaceUsedLong();
  entries_.Put(switcher.id.value(), switcher.version, std::move(entry), bytes);
}

void SwitcherCache::Forget(const SwitcherId& id, int64_t newer_version) {
  entries_.Invalidate(id.value(), newer_version);
}

}  // namespace matchgo::profiles::rpc
