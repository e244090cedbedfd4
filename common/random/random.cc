#include "common/random/random.h"

#include <sodium.h>

#include <array>
#include <bit>
#include <cstring>
#include <map>
#include <mutex>
#include <utility>

#include "common/base/check.h"

namespace matchgo {
namespace {

using Uint128 = unsigned __int128;

uint64_t SplitMix(uint64_t& state) {
  uint64_t z = (state += 0x9e3779b97f4a7c15);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

// FNV-1a, 64 bits: names differ in a few characters, SplitMix spreads the difference.
uint64_t HashName(std::string_view name) {
  uint64_t hash = 0xcbf29ce484222325;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}

uint64_t StreamSeed(uint64_t seed, std::string_view name) {
  // Mixed first, so that (seed, name) pairs cannot cancel out.
  return SplitMix(seed) ^ HashName(name);
}

// Bytes of the kernel, fetched for many ids at once: the call costs more than the bytes. What was
// given out is not kept.
class Pool {
 public:
  static Pool& OfThisThread() {
    static thread_local Pool pool;
    return pool;
  }
  Pool() = default;
  ~Pool() { sodium_memzero(bytes_.data(), bytes_.size()); }
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  void Fill(std::string& wanted) {
    if (wanted.size() > kLargest) return randombytes_buf(wanted.data(), wanted.size());
    if (bytes_.size() - used_ < wanted.size()) {
      randombytes_buf(bytes_.data(), bytes_.size());
      used_ = 0;
    }
    std::memcpy(wanted.data(), bytes_.data() + used_, wanted.size());
    sodium_memzero(bytes_.data() + used_, wanted.size());
    used_ += wanted.size();
  }

 private:
  static constexpr size_t kLargest = 64;
  std::array<unsigned char, 1024> bytes_ = {};
  size_t used_ = 1024;
};

}  // namespace

Random::Random(uint64_t seed) {
  for (uint64_t& word : state_) word = SplitMix(seed);
}

Random::Random(uint64_t seed, std::string_view name) : Random(StreamSeed(seed, name)) {}

uint64_t Random::Next() {
  const uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
  const uint64_t shifted = state_[1] << 17;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= shifted;
  state_[3] = std::rotl(state_[3], 45);
  return result;
}

// Lemire, "Fast Random Integer Generation in an Interval", 2019: a multiplication, and a second
// draw only in the few cases that would be biased.
uint64_t Random::Below(uint64_t bound) {
  CHECK(bound > 0);
  Uint128 product = static_cast<Uint128>(Next()) * bound;
  auto low = static_cast<uint64_t>(product);
  if (low < bound) {
    const uint64_t threshold = (0 - bound) % bound;
    while (low < threshold) {
      product = static_cast<Uint128>(Next()) * bound;
      low = static_cast<uint64_t>(product);
    }
  }
  return static_cast<uint64_t>(product >> 64);
}

int64_t Random::Between(int64_t low, int64_t high) {
  CHECK(low <= high);
  const uint64_t width = static_cast<uint64_t>(high) - static_cast<uint64_t>(low);
  const uint64_t offset = width == UINT64_MAX ? Next() : Below(width + 1);
  return static_cast<int64_t>(static_cast<uint64_t>(low) + offset);
}

std::string Entropy::NewId() {
  static constexpr char kAlphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";
  const std::string bytes = Bytes(16);
  CHECK(bytes.size() == 16);
  Uint128 number = 0;
  for (const char c : bytes) number = (number << 8) | static_cast<unsigned char>(c);
  std::string id(26, '0');
  for (size_t i = id.size(); i-- > 0; number >>= 5) {
    id[i] = kAlphabet[static_cast<size_t>(number & 31)];
  }
  return id;
}

std::string SystemEntropy::Bytes(size_t count) {
  static const bool ready = sodium_init() >= 0;
  CHECK(ready);
  std::string bytes(count, '\0');
  Pool::OfThisThread().Fill(bytes);
  return bytes;
}

std::unique_ptr<Entropy> SystemEntropy::Stream(std::string_view /*name*/) {
  return std::make_unique<SystemEntropy>();
}

std::string SystemEntropy::NewNearId() {
  constexpr size_t kShared = 8;
  constexpr int kAlike = 64;  // about a page of an index
  std::string id = NewId();
  const std::lock_guard lock(mutex_);
  if (left_ == 0) {
    beginning_ = id.substr(0, kShared);
    left_ = kAlike;
  }
  --left_;
  return id.replace(0, kShared, beginning_);
}

struct SeededEntropy::State {
  State(uint64_t seed, const std::string& name) : random(seed, name) {}
  std::mutex mutex;
  Random random;
  std::map<std::string, int, std::less<>> streams;  // how many of each name were given
};

SeededEntropy::SeededEntropy(uint64_t seed) : SeededEntropy(seed, "entropy") {}

SeededEntropy::SeededEntropy(uint64_t seed, std::string name)
    : seed_(seed), name_(std::move(name)), state_(std::make_unique<State>(seed_, name_)) {}

SeededEntropy::~SeededEntropy() = default;

std::unique_ptr<Entropy> SeededEntropy::Stream(std::string_view name) {
  const std::lock_guard lock(state_->mutex);
  std::string path = name_ + "/" + std::string(name);
  if (const int before = state_->streams[std::string(name)]++; before > 0) {
    path += "#" + std::to_string(before);
  }
  return std::unique_ptr<Entropy>(new SeededEntropy(seed_, std::move(path)));
}

std::string SeededEntropy::Bytes(size_t count) {
  const std::lock_guard lock(state_->mutex);
  std::string bytes(count, '\0');
  uint64_t word = 0;
  for (size_t i = 0; i < count; ++i) {
    if (i % 8 == 0) word = state_->random.Next();
    bytes[i] = static_cast<char>(word & 0xff);
    word >>= 8;
  }
  return bytes;
}

}  // namespace matchgo
