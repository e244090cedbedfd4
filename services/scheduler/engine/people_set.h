// Sets of the switchers of one neighbourhood: a bit for each.
//
// Plain values of a fixed size, so that sets are put together without branches. A ladder answers
// who asks for at most so much, for everybody at once. Pure. Test:
// tests/unit/services/scheduler/engine/people_set_test.cc
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

namespace matchgo::scheduler::engine {

class PeopleSet {
 public:
  static constexpr size_t kMost = 512;
  static constexpr size_t kBits = 64;
  static constexpr size_t kWords = kMost / kBits;

  void Add(size_t who) { words_[who / kBits] |= uint64_t{1} << (who % kBits); }
  bool Has(size_t who) const { return (words_[who / kBits] >> (who % kBits) & 1U) != 0; }
  bool Empty() const {
    uint64_t any = 0;
    for (const uint64_t word : words_) any |= word;
    return any == 0;
  }
  PeopleSet& operator|=(const PeopleSet& other) {
    for (size_t i = 0; i < kWords; ++i) words_[i] |= other.words_[i];
    return *this;
  }
  PeopleSet& operator&=(const PeopleSet& other) {
    for (size_t i = 0; i < kWords; ++i) words_[i] &= other.words_[i];
    return *this;
  }
  template <class Use>
  void ForEach(const Use& use) const {
    for (size_t i = 0; i < kWords; ++i) {
      for (uint64_t left = words_[i]; left != 0; left &= left - 1) {
        use(i * kBits + static_cast<size_t>(std::countr_zero(left)));
      }
    }
  }

  const std::array<uint64_t, kWords>& words() const { return words_; }
  std::array<uint64_t, kWords>& words() { return words_; }

 private:
  alignas(64) std::array<uint64_t, kWords> words_ = {};
};

// Who has at most a value. Values that are close share a rung, so more people may be named.
class PeopleLadder {
 public:
  // REQUIRES: a value for each of the people, at least one.
  void Build(std::span<const int32_t> values) {
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    low_ = *low;
    shift_ = 0;
    while (((int64_t{*high} - *low) >> shift_) >= static_cast<int64_t>(kRungs)) ++shift_;
    rungs_.fill({});
    for (size_t who = 0; who < values.size(); ++who) rungs_[RungOf(values[who])].Add(who);
    for (size_t rung = 1; rung < kRungs; ++rung) rungs_[rung] |= rungs_[rung - 1];
  }
  // At least those whose value is not above this one.
  const PeopleSet& UpTo(int32_t value) const {
    return value < low_ ? nobody_ : rungs_[RungOf(value)];
  }

 private:
  static constexpr size_t kRungs = 64;

  // REQUIRES: no lower than the lowest.
  size_t RungOf(int32_t value) const {
    return std::min(static_cast<size_t>((int64_t{value} - low_) >> shift_), kRungs - 1);
  }

  int32_t low_ = 0;
  int shift_ = 0;
  std::array<PeopleSet, kRungs> rungs_ = {};
  PeopleSet nobody_ = {};
};

}  // namespace matchgo::scheduler::engine
