// Random: our own small generator with our own bounded draw, so a seed means the same everywhere
// (standard distributions differ between libraries).
//
// xoshiro256** seeded by SplitMix64 (Blackman and Vigna, "Scrambled linear pseudorandom number
// generators", 2021). Not for secrets: those come from Entropy. Not thread-safe; copyable value.
// Test: tests/unit/common/random/random_test.cc
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace matchgo {

class Random {
 public:
  explicit Random(uint64_t seed);
  // A stream of its own for a named purpose: the same seed and name give the same stream.
  Random(uint64_t seed, std::string_view name);

  uint64_t Next();
  // Uniform in [0, bound), unbiased. REQUIRES: bound > 0.
  uint64_t Below(uint64_t bound);
  // Uniform in [low, high]. REQUIRES: low <= high.
  int64_t Between(int64_t low, int64_t high);
  // True with probability permille / 1000.
  bool Chance(uint64_t permille) { return Below(1000) < permille; }

 private:
  std::array<uint64_t, 4> state_;
};

// Unpredictable bytes and ids. Thread-safe.
class Entropy {
 public:
  virtual ~Entropy() = default;
  virtual std::string Bytes(size_t count) = 0;
  // A source of its own for a named purpose, so that who draws first elsewhere does not matter.
  virtual std::unique_ptr<Entropy> Stream(std::string_view name) = 0;
  // 128 random bits as 26 characters of Crockford base 32, lower case: a public id without meaning.
  std::string NewId();
  // The same, but some that are drawn after each other may begin alike, so that they lie together
  // in an index: a commit of many then changes a few of its pages, not one for each. It tells that
  // records were made about the same time: for those that show when they were made, never for
  // people.
  virtual std::string NewNearId() { return NewId(); }
};

// The kernel's generator, through libsodium.
class SystemEntropy final : public Entropy {
 public:
  std::string Bytes(size_t count) override;
  // The same generator: what nobody can predict needs no streams.
  std::unique_ptr<Entropy> Stream(std::string_view name) override;
  // 64 ids share 38 random bits; 90 remain for each.
  std::string NewNearId() override;

 private:
  std::mutex mutex_;
  std::string beginning_;  // of near ids
  int left_ = 0;           // that will have it
};

// Predictable, for tests and `matchgo demo --seed`: the same seed and streams give the same bytes
// to whoever draws in the same order. Guarded by a lock.
class SeededEntropy final : public Entropy {
 public:
  explicit SeededEntropy(uint64_t seed);
  ~SeededEntropy() override;
  std::string Bytes(size_t count) override;
  // The n-th stream of a name is the same however much was drawn here before. Each time another
  // one: a module that starts again on its old data must not draw its old ids.
  std::unique_ptr<Entropy> Stream(std::string_view name) override;

 private:
  struct State;
  SeededEntropy(uint64_t seed, std::string name);

  const uint64_t seed_;
  const std::string name_;
  const std::unique_ptr<State> state_;
};

}  // namespace matchgo
