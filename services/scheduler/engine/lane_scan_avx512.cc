#include "services/scheduler/engine/lane_scan_x86.h"

#if defined(__x86_64__)

#include <immintrin.h>

#include <algorithm>
#include <array>

// g++ 12 takes the undefined parts of its own vector types for a mistake of ours.
#pragma GCC diagnostic ignored "-Wuninitialized"

// Every function that uses these instructions says so, so that the rest of the program does not.
#define MATCHGO_AVX512 \
  [[gnu::target("avx512f,avx512bw,avx512dq,avx512vl,avx512vpopcntdq,bmi,popcnt")]]

namespace matchgo::scheduler::engine {
namespace {

constexpr int kFull = 1000;

MATCHGO_AVX512 inline __m512i Load(const void* from) { return _mm512_loadu_si512(from); }

MATCHGO_AVX512 inline __m512i Square(__m512i distance) {
  const __m512i near = _mm512_min_epi32(_mm512_abs_epi32(distance), _mm512_set1_epi32(kLaneFar));
  return _mm512_mullo_epi32(near, near);
}

// Squared gaps of thirty-two boxes along one axis.
MATCHGO_AVX512 inline __m512i SquaredGap(uint8_t at, const uint8_t* low, const uint8_t* high) {
  const __m256i here = _mm256_set1_epi8(static_cast<char>(at));
  const __m256i below =
      _mm256_subs_epu8(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(low)), here);
  const __m256i above =
      _mm256_subs_epu8(here, _mm256_loadu_si256(reinterpret_cast<const __m256i*>(high)));
  const __m512i gap =
      _mm512_cvtepu8_epi16(_mm256_subs_epu8(_mm256_max_epu8(below, above), _mm256_set1_epi8(1)));
  return _mm512_mullo_epi16(gap, gap);
}

MATCHGO_AVX512 size_t ReachableBlocks(const LanePerson& person, const BlockBoxes& boxes,
                                      size_t first, size_t count, int32_t* out) {
  constexpr size_t kBoxes = 32;
  const __m512i reach = _mm512_set1_epi16(static_cast<int16_t>(person.square_reach_squared));
  size_t found = 0;
  for (size_t done = 0; done < count; done += kBoxes) {
    const size_t b = first + done;
    const __m512i distance =
        _mm512_adds_epu16(SquaredGap(person.square_x, &boxes.x_min[b], &boxes.x_max[b]),
                          SquaredGap(person.square_y, &boxes.y_min[b], &boxes.y_max[b]));
    uint32_t near = _mm512_cmple_epu16_mask(distance, reach);
    if (count - done < kBoxes) near &= (1U << (count - done)) - 1;
    for (; near != 0; near &= near - 1) {
      out[found++] = static_cast<int32_t>(b + _tzcnt_u32(near));
    }
  }
  return found;
}

// Sixteen 64-bit counts, in two halves, as 32-bit lanes.
MATCHGO_AVX512 inline __m512i Narrow(__m512i low, __m512i high) {
  return _mm512_inserti64x4(_mm512_castsi256_si512(_mm512_cvtepi64_epi32(low)),
                            _mm512_cvtepi64_epi32(high), 1);
}

MATCHGO_AVX512 inline __mmask16 Join(__mmask8 low, __mmask8 high) {
  return static_cast<__mmask16>(low | (static_cast<uint32_t>(high) << 8U));
}

MATCHGO_AVX512 inline const uint64_t* RequiredOf(const LaneGroup& group, size_t block) {
  return group.required + (block - group.first_block) * group.words * kLanes;
}

// Lanes that ask for no skill outside of `skills`.
MATCHGO_AVX512 inline __mmask16 CoveredBy(const uint64_t* skills, const uint64_t* required,
                                          size_t words) {
  uint32_t beyond = 0;
  for (size_t w = 0; w < words; ++w, required += kLanes) {
    const __m512i others = _mm512_set1_epi64(static_cast<int64_t>(~skills[w]));
    beyond |= Join(_mm512_test_epi64_mask(others, Load(required)),
                   _mm512_test_epi64_mask(others, Load(required + kLanes / 2)));
  }
  return static_cast<__mmask16>(~beyond);
}

// How many of the required skills are among `skills`.
MATCHGO_AVX512 inline __m512i HeldOf(const uint64_t* skills, const uint64_t* required,
                                     size_t words) {
  __m512i low = _mm512_setzero_si512();
  __m512i high = low;
  for (size_t w = 0; w < words; ++w, required += kLanes) {
    const __m512i has = _mm512_set1_epi64(static_cast<int64_t>(skills[w]));
    low = _mm512_add_epi64(low, _mm512_popcnt_epi64(_mm512_and_si512(has, Load(required))));
    high = _mm512_add_epi64(
        high, _mm512_popcnt_epi64(_mm512_and_si512(has, Load(required + kLanes / 2))));
  }
  return Narrow(low, high);
}

MATCHGO_AVX512 inline __m512i AtMostFull(__m512i scaled) {
  return _mm512_min_epu32(_mm512_srli_epi32(scaled, 16), _mm512_set1_epi32(kFull));
}

MATCHGO_AVX512 inline __m512i FitBound(const LaneBlock& block, __m512i held) {
  const __m512i count = _mm512_cvtepu8_epi32(
      _mm_loadu_si128(reinterpret_cast<const __m128i*>(block.required.data())));
  const __m512i one = _mm512_set1_epi32(1);
  held = _mm512_mask_mov_epi32(held, _mm512_testn_epi32_mask(count, count), one);
  const __m512i unit = _mm512_permutex2var_epi32(
      Load(kFitUnit.data()), _mm512_min_epu32(count, _mm512_set1_epi32(kFitUnits - 1)),
      Load(kFitUnit.data() + kLanes));
  return AtMostFull(_mm512_mullo_epi32(held, unit));
}

MATCHGO_AVX512 inline __m512i TravelBound(const LanePerson& person, __m512i distance) {
  const __m512i left = _mm512_srl_epi32(
      _mm512_sub_epi32(_mm512_set1_epi32(static_cast<int>(person.reach_squared)), distance),
      _mm_cvtsi32_si128(static_cast<int>(person.travel_shift)));
  return AtMostFull(_mm512_mullo_epi32(
      _mm512_add_epi32(left, _mm512_set1_epi32(static_cast<int>(person.travel_round))),
      _mm512_set1_epi32(static_cast<int>(person.travel_unit))));
}

MATCHGO_AVX512 inline __m512i SalaryBound(const LanePerson& person, __m512i salary) {
  const __m512i paid =
      _mm512_min_epu32(salary, _mm512_set1_epi32(static_cast<int>(person.salary_now)));
  const __m512i part = _mm512_srli_epi32(
      _mm512_mullo_epi32(paid, _mm512_set1_epi32(static_cast<int>(person.salary_unit))), 16);
  return _mm512_min_epu32(
      _mm512_max_epu32(part, _mm512_set1_epi32(static_cast<int>(person.salary_flat))),
      _mm512_set1_epi32(kFull));
}

MATCHGO_AVX512 inline __m512i Widen(const std::array<uint16_t, kLanes>& narrow) {
  return _mm512_cvtepu16_epi32(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(narrow.data())));
}

