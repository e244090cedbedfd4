#include "services/scheduler/engine/change_scan.h"

#include <immintrin.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace matchgo::scheduler::engine {
namespace {

// Eight lanes: one register or as many as it takes.
constexpr size_t kHalf = kLanes / 2;
using Lanes8 [[gnu::vector_size(64)]] = uint64_t;

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

// What lanes ask of her, a bit per lane: changes of four kinds; and those outside of what counts.
struct Asked {
  uint32_t more_hours = 0;
  uint32_t fewer_hours = 0;
  uint32_t lower_salary = 0;
  uint32_t farther = 0;
  uint32_t out = 0;
};

// Counts the changes of all lanes at once, by adding up bits.
ChangeLanes Count(const Asked& asked, int most) {
  const uint32_t hours = asked.more_hours ^ asked.fewer_hours;
  const uint32_t both_hours = asked.more_hours & asked.fewer_hours;
  const uint32_t rest = asked.lower_salary ^ asked.farther;
  const uint32_t both_rest = asked.lower_salary & asked.farther;
  const uint32_t carry = hours & rest;
  const uint32_t ones = hours ^ rest;
  const uint32_t twos = both_hours ^ both_rest ^ carry;
  const uint32_t fours = both_hours & both_rest;  // then nothing is carried
  const auto at_most = [&](int count) {
    switch (count) {
      case 0:
        return ~(ones | twos | fours);
      case 1:
        return ~(twos | fours);
      case 2:
        return ~((ones & twos) | fours);
      case 3:
        return ~fours;
      default:
        return count < 0 ? uint32_t{0} : ~uint32_t{0};
    }
  };
  const uint32_t counts = ~asked.out & ((uint32_t{1} << kLanes) - 1);
  return {.few = at_most(most) & counts,
          .less = at_most(most - 1) & counts,
          .rest = ~at_most(most) & counts};
}

ChangeLanes ChangesPlain(const LaneBlock& block, const ChangeTerms& terms, int most) {
  Asked asked;
  for (size_t lane = 0; lane < kLanes; ++lane) {
    const auto note = [lane](uint32_t& lanes, bool holds) {
      lanes |= static_cast<uint32_t>(holds) << lane;
    };
    const int64_t dx = int64_t{block.origin_x} + block.x[lane] - terms.x;
    const int64_t dy = int64_t{block.origin_y} + block.y[lane] - terms.y;
    const int64_t distance = dx * dx + dy * dy;
    const int32_t hours = block.hours[lane];
    const int32_t salary = block.salary[lane];
    note(asked.more_hours, hours > terms.hours_max);
    note(asked.fewer_hours, hours < terms.hours_min);
    note(asked.lower_salary, salary < terms.salary_floor);
    note(asked.farther, distance > terms.reach);
    note(asked.out, hours < terms.hours_from || hours > terms.hours_to ||
                        salary < terms.salary_from || distance <= terms.beyond ||
                        distance > terms.within);
  }
  return Count(asked, most);
}

// What fits in 32 bits, without a sign.
uint32_t Clamped(int64_t squared) {
  return static_cast<uint32_t>(std::clamp<int64_t>(squared, 0, UINT32_MAX));
}

[[gnu::target("avx512f,avx512dq")]] ChangeLanes ChangesAvx512(const LaneBlock& block,
                                                              const ChangeTerms& terms, int most) {
  if (!terms.near) return ChangesPlain(block, terms, most);
  const auto wide = [](const auto& shorts) __attribute__((target("avx512f,avx512dq"))) {
    return _mm512_cvtepu16_epi32(
        _mm256_loadu_si256(reinterpret_cast<const __m256i*>(shorts.data())));
  };
  const auto all = [](auto number) __attribute__((target("avx512f,avx512dq"))) {
    return _mm512_set1_epi32(static_cast<int>(number));
  };
  const __m512i hours =
      _mm512_cvtepu8_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(block.hours.data())));
  const __m512i salary = wide(block.salary);
  const __m512i dx = _mm512_add_epi32(wide(block.x), all(block.origin_x - terms.x));
  const __m512i dy = _mm512_add_epi32(wide(block.y), all(block.origin_y - terms.y));
  const __m512i distance = _mm512_add_epi32(_mm512_mullo_epi32(dx, dx), _mm512_mullo_epi32(dy, dy));
  const uint32_t out = _mm512_cmplt_epi32_mask(hours, all(terms.hours_from)) |
                       _mm512_cmpgt_epi32_mask(hours, all(terms.hours_to)) |
                       _mm512_cmplt_epi32_mask(salary, all(terms.salary_from)) |
                       _mm512_cmplt_epu32_mask(distance, all(Clamped(terms.beyond + 1))) |
                       _mm512_cmpgt_epu32_mask(distance, all(Clamped(terms.within)));
  return Count({.more_hours = _mm512_cmpgt_epi32_mask(hours, all(terms.hours_max)),
                .fewer_hours = _mm512_cmplt_epi32_mask(hours, all(terms.hours_min)),
                .lower_salary = _mm512_cmplt_epi32_mask(salary, all(terms.salary_floor)),
                .farther = _mm512_cmpgt_epu32_mask(distance, all(Clamped(terms.reach))),
                .out = out},
               most);
}

LackingLanes LackingPlain(const uint64_t* required, size_t words, const uint64_t* within) {
  return Lacking(required, words, within);
}
[[gnu::target("avx2")]] LackingLanes LackingAvx2(const uint64_t* required, size_t words,
                                                 const uint64_t* within) {
  return Lacking(required, words, within);
}
[[gnu::target("avx512f,avx512dq")]] LackingLanes LackingAvx512(const uint64_t* required,
                                                               size_t words,
                                                               const uint64_t* within) {
  return Lacking(required, words, within);
}
constexpr ChangeScan kPlain{.changes = ChangesPlain, .lacking = LackingPlain};
constexpr ChangeScan kAvx2{.changes = ChangesPlain, .lacking = LackingAvx2};
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
