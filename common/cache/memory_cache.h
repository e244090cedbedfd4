// MemoryCache: the in-process cache: least recently used goes first, in shards so that threads do
// not queue.
//
// An accelerator only: every value can be read again from its store. Values carry the version of
// their record, and a newer version is never replaced by an older one, so a slow reader cannot undo
// an invalidation. Thread-safe. Test: tests/unit/common/cache/memory_cache_test.cc
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace matchgo {

struct CacheStats {
  uint64_t hits = 0;
  uint64_t misses = 0;
  uint64_t evictions = 0;
  uint64_t stale_puts = 0;  // refused because something newer was there
  size_t entries = 0;
  size_t bytes = 0;
};

struct CacheLimits {
  size_t entries = 100'000;
  size_t bytes = 64 << 20;
};

template <class T>
class MemoryCache {
 public:
  struct Hit {
    std::shared_ptr<const T> value;  // null on a miss
    int64_t version = 0;
    explicit operator bool() const { return value != nullptr; }
  };

  explicit MemoryCache(CacheLimits limits) : limits_(limits) {}

  Hit Get(std::string_view key) {
    Shard& shard = ShardOf(key);
    const std::lock_guard lock(shard.mutex);
    const auto found = shard.index.find(key);
    if (found == shard.index.end() || found->second->value == nullptr) {
      ++shard.misses;
      return {};
    }
    ++shard.hits;
    shard.entries.splice(shard.entries.begin(), shard.entries, found->second);
    return {found->second->value, found->second->version};
  }

  // `bytes` is what the value weighs. False if a newer version, or an invalidation by one, is
  // there.
  bool Put(std::string_view key, int64_t version, std::shared_ptr<const T> value, size_t bytes) {
    return Set(key, version, std::move(value), bytes);
  }

  // What is older than `version` leaves and will not come back while the mark stays in the cache.
  void Invalidate(std::string_view key, int64_t version) {
    Shard& shard = ShardOf(key);
    const std::lock_guard lock(shard.mutex);
    const auto found = shard.index.find(key);
    if (found != shard.index.end() && found->second->version >= version) return;
    SetLocked(shard, key, version, nullptr, 0);
  }

  CacheStats Stats() const {
    CacheStats stats;
    for (const Shard& shard : shards_) {
      const std::lock_guard lock(shard.mutex);
      stats.hits += shard.hits;
      stats.misses += shard.misses;
      stats.evictions += shard.evictions;
      stats.stale_puts += shard.stale_puts;
      stats.entries += shard.entries.size();
      stats.bytes += shard.bytes;
    }
    return stats;
  }

 private:
  static constexpr size_t kShards = 16;
  // What an entry costs besides its key and value: list node, index node and control block.
  static constexpr size_t kEntryBytes = 160;

  struct Entry {
    std::string key;
    int64_t version;
    std::shared_ptr<const T> value;
    size_t bytes;
  };
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view key) const { return std::hash<std::string_view>()(key); }
  };
  // The index's keys are views of the entries' own; list nodes do not move.
  struct Shard {
    mutable std::mutex mutex;
    std::list<Entry> entries;
    std::unordered_map<std::string_view, typename std::list<Entry>::iterator, Hash> index;
    size_t bytes = 0;
    uint64_t hits = 0;
    uint64_t misses = 0;
    uint64_t evictions = 0;
    uint64_t stale_puts = 0;
  };

  Shard& ShardOf(std::string_view key) { return shards_[(Hash()(key) >> 20) % kShards]; }

  bool Set(std::string_view key, int64_t version, std::shared_ptr<const T> value, size_t bytes) {
    Shard& shard = ShardOf(key);
    const std::lock_guard lock(shard.mutex);
    const auto found = shard.index.find(key);
    if (found != shard.index.end() && found->second->version > version) {
      ++shard.stale_puts;
      return false;
    }
    SetLocked(shard, key, version, std::move(value), bytes);
    return true;
  }

  void SetLocked(Shard& shard, std::string_view key, int64_t version,
                 std::shared_ptr<const T> value, size_t bytes) {
    if (const auto found = shard.index.find(key); found != shard.index.end()) {
      RemoveLocked(shard, found->second);
    }
    const size_t weight = bytes + key.size() + kEntryBytes;
    shard.entries.push_front({std::string(key), version, std::move(value), weight});
    shard.index.emplace(shard.entries.front().key, shard.entries.begin());
    shard.bytes += weight;
    // The newest entry stays even when it alone is over the limit: a cap must not make a loop.
    while (shard.entries.size() > 1 && OverLocked(shard)) {
      RemoveLocked(shard, std::prev(shard.entries.end()));
      ++shard.evictions;
    }
  }

  bool OverLocked(const Shard& shard) const {
    return shard.bytes > limits_.bytes / kShards ||
           shard.entries.size() > std::max<size_t>(1, limits_.entries / kShards);
  }

  void RemoveLocked(Shard& shard, typename std::list<Entry>::iterator entry) {
    shard.bytes -= entry->bytes;
    shard.index.erase(entry->key);
    shard.entries.erase(entry);
  }

  const CacheLimits limits_;
  std::array<Shard, kShards> shards_;
};

}  // namespace matchgo