MATCHGO_AVX512 inline __mmask16 HoursFit(const LanePerson& person, const LaneBlock& block) {
  const __m128i hours = _mm_loadu_si128(reinterpret_cast<const __m128i*>(block.hours.data()));
  return _mm_mask_cmple_epu8_mask(
      _mm_cmpge_epu8_mask(hours, _mm_set1_epi8(static_cast<char>(person.hours_min))), hours,
      _mm_set1_epi8(static_cast<char>(person.hours_max)));
}

MATCHGO_AVX512 inline __m512i Weighted(int32_t weight, __m512i part) {
  return _mm512_mullo_epi32(_mm512_set1_epi32(weight), part);
}

// Lanes of one block, among `alive`, that may qualify; their bounds.
MATCHGO_AVX512 inline __mmask16 Survive(const LanePerson& person, const LaneGroup& group,
                                        const LaneBlock& block, const uint64_t* required,
                                        __mmask16 alive, __m512i& bound) {
  const __m512i dx = _mm512_add_epi32(Widen(block.x), _mm512_set1_epi32(block.origin_x - person.x));
  const __m512i dy = _mm512_add_epi32(Widen(block.y), _mm512_set1_epi32(block.origin_y - person.y));
  const __m512i distance = _mm512_add_epi32(Square(dx), Square(dy));
  const __m512i salary = Widen(block.salary);
  alive = static_cast<__mmask16>(alive & HoursFit(person, block));
  alive = _mm512_mask_cmple_epu32_mask(alive, distance,
                                       _mm512_set1_epi32(static_cast<int>(person.reach_squared)));
  alive = _mm512_mask_cmpge_epu32_mask(alive, salary,
                                       _mm512_set1_epi32(static_cast<int>(person.salary_floor)));
  if (alive == 0) return alive;
  const __mmask16 complete = CoveredBy(group.has, required, group.words);
  const __m512i ready = _mm512_mask_mov_epi32(_mm512_set1_epi32(group.ready_lacking), complete,
                                              _mm512_set1_epi32(group.ready_complete));
  const __m512i latest = _mm512_cvtepi16_epi32(
      _mm256_loadu_si256(reinterpret_cast<const __m256i*>(block.latest_ready.data())));
  const __m512i rest = _mm512_mask_mov_epi32(_mm512_set1_epi32(group.rest_lacking), complete,
                                             _mm512_set1_epi32(group.rest_complete));
  const __m512i held = HeldOf(group.has, required, group.words);
  const __m512i fit = Weighted(person.fit_weight, FitBound(block, held));
  const __m512i travel = Weighted(person.travel_weight, TravelBound(person, distance));
  const __m512i paid = Weighted(person.salary_weight, SalaryBound(person, salary));
  bound = _mm512_add_epi32(_mm512_add_epi32(rest, fit), _mm512_add_epi32(travel, paid));
  alive = _mm512_mask_cmpge_epi32_mask(alive, latest, ready);
  return _mm512_mask_cmpge_epi32_mask(alive, bound, _mm512_set1_epi32(group.threshold));
}

