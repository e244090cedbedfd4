#include "services/scheduler/engine/lane_scan_x86.h"

#if defined(__x86_64__)

#include <immintrin.h>

#include <algorithm>

// Every function that uses these instructions says so, so that the rest of the program does not.
#define MATCHGO_AVX2 [[gnu::target("avx2,bmi,popcnt")]]

namespace matchgo::scheduler::engine {
namespace {

constexpr int kFull = 1000;
// A vector holds half a block.
constexpr size_t kHalf = kLanes / 2;

MATCHGO_AVX2 inline __m256i Load(const void* from) {
  return _mm256_loadu_si256(static_cast<const __m256i*>(from));
}

MATCHGO_AVX2 inline __m256i Fill(uint32_t value) {
  return _mm256_set1_epi32(static_cast<int>(value));
}

MATCHGO_AVX2 inline __m256i Square(__m256i distance) {
  const __m256i near = _mm256_min_epi32(_mm256_abs_epi32(distance), _mm256_set1_epi32(kLaneFar));
  return _mm256_mullo_epi32(near, near);
}

// A bit per 32-bit lane.
MATCHGO_AVX2 inline uint32_t Bits(__m256i lanes) {
  return static_cast<uint32_t>(_mm256_movemask_ps(_mm256_castsi256_ps(lanes)));
}

// a <= b, unsigned.
MATCHGO_AVX2 inline __m256i AtMost(__m256i a, __m256i b) {
  return _mm256_cmpeq_epi32(_mm256_min_epu32(a, b), a);
}

// Squared gaps of sixteen boxes along one axis.
MATCHGO_AVX2 inline __m256i SquaredGap(uint8_t at, const uint8_t* low, const uint8_t* high) {
  const __m128i here = _mm_set1_epi8(static_cast<char>(at));
  const __m128i below = _mm_subs_epu8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(low)), here);
  const __m128i above =
      _mm_subs_epu8(here, _mm_loadu_si128(reinterpret_cast<const __m128i*>(high)));
  const __m256i gap =
      _mm256_cvtepu8_epi16(_mm_subs_epu8(_mm_max_epu8(below, above), _mm_set1_epi8(1)));
  return _mm256_mullo_epi16(gap, gap);
}

MATCHGO_AVX2 size_t ReachableBlocks(const LanePerson& person, const BlockBoxes& boxes, size_t first,
                                    size_t count, int32_t* out) {
  const __m256i reach = _mm256_set1_epi16(static_cast<int16_t>(person.square_reach_squared));
  size_t found = 0;
  for (size_t done = 0; done < count; done += kLanes) {
    const size_t b = first + done;
    const __m256i distance =
        _mm256_adds_epu16(SquaredGap(person.square_x, &boxes.x_min[b], &boxes.x_max[b]),
                          SquaredGap(person.square_y, &boxes.y_min[b], &boxes.y_max[b]));
    const __m256i within = _mm256_cmpeq_epi16(_mm256_min_epu16(distance, reach), distance);
    auto near = static_cast<uint32_t>(_mm256_movemask_epi8(within)) & 0x5555'5555U;
    if (count - done < kLanes) near &= (1U << (2 * (count - done))) - 1;
    for (; near != 0; near &= near - 1) {
      out[found++] = static_cast<int32_t>(b + _tzcnt_u32(near) / 2);
    }
  }
  return found;
}

// Lanes of a block that ask for no skill outside of `skills`.
MATCHGO_AVX2 inline uint32_t CoveredBy(const uint64_t* skills, const uint64_t* required,
                                       size_t words) {
  constexpr size_t kQuarter = 4;
  uint32_t covered = 0;
  for (size_t first = 0; first < kLanes; first += kQuarter) {
    __m256i beyond = _mm256_setzero_si256();
    for (size_t w = 0; w < words; ++w) {
      const __m256i others = _mm256_set1_epi64x(static_cast<int64_t>(~skills[w]));
      beyond =
          _mm256_or_si256(beyond, _mm256_and_si256(others, Load(required + w * kLanes + first)));
    }
    const __m256i none = _mm256_cmpeq_epi64(beyond, _mm256_setzero_si256());
    covered |= static_cast<uint32_t>(_mm256_movemask_pd(_mm256_castsi256_pd(none))) << first;
  }
  return covered;
}

MATCHGO_AVX2 inline __m256i HeldOf(const uint64_t* skills, const uint64_t* required, size_t words,
                                   size_t half) {
  alignas(32) std::array<uint32_t, kHalf> held{};
  for (size_t w = 0; w < words; ++w) {
    for (size_t lane = 0; lane < kHalf; ++lane) {
      held[lane] += static_cast<uint32_t>(
          _mm_popcnt_u64(skills[w] & required[w * kLanes + half * kHalf + lane]));
    }
  }
  return Load(held.data());
}

