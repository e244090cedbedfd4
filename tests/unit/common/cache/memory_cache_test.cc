#include "common/cache/memory_cache.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace matchgo {
namespace {

using Cache = MemoryCache<std::string>;

std::shared_ptr<const std::string> Text(const std::string& text) {
  return std::make_shared<const std::string>(text);
}

TEST(MemoryCacheTest, ReturnsWhatWasPutAndCounts) {
  Cache cache({});
  EXPECT_FALSE(cache.Get("a"));
  EXPECT_TRUE(cache.Put("a", 3, Text("three"), 5));
  const Cache::Hit hit = cache.Get("a");
  ASSERT_TRUE(hit);
  EXPECT_EQ(*hit.value, "three");
  EXPECT_EQ(hit.version, 3);
  const CacheStats stats = cache.Stats();
  EXPECT_EQ(stats.hits, 1u);
  EXPECT_EQ(stats.misses, 1u);
  EXPECT_EQ(stats.entries, 1u);
  EXPECT_GT(stats.bytes, 5u);
}

TEST(MemoryCacheTest, NewerIsNeverReplacedByOlder) {
  Cache cache({});
  EXPECT_TRUE(cache.Put("a", 5, Text("five"), 4));
  EXPECT_FALSE(cache.Put("a", 4, Text("four"), 4));
  EXPECT_EQ(*cache.Get("a").value, "five");
  EXPECT_TRUE(cache.Put("a", 6, Text("six"), 3));
  EXPECT_EQ(*cache.Get("a").value, "six");
  EXPECT_EQ(cache.Stats().stale_puts, 1u);
  EXPECT_EQ(cache.Stats().entries, 1u);
}

TEST(MemoryCacheTest, AnInvalidationHoldsAgainstSlowReaders) {
  Cache cache({});
  cache.Put("a", 5, Text("five"), 4);
  cache.Invalidate("a", 5);  // the cached version itself is not older
  EXPECT_TRUE(cache.Get("a"));
  cache.Invalidate("a", 6);
  EXPECT_FALSE(cache.Get("a"));
  EXPECT_FALSE(cache.Put("a", 5, Text("five"), 4));
  EXPECT_FALSE(cache.Get("a"));
  EXPECT_TRUE(cache.Put("a", 6, Text("six"), 3));
  EXPECT_TRUE(cache.Get("a"));
  cache.Invalidate("b", 2);  // before it was ever read
  EXPECT_FALSE(cache.Put("b", 1, Text("one"), 3));
}

TEST(MemoryCacheTest, TheLeastRecentlyUsedLeavesFirst) {
  Cache cache({.entries = 16 * 4, .bytes = 1 << 20});
  // What is read again and again outlives a stream of others.
  cache.Put("hot", 1, Text("hot"), 3);
  for (int i = 0; i < 2000; ++i) {
    cache.Put("cold" + std::to_string(i), 1, Text("cold"), 4);
    ASSERT_TRUE(cache.Get("hot")) << i;
  }
  EXPECT_LE(cache.Stats().entries, 16u * 4);
  EXPECT_GE(cache.Stats().evictions, 2001u - 64);
  EXPECT_FALSE(cache.Get("cold0"));
}

TEST(MemoryCacheTest, BytesAreCapped) {
  Cache cache({.entries = 100'000, .bytes = 16 * 10'000});
  for (int i = 0; i < 1000; ++i) cache.Put(std::to_string(i), 1, Text("x"), 2'000);
  EXPECT_LE(cache.Stats().bytes, 16u * 10'000);
  EXPECT_GT(cache.Stats().entries, 16u);
  // One that alone is over the cap is kept alone in its shard, and nothing hangs.
  EXPECT_TRUE(cache.Put("huge", 1, Text("x"), 1 << 30));
  EXPECT_TRUE(cache.Get("huge"));
}

TEST(MemoryCacheTest, ThreadsNeverSeeAVersionGoBack) {
  Cache cache({.entries = 1000, .bytes = 1 << 20});
  std::vector<std::thread> threads;
  std::atomic<int> failures = 0;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      std::vector<int64_t> seen(8, 0);
      for (int i = 0; i < 20'000; ++i) {
        const size_t k = static_cast<size_t>(i % 8);
        const std::string key = "k" + std::to_string(k);
        cache.Put(key, (i + t * 37) % (i + 1), Text(key), 8);
        const Cache::Hit hit = cache.Get(key);
        if (hit && (hit.version < seen[k] || *hit.value != key)) ++failures;
        if (hit) seen[k] = hit.version;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(failures, 0);
}

}  // namespace
}  // namespace matchgo