// Blocks with lanes that ask for nothing out of her reach.
struct Covered {
  static constexpr size_t kMost = 64;
  size_t count = 0;
  std::array<int32_t, kMost> blocks;
  std::array<__mmask16, kMost> lanes;
};

// Looks at the masks only, which are read ahead, and has the rest of a block fetched when it
// counts.
MATCHGO_AVX512 inline void FindCovered(const LaneGroup& group, const int32_t* blocks, size_t count,
                                       Covered& covered) {
  constexpr size_t kAhead = 8;
  covered.count = 0;
  for (size_t i = 0; i < count; ++i) {
    if (i + kAhead < count) {
      const uint64_t* next = RequiredOf(group, static_cast<size_t>(blocks[i + kAhead]));
      _mm_prefetch(next, _MM_HINT_T0);
      _mm_prefetch(next + kLanes / 2, _MM_HINT_T0);
    }
    const auto b = static_cast<size_t>(blocks[i]);
    const __mmask16 lanes = CoveredBy(group.reachable, RequiredOf(group, b), group.words);
    if (lanes == 0) continue;
    const auto* block = reinterpret_cast<const char*>(&group.blocks[b]);
    for (size_t at = 0; at < sizeof(LaneBlock); at += 64) _mm_prefetch(block + at, _MM_HINT_T0);
    covered.blocks[covered.count] = blocks[i];
    covered.lanes[covered.count++] = lanes;
  }
}

MATCHGO_AVX512 size_t Survivors(const LanePerson& person, const LaneGroup& group,
                                const int32_t* blocks, size_t count, Survivor* out) {
  alignas(64) std::array<int32_t, kLanes> bounds;
  Covered covered;
  size_t found = 0;
  for (size_t done = 0; done < count; done += Covered::kMost) {
    FindCovered(group, blocks + done, std::min(count - done, Covered::kMost), covered);
    for (size_t i = 0; i < covered.count; ++i) {
      const auto b = static_cast<size_t>(covered.blocks[i]);
      __m512i bound;
      __mmask16 alive =
          Survive(person, group, group.blocks[b], RequiredOf(group, b), covered.lanes[i], bound);
      if (group.floors != nullptr) {
        alive = _mm512_mask_cmpge_epi32_mask(alive, bound, Load(group.floors + b * kLanes));
      }
      if (alive == 0) continue;
      _mm512_store_si512(bounds.data(), bound);
      for (uint32_t left = alive; left != 0; left &= left - 1) {
        const auto lane = static_cast<size_t>(_tzcnt_u32(left));
        out[found++] = {static_cast<int32_t>(b * kLanes + lane), bounds[lane]};
      }
    }
  }
  return found;
}

MATCHGO_AVX512 void UsableStarts(const LanePerson& person, const StartBlock* blocks, size_t count,
                                 uint16_t* out) {
  const __m512i x = _mm512_set1_epi32(person.x);
  const __m512i y = _mm512_set1_epi32(person.y);
  const __m512i reach = _mm512_set1_epi32(static_cast<int>(person.reach_squared));
  const __m512i level = _mm512_set1_epi32(person.level);
  const __m512i available = _mm512_set1_epi32(person.available);
  for (size_t b = 0; b < count; ++b) {
    const StartBlock& block = blocks[b];
    const __m512i dx = _mm512_sub_epi32(Load(block.x.data()), x);
    const __m512i dy = _mm512_sub_epi32(Load(block.y.data()), y);
    const uint32_t near = _mm512_cmple_epu32_mask(_mm512_add_epi32(Square(dx), Square(dy)), reach);
    __mmask16 takes = _mm512_cmple_epi32_mask(Load(block.entry_level.data()), level);
    takes = _mm512_mask_cmpge_epi32_mask(takes, Load(block.begins.data()), available);
    out[b] = static_cast<uint16_t>((near | block.online) & takes);
  }
}

MATCHGO_AVX512 void CountBits(const uint64_t* words, size_t count, uint8_t* out) {
  constexpr size_t kWords = 8;
  for (; count >= kWords; count -= kWords, words += kWords, out += kWords) {
    _mm512_mask_cvtepi64_storeu_epi8(out, 0xff, _mm512_popcnt_epi64(Load(words)));
  }
  for (; count > 0; --count) *out++ = static_cast<uint8_t>(_mm_popcnt_u64(*words++));
}

}  // namespace

bool CanRunAvx512() {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
         __builtin_cpu_supports("avx512vpopcntdq") && __builtin_cpu_supports("bmi");
}

const LaneScan kAvx512Scan = {ReachableBlocks, Survivors, UsableStarts, CountBits};

}  // namespace matchgo::scheduler::engine

#else

namespace matchgo::scheduler::engine {
bool CanRunAvx512() { return false; }
const LaneScan kAvx512Scan = {};
}  // namespace matchgo::scheduler::engine

#endif