MATCHGO_AVX2 inline __m256i AtMostFull(__m256i scaled) {
  return _mm256_min_epu32(_mm256_srli_epi32(scaled, 16), _mm256_set1_epi32(kFull));
}

MATCHGO_AVX2 inline __m256i FitBound(const LaneBlock& block, __m256i held, size_t half) {
  const __m256i count = _mm256_cvtepu8_epi32(
      _mm_loadl_epi64(reinterpret_cast<const __m128i*>(block.required.data() + half * kHalf)));
  const __m256i none = _mm256_cmpeq_epi32(count, _mm256_setzero_si256());
  held = _mm256_blendv_epi8(held, _mm256_set1_epi32(1), none);
  const __m256i unit =
      _mm256_i32gather_epi32(reinterpret_cast<const int*>(kFitUnit.data()),
                             _mm256_min_epu32(count, _mm256_set1_epi32(kFitUnits - 1)), 4);
  return AtMostFull(_mm256_mullo_epi32(held, unit));
}

MATCHGO_AVX2 inline __m256i TravelBound(const LanePerson& person, __m256i distance) {
  const __m256i left = _mm256_srl_epi32(_mm256_sub_epi32(Fill(person.reach_squared), distance),
                                        _mm_cvtsi32_si128(static_cast<int>(person.travel_shift)));
  return AtMostFull(_mm256_mullo_epi32(_mm256_add_epi32(left, Fill(person.travel_round)),
                                       Fill(person.travel_unit)));
}

MATCHGO_AVX2 inline __m256i SalaryBound(const LanePerson& person, __m256i salary) {
  const __m256i paid = _mm256_min_epu32(salary, Fill(person.salary_now));
  const __m256i part = _mm256_srli_epi32(_mm256_mullo_epi32(paid, Fill(person.salary_unit)), 16);
  return _mm256_min_epu32(_mm256_max_epu32(part, Fill(person.salary_flat)),
                          _mm256_set1_epi32(kFull));
}

MATCHGO_AVX2 inline __m256i Widen(const std::array<uint16_t, kLanes>& narrow, size_t half) {
  return _mm256_cvtepu16_epi32(
      _mm_loadu_si128(reinterpret_cast<const __m128i*>(narrow.data() + half * kHalf)));
}

MATCHGO_AVX2 inline __m256i Weighted(int32_t weight, __m256i part) {
  return _mm256_mullo_epi32(_mm256_set1_epi32(weight), part);
}

// Lanes of half a block that are near enough, pay enough and ask fitting hours.
MATCHGO_AVX2 inline uint32_t Acceptable(const LanePerson& person, const LaneBlock& block,
                                        __m256i distance, __m256i salary, size_t half) {
  const __m256i hours = _mm256_cvtepu8_epi32(
      _mm_loadl_epi64(reinterpret_cast<const __m128i*>(block.hours.data() + half * kHalf)));
  const __m256i fits = _mm256_and_si256(AtMost(Fill(person.hours_min), hours),
                                        AtMost(hours, Fill(person.hours_max)));
  const __m256i near = AtMost(distance, Fill(person.reach_squared));
  const __m256i pays = AtMost(Fill(person.salary_floor), salary);
  return Bits(_mm256_and_si256(_mm256_and_si256(fits, near), pays));
}

// Lanes of half a block, among `alive`, that may qualify; their bounds.
MATCHGO_AVX2 inline uint32_t Survive(const LanePerson& person, const LaneGroup& group,
                                     const LaneBlock& block, const uint64_t* required,
                                     uint32_t complete, uint32_t alive, size_t half,
                                     __m256i& bound) {
  const __m256i dx =
      _mm256_add_epi32(Widen(block.x, half), _mm256_set1_epi32(block.origin_x - person.x));
  const __m256i dy =
      _mm256_add_epi32(Widen(block.y, half), _mm256_set1_epi32(block.origin_y - person.y));
  const __m256i distance = _mm256_add_epi32(Square(dx), Square(dy));
  const __m256i salary = Widen(block.salary, half);
  alive &= Acceptable(person, block, distance, salary, half);
  if (alive == 0) return 0;
  const __m256i lane_bit = _mm256_setr_epi32(1, 2, 4, 8, 16, 32, 64, 128);
  const __m256i whole = _mm256_cmpeq_epi32(_mm256_and_si256(Fill(complete), lane_bit), lane_bit);
  const __m256i ready = _mm256_blendv_epi8(_mm256_set1_epi32(group.ready_lacking),
                                           _mm256_set1_epi32(group.ready_complete), whole);
  const __m256i rest = _mm256_blendv_epi8(_mm256_set1_epi32(group.rest_lacking),
                                          _mm256_set1_epi32(group.rest_complete), whole);
  const __m256i latest = _mm256_cvtepi16_epi32(
      _mm_loadu_si128(reinterpret_cast<const __m128i*>(block.latest_ready.data() + half * kHalf)));
  const __m256i held = HeldOf(group.has, required, group.words, half);
  const __m256i fit = Weighted(person.fit_weight, FitBound(block, held, half));
  const __m256i travel = Weighted(person.travel_weight, TravelBound(person, distance));
  const __m256i paid = Weighted(person.salary_weight, SalaryBound(person, salary));
  bound = _mm256_add_epi32(_mm256_add_epi32(rest, fit), _mm256_add_epi32(travel, paid));
  const __m256i late = _mm256_cmpgt_epi32(ready, latest);
  const __m256i low = _mm256_cmpgt_epi32(_mm256_set1_epi32(group.threshold), bound);
  return alive & ~Bits(_mm256_or_si256(late, low));
}

