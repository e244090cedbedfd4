#include "services/scheduler/engine/change_scan.h"

#include <array>
#include <cstring>

namespace matchgo::scheduler::engine {
namespace {

// Eight lanes: one register or as many as it takes.
constexpr size_t kHalf = kLanes / 2;
using Lanes8 [[gnu::vector_size(64)]] = uint64_t;
using Numbers8 [[gnu::vector_size(64)]] = int64_t;
using Bytes8 [[gnu::vector_size(8)]] = uint8_t;
using Shorts8 [[gnu::vector_size(16)]] = uint16_t;

// Telling none, one and many apart costs less than counting bits.
struct Tally {
  Lanes8 words = {};  // with a bit
  Lanes8 more = {};   // bits of words with several
};

[[gnu::always_inline]] inline void Add(const uint64_t* required, uint64_t beyond, Tally& tally) {
  Lanes8 bits;
  std::memcpy(&bits, required, sizeof(bits));
  bits &= beyond;
  tally.words += (bits | -bits) >> 63;
  tally.more |= bits & (bits - 1);
}

[[gnu::always_inline]] inline void Note(const Tally& tally, size_t first, LackingLanes& lanes) {
  std::array<uint64_t, kHalf> words;
  std::array<uint64_t, kHalf> more;
  std::memcpy(words.data(), &tally.words, sizeof(words));
  std::memcpy(more.data(), &tally.more, sizeof(more));
  for (size_t i = 0; i < words.size(); ++i) {
    const auto few = static_cast<uint32_t>(more[i] == 0);
    lanes.none |= (few & static_cast<uint32_t>(words[i] == 0)) << (first + i);
    lanes.one |= (few & static_cast<uint32_t>(words[i] == 1)) << (first + i);
  }
}

[[gnu::always_inline]] inline LackingLanes Lacking(const uint64_t* required, size_t words,
                                                   const uint64_t* within) {
  Tally low;
  Tally high;
  for (size_t w = 0; w < words; ++w) {
    Add(required + w * kLanes, ~within[w], low);
    Add(required + w * kLanes + kHalf, ~within[w], high);
  }
  LackingLanes lanes;
  Note(low, 0, lanes);
  Note(high, kHalf, lanes);
  return lanes;
}

template <class Narrow, class Element>
[[gnu::always_inline]] inline void Widen(const Element* from, Numbers8& wide) {
  Narrow narrow;
  std::memcpy(&narrow, from, sizeof(narrow));
  wide = __builtin_convertvector(narrow, Numbers8);
}

// Comparisons are -1 where they hold.
[[gnu::always_inline]] inline void NoteChanges(const LaneBlock& block, const ChangeTerms& terms,
                                               int most, size_t first, ChangeLanes& lanes) {
  constexpr int64_t kTooMany = 1 << 20;
  Numbers8 hours;
  Numbers8 salary;
  Numbers8 dx;
  Numbers8 dy;
  Widen<Bytes8>(&block.hours[first], hours);
  Widen<Shorts8>(&block.salary[first], salary);
  Widen<Shorts8>(&block.x[first], dx);
  Widen<Shorts8>(&block.y[first], dy);
  dx += int64_t{block.origin_x} - terms.x;
  dy += int64_t{block.origin_y} - terms.y;
  const Numbers8 distance = dx * dx + dy * dy;
  const Numbers8 needed = -((hours < terms.hours_min) + (hours > terms.hours_max) +
                            (salary < terms.salary_floor) + (distance > terms.reach));
  const Numbers8 out = (hours < terms.hours_from) | (hours > terms.hours_to) |
                       (salary < terms.salary_from) | (distance <= terms.beyond) |
                       (distance > terms.within);
  const Numbers8 counted = needed | (out & kTooMany);
  std::array<int64_t, kHalf> counts;
  std::memcpy(counts.data(), &counted, sizeof(counts));
  for (size_t i = 0; i < kHalf; ++i) {
    lanes.few |= static_cast<uint32_t>(counts[i] <= most) << (first + i);
    lanes.less |= static_cast<uint32_t>(counts[i] < most) << (first + i);
    lanes.rest |= static_cast<uint32_t>(counts[i] > most && counts[i] < kTooMany) << (first + i);
  }
}

[[gnu::always_inline]] inline ChangeLanes Changes(const LaneBlock& block, const ChangeTerms& terms,
                                                  int most) {
  ChangeLanes lanes;
  NoteChanges(block, terms, most, 0, lanes);
  NoteChanges(block, terms, most, kHalf, lanes);
  return lanes;
}

LackingLanes LackingPlain(const uint64_t* required, size_t words, const uint64_t* within) {
  return Lacking(required, words, within);
}
ChangeLanes ChangesPlain(const LaneBlock& block, const ChangeTerms& terms, int most) {
  return Changes(block, terms, most);
}

[[gnu::target("avx2")]] LackingLanes LackingAvx2(const uint64_t* required, size_t words,
                                                 const uint64_t* within) {
  return Lacking(required, words, within);
}
[[gnu::target("avx2")]] ChangeLanes ChangesAvx2(const LaneBlock& block, const ChangeTerms& terms,
                                                int most) {
  return Changes(block, terms, most);
}

[[gnu::target("avx512f,avx512dq")]] LackingLanes LackingAvx512(const uint64_t* required,
                                                               size_t words,
                                                               const uint64_t* within) {
  return Lacking(required, words, within);
}
[[gnu::target("avx512f,avx512dq")]] ChangeLanes ChangesAvx512(const LaneBlock& block,
                                                              const ChangeTerms& terms, int most) {
  return Changes(block, terms, most);
}

constexpr ChangeScan kPlain{.changes = ChangesPlain, .lacking = LackingPlain};
constexpr ChangeScan kAvx2{.changes = ChangesAvx2, .lacking = LackingAvx2};
constexpr ChangeScan kAvx512{.changes = ChangesAvx512, .lacking = LackingAvx512};

}  // namespace

const ChangeScan& ChangeScanOf(SimdLevel level) {
  switch (level) {
    case SimdLevel::kAvx512:
      return kAvx512;
    case SimdLevel::kAvx2:
      return kAvx2;
    case SimdLevel::kScalar:
      break;
  }
  return kPlain;
}

}  // namespace matchgo::scheduler::engine