MATCHGO_AVX2 size_t Survivors(const LanePerson& person, const LaneGroup& group,
                              const int32_t* blocks, size_t count, Survivor* out) {
  alignas(32) std::array<int32_t, kHalf> bounds;
  size_t found = 0;
  for (size_t i = 0; i < count; ++i) {
    const auto b = static_cast<size_t>(blocks[i]);
    const uint64_t* required = group.required + (b - group.first_block) * group.words * kLanes;
    const uint32_t reachable = CoveredBy(group.reachable, required, group.words);
    if (reachable == 0) continue;
    const uint32_t complete = CoveredBy(group.has, required, group.words);
    for (size_t half = 0; half < 2; ++half) {
      const auto shift = static_cast<uint32_t>(half * kHalf);
      __m256i bound = _mm256_setzero_si256();
      uint32_t alive = Survive(person, group, group.blocks[b], required, complete >> shift & 0xffU,
                               reachable >> shift & 0xffU, half, bound);
      if (alive != 0 && group.floors != nullptr) {
        const int32_t* floors = group.floors + b * kLanes + half * kHalf;
        alive &= ~Bits(_mm256_cmpgt_epi32(Load(floors), bound));
      }
      if (alive == 0) continue;
      _mm256_store_si256(reinterpret_cast<__m256i*>(bounds.data()), bound);
      for (; alive != 0; alive &= alive - 1) {
        const auto lane = static_cast<size_t>(_tzcnt_u32(alive));
        out[found++] = {static_cast<int32_t>(b * kLanes + half * kHalf + lane), bounds[lane]};
      }
    }
  }
  return found;
}

MATCHGO_AVX2 void UsableStarts(const LanePerson& person, const StartBlock* blocks, size_t count,
                               uint16_t* out) {
  const __m256i x = _mm256_set1_epi32(person.x);
  const __m256i y = _mm256_set1_epi32(person.y);
  for (size_t b = 0; b < count; ++b) {
    const StartBlock& block = blocks[b];
    uint32_t usable = 0;
    for (size_t half = 0; half < 2; ++half) {
      const size_t lane = half * kHalf;
      const __m256i dx = _mm256_sub_epi32(Load(block.x.data() + lane), x);
      const __m256i dy = _mm256_sub_epi32(Load(block.y.data() + lane), y);
      const uint32_t near =
          Bits(AtMost(_mm256_add_epi32(Square(dx), Square(dy)), Fill(person.reach_squared))) |
          (static_cast<uint32_t>(block.online) >> lane & 0xffU);
      const __m256i high = _mm256_cmpgt_epi32(Load(block.entry_level.data() + lane),
                                              _mm256_set1_epi32(person.level));
      const __m256i early =
          _mm256_cmpgt_epi32(_mm256_set1_epi32(person.available), Load(block.begins.data() + lane));
      usable |= (near & ~Bits(_mm256_or_si256(high, early))) << lane;
    }
    out[b] = static_cast<uint16_t>(usable);
  }
}

MATCHGO_AVX2 void CountBits(const uint64_t* words, size_t count, uint8_t* out) {
  for (size_t i = 0; i < count; ++i) out[i] = static_cast<uint8_t>(_mm_popcnt_u64(words[i]));
}

}  // namespace

bool CanRunAvx2() {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
         __builtin_cpu_supports("popcnt");
}

const LaneScan kAvx2Scan = {ReachableBlocks, Survivors, UsableStarts, CountBits};

}  // namespace matchgo::scheduler::engine

#else

namespace matchgo::scheduler::engine {
bool CanRunAvx2() { return false; }
const LaneScan kAvx2Scan = {};
}  // namespace matchgo::scheduler::engine

#endif
