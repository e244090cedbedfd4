#include "services/scheduler/engine/crowd_scan.h"

#include <algorithm>
#include <bit>
#include <limits>

#include "common/base/check.h"

#if defined(__x86_64__)
#include <immintrin.h>

// g++ 12 takes the undefined parts of its own vector types for a mistake of ours.
#pragma GCC diagnostic ignored "-Wuninitialized"
#define MATCHGO_AVX2 [[gnu::target("avx2,bmi,popcnt")]]
#define MATCHGO_AVX512 [[gnu::target("avx512f,avx512dq,avx512vpopcntdq,bmi,popcnt")]]
#endif
#define MATCHGO_INLINE [[gnu::always_inline]] inline

namespace matchgo::scheduler::engine {
namespace {

constexpr uint32_t kFull = 1000;
constexpr uint8_t kNoVacancy = 255;
constexpr size_t kBits = PeopleSet::kBits;
constexpr uint32_t kUnitMask = (1U << CrowdFacts::kShiftBit) - 1;
constexpr auto kHighest = std::numeric_limits<int32_t>::max();

using Words = uint64_t __attribute__((vector_size(64)));

MATCHGO_INLINE Words& WordsOf(PeopleSet& people) {
  return *reinterpret_cast<Words*>(people.words().data());
}
MATCHGO_INLINE const Words& WordsOf(const PeopleSet& people) {
  return *reinterpret_cast<const Words*>(people.words().data());
}

uint32_t SquaredGap(int32_t at, int32_t low, int32_t high) {
  const auto gap = static_cast<uint32_t>(std::clamp(std::max(low - at, at - high), 0, kLaneFar));
  return gap * gap;
}

PeopleSet Near(const CrowdFacts& facts, const CrowdBox& box) {
  PeopleSet near;
  for (size_t i = 0; i < PeopleSet::kMost; ++i) {
    const uint32_t away =
        SquaredGap(facts.x[i], box.x_min, box.x_max) + SquaredGap(facts.y[i], box.y_min, box.y_max);
    if (away <= static_cast<uint32_t>(facts.reach_squared[i])) near.Add(i);
  }
  return near;
}

void Lower(ByPerson& into, const ByPerson& from) {
  for (size_t i = 0; i < into.size(); ++i) into[i] = std::min(into[i], from[i]);
}

// Halves of ever smaller squares change places (Warren, Hacker's Delight, 7-3), in every word.
MATCHGO_INLINE void TurnAll(SetsOf64& sets) {
  auto* const at = reinterpret_cast<Words*>(sets.data());
  uint64_t mask = 0xffffffff;
  for (size_t half = 32; half != 0; half /= 2, mask ^= mask << half) {
    for (size_t j = 0; j < kBits; j = (j + half + 1) & ~half) {
      const Words moved = ((at[j] >> half) ^ at[j + half]) & mask;
      at[j] ^= moved << half;
      at[j + half] ^= moved;
    }
  }
}
void Turn(SetsOf64& sets) { TurnAll(sets); }

// One vacancy.
struct Row {
  const LaneBlock& block;
  size_t lane;
  const uint64_t* required;  // every kLanes-th is a word
  size_t words;
  int32_t slot;
  int32_t floor;
};

MATCHGO_INLINE void Meet(const PeopleSet* sets, const Row& row, Words& left) {
  for (size_t w = 0; w < row.words; ++w) {
    for (uint64_t bits = row.required[w * kLanes]; bits != 0; bits &= bits - 1) {
      left &= WordsOf(sets[w * kBits + static_cast<size_t>(std::countr_zero(bits))]);
    }
  }
}

// Adds those of the people of a row who learn what they lack with one course.
MATCHGO_INLINE void AddLearners(const CrowdGroup& group, const Row& row, const Words& people,
                                Words& able) {
  for (const CrowdCourse& course : group.courses) {
    Words learning = people & WordsOf(course.who);
    for (size_t w = 0; w < row.words; ++w) {
      uint64_t bits = row.required[w * kLanes] & ~course.teaches[w];
      for (; bits != 0; bits &= bits - 1) {
        const auto bit = static_cast<size_t>(std::countr_zero(bits));
        learning &= WordsOf(group.has[w * kBits + bit]);
      }
    }
    able |= learning;
  }
}

MATCHGO_INLINE bool Empty(const Words& words) {
  return (words[0] | words[1] | words[2] | words[3] | words[4] | words[5] | words[6] | words[7]) ==
         0;
}

CrowdBox BoxOf(const LaneBlock& block) {
  CrowdBox box{kHighest, -kHighest, kHighest, -kHighest};
  for (size_t lane = 0; lane < kLanes; ++lane) {
    if (block.hours[lane] == kNoVacancy) continue;
    box.x_min = std::min<int32_t>(box.x_min, block.origin_x + block.x[lane]);
    box.x_max = std::max<int32_t>(box.x_max, block.origin_x + block.x[lane]);
    box.y_min = std::min<int32_t>(box.y_min, block.origin_y + block.y[lane]);
    box.y_max = std::max<int32_t>(box.y_max, block.origin_y + block.y[lane]);
  }
  return box;
}

// For every row of the block who is left after what sets can tell; the rest is `bound`'s.
template <class NearBox, class BoundAll>
MATCHGO_INLINE void ScanBlock(const CrowdFacts& facts, const CrowdGroup& group, size_t b,
                              uint32_t lanes, std::vector<Survivor>* lists, const NearBox& near_box,
                              const BoundAll& bound_all) {
  const LaneBlock& block = group.blocks[b];
  const uint64_t* const required = group.required + (b - group.first_block) * group.words * kLanes;
  PeopleSet near;
  bool near_known = false;
  for (; lanes != 0; lanes &= lanes - 1) {
    const auto lane = static_cast<size_t>(std::countr_zero(lanes));
    const Row row = {block,
                     lane,
                     required + lane,
                     group.words,
                     static_cast<int32_t>(b * kLanes + lane),
                     group.floors == nullptr ? 0 : group.floors[b * kLanes + lane]};
    Words left = WordsOf(facts.hours[block.hours[lane]]);
    Meet(group.reachable.data(), row, left);
    if (Empty(left)) continue;
    if (!near_known) near = near_box(facts, BoxOf(block));
    near_known = true;
    left &= WordsOf(near) & WordsOf(facts.salary_floor.UpTo(block.salary[lane])) &
            WordsOf(facts.available.UpTo(block.latest_ready[lane]));
    if (Empty(left)) continue;
    PeopleSet complete;
    WordsOf(complete) = left & ~WordsOf(group.lacking);
    Meet(group.has.data(), row, WordsOf(complete));
    PeopleSet able = complete;
    AddLearners(group, row, left, WordsOf(able));
    if (Empty(WordsOf(able))) continue;
    bound_all(facts, group, row, able, complete, lists);
  }
}

MATCHGO_INLINE void BoundOne(const CrowdFacts& facts, const CrowdGroup& group, const Row& row,
                             size_t i, bool complete, std::vector<Survivor>* lists) {
  const auto of = [i](const ByPerson& values) { return static_cast<uint32_t>(values[i]); };
  const auto full = [](uint32_t part) { return static_cast<int32_t>(std::min(part, kFull)); };
  const LaneBlock& block = row.block;
  const int32_t x = block.origin_x + block.x[row.lane];
  const int32_t y = block.origin_y + block.y[row.lane];
  const uint32_t away = SquaredGap(facts.x[i], x, x) + SquaredGap(facts.y[i], y, y);
  if (away > of(facts.reach_squared)) return;
  if (!complete && group.soonest[i] > block.latest_ready[row.lane]) return;
  const size_t asked = block.required[row.lane];
  uint32_t held = asked == 0 ? 1 : 0;
  for (size_t w = 0; w < row.words; ++w) {
    held += static_cast<uint32_t>(
        std::popcount(row.required[w * kLanes] & group.masks[w][i % kBits].words()[i / kBits]));
  }
  const uint32_t fit = held * kFitUnit[std::min(asked, kFitUnits - 1)] >> 16U;
  const uint32_t shift = of(facts.travel) >> CrowdFacts::kShiftBit;
  const uint32_t left = ((of(facts.reach_squared) - away) >> shift) + (shift == 0 ? 0 : 1);
  const uint32_t travel = left * (of(facts.travel) & kUnitMask) >> 16U;
  const uint32_t unit = of(facts.salary_unit);
  const uint32_t paid = std::min<uint32_t>(block.salary[row.lane], of(facts.salary_now));
  const int32_t bound = group.rest[complete ? i : PeopleSet::kMost + i] +
                        group.weights[0] * full(fit) + group.weights[1] * full(travel) +
                        group.weights[2] * full(unit == 0 ? kFull : paid * unit >> 16U);
  if (bound < std::max(facts.threshold[i], row.floor)) return;
  lists[i].push_back({row.slot, bound});
}

MATCHGO_INLINE void BoundEach(const CrowdFacts& facts, const CrowdGroup& group, const Row& row,
                              const PeopleSet& people, const PeopleSet& complete,
                              std::vector<Survivor>* lists) {
  for (size_t w = 0; w < PeopleSet::kWords; ++w) {
    for (uint64_t bits = people.words()[w]; bits != 0; bits &= bits - 1) {
      const size_t i = w * kBits + static_cast<size_t>(std::countr_zero(bits));
      BoundOne(facts, group, row, i, complete.Has(i), lists);
    }
  }
}

void Survivors(const CrowdFacts& facts, const CrowdGroup& group, size_t block, uint32_t lanes,
               std::vector<Survivor>* lists) {
  ScanBlock(facts, group, block, lanes, lists, Near, BoundEach);
}

constexpr CrowdScan kPlain = {Near, Lower, Turn, Survivors};

#if defined(__x86_64__)

MATCHGO_AVX2 inline __m256i SquaredGapAvx2(const int32_t* at, int32_t low, int32_t high) {
  const __m256i here = _mm256_load_si256(reinterpret_cast<const __m256i*>(at));
  const __m256i beyond = _mm256_max_epi32(_mm256_sub_epi32(_mm256_set1_epi32(low), here),
                                          _mm256_sub_epi32(here, _mm256_set1_epi32(high)));
  const __m256i gap = _mm256_min_epi32(_mm256_max_epi32(beyond, _mm256_setzero_si256()),
                                       _mm256_set1_epi32(kLaneFar));
  return _mm256_mullo_epi32(gap, gap);
}

MATCHGO_AVX2 PeopleSet NearAvx2(const CrowdFacts& facts, const CrowdBox& box) {
  PeopleSet near;
  for (size_t i = 0; i < PeopleSet::kMost; i += 8) {
    const __m256i away = _mm256_add_epi32(SquaredGapAvx2(&facts.x[i], box.x_min, box.x_max),
                                          SquaredGapAvx2(&facts.y[i], box.y_min, box.y_max));
    const __m256i reach =
        _mm256_load_si256(reinterpret_cast<const __m256i*>(&facts.reach_squared[i]));
    const __m256i within = _mm256_cmpeq_epi32(_mm256_min_epu32(away, reach), away);
    const auto bits = static_cast<uint32_t>(_mm256_movemask_ps(_mm256_castsi256_ps(within)));
    near.words()[i / kBits] |= uint64_t{bits} << (i % kBits);
  }
  return near;
}

MATCHGO_AVX2 void LowerAvx2(ByPerson& into, const ByPerson& from) {
  for (size_t i = 0; i < into.size(); i += 8) {
    auto* const at = reinterpret_cast<__m256i*>(&into[i]);
    const __m256i other = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(&from[i]));
    _mm256_storeu_si256(at, _mm256_min_epi32(_mm256_loadu_si256(at), other));
  }
}

MATCHGO_AVX2 void TurnAvx2(SetsOf64& sets) { TurnAll(sets); }

MATCHGO_AVX2 void SurvivorsAvx2(const CrowdFacts& facts, const CrowdGroup& group, size_t b,
                                uint32_t lanes, std::vector<Survivor>* lists) {
  ScanBlock(facts, group, b, lanes, lists, NearAvx2, BoundEach);
}

MATCHGO_AVX512 inline __m512i Fill(uint32_t value) {
  return _mm512_set1_epi32(static_cast<int32_t>(value));
}
MATCHGO_AVX512 inline __m512i Fill(int32_t value) { return _mm512_set1_epi32(value); }

MATCHGO_AVX512 inline __m512i SquaredGapAvx512(__m512i here, int32_t low, int32_t high) {
  const __m512i beyond =
      _mm512_max_epi32(_mm512_sub_epi32(Fill(low), here), _mm512_sub_epi32(here, Fill(high)));
  const __m512i gap =
      _mm512_min_epi32(_mm512_max_epi32(beyond, _mm512_setzero_si512()), Fill(kLaneFar));
  return _mm512_mullo_epi32(gap, gap);
}

MATCHGO_AVX512 PeopleSet NearAvx512(const CrowdFacts& facts, const CrowdBox& box) {
  PeopleSet near;
  for (size_t i = 0; i < PeopleSet::kMost; i += kLanes) {
    const __m512i away =
        _mm512_add_epi32(SquaredGapAvx512(_mm512_load_si512(&facts.x[i]), box.x_min, box.x_max),
                         SquaredGapAvx512(_mm512_load_si512(&facts.y[i]), box.y_min, box.y_max));
    const uint64_t bits = _mm512_cmple_epu32_mask(away, _mm512_load_si512(&facts.reach_squared[i]));
    near.words()[i / kBits] |= bits << (i % kBits);
  }
  return near;
}

MATCHGO_AVX512 void LowerAvx512(ByPerson& into, const ByPerson& from) {
  for (size_t i = 0; i < into.size(); i += kLanes) {
    const __m512i other = _mm512_loadu_si512(&from[i]);
    _mm512_storeu_si512(&into[i], _mm512_min_epi32(_mm512_loadu_si512(&into[i]), other));
  }
}

MATCHGO_AVX512 void TurnAvx512(SetsOf64& sets) { TurnAll(sets); }

// Of sixteen people.
MATCHGO_AVX512 inline __m512i Of(const int32_t* values, __m512i who) {
  return _mm512_i32gather_epi32(who, values, 4);
}
MATCHGO_AVX512 inline __m512i Of(const ByPerson& values, __m512i who) {
  return Of(values.data(), who);
}

// How many of the required skills they have.
MATCHGO_AVX512 inline __m512i HeldBy(const CrowdGroup& group, const Row& row, __m512i who) {
  const __m512i at = _mm512_or_si512(_mm512_slli_epi32(_mm512_and_si512(who, Fill(63)), 3),
                                     _mm512_srli_epi32(who, 6));
  const __m256i low = _mm512_castsi512_si256(at);
  const __m256i high = _mm512_extracti64x4_epi64(at, 1);
  __m512i in_low = _mm512_setzero_si512();
  __m512i in_high = _mm512_setzero_si512();
  for (size_t w = 0; w < row.words; ++w) {
    const __m512i required = _mm512_set1_epi64(static_cast<int64_t>(row.required[w * kLanes]));
    const void* const masks = group.masks[w].data();
    const __m512i low_has = _mm512_i32gather_epi64(low, masks, 8);
    const __m512i high_has = _mm512_i32gather_epi64(high, masks, 8);
    in_low = _mm512_add_epi64(in_low, _mm512_popcnt_epi64(_mm512_and_si512(required, low_has)));
    in_high = _mm512_add_epi64(in_high, _mm512_popcnt_epi64(_mm512_and_si512(required, high_has)));
  }
  return _mm512_inserti64x4(_mm512_castsi256_si512(_mm512_cvtepi64_epi32(in_low)),
                            _mm512_cvtepi64_epi32(in_high), 1);
}

MATCHGO_AVX512 inline __m512i Part(int32_t weight, __m512i part) {
  return _mm512_mullo_epi32(Fill(weight), _mm512_min_epu32(part, Fill(kFull)));
}

// Of the people of a row those to whom it is not too far; how many.
MATCHGO_AVX512 inline size_t WithinReach(const CrowdFacts& facts, const Row& row,
                                         const PeopleSet& people, int32_t* who, int32_t* away) {
  const int32_t x = row.block.origin_x + row.block.x[row.lane];
  const int32_t y = row.block.origin_y + row.block.y[row.lane];
  size_t listed = 0;
  for (size_t w = 0; w < PeopleSet::kWords; ++w) {
    for (uint64_t bits = people.words()[w]; bits != 0; bits &= bits - 1) {
      who[listed++] = static_cast<int32_t>(w * kBits) + std::countr_zero(bits);
    }
  }
  size_t found = 0;
  for (size_t done = 0; done < listed; done += kLanes) {
    const auto all =
        static_cast<__mmask16>(listed - done >= kLanes ? 0xffffU : (1U << (listed - done)) - 1);
    const __m512i them = _mm512_maskz_loadu_epi32(all, who + done);
    const __m512i distance = _mm512_add_epi32(SquaredGapAvx512(Of(facts.x, them), x, x),
                                              SquaredGapAvx512(Of(facts.y, them), y, y));
    const __mmask16 near =
        _mm512_mask_cmple_epu32_mask(all, distance, Of(facts.reach_squared, them));
    _mm512_mask_compressstoreu_epi32(who + found, near, them);
    _mm512_mask_compressstoreu_epi32(away + found, near, distance);
    found += static_cast<size_t>(std::popcount(static_cast<uint32_t>(near)));
  }
  return found;
}

MATCHGO_AVX512 inline void BoundAvx512(const CrowdFacts& facts, const CrowdGroup& group,
                                       const Row& row, const PeopleSet& people,
                                       const PeopleSet& complete, std::vector<Survivor>* lists) {
  alignas(64) std::array<int32_t, PeopleSet::kMost> who;
  alignas(64) std::array<int32_t, PeopleSet::kMost> away;
  alignas(64) std::array<int32_t, kLanes> bounds;
  const size_t count = WithinReach(facts, row, people, who.data(), away.data());
  const size_t asked = row.block.required[row.lane];
  const __m512i salary = Fill(uint32_t{row.block.salary[row.lane]});
  const __m512i fit_unit = Fill(kFitUnit[std::min(asked, kFitUnits - 1)]);
  const __m512i latest = Fill(int32_t{row.block.latest_ready[row.lane]});
  const __m512i whole = _mm512_load_si512(&complete);
  for (size_t done = 0; done < count; done += kLanes) {
    const auto all =
        static_cast<__mmask16>(count - done >= kLanes ? 0xffffU : (1U << (count - done)) - 1);
    const __m512i them = _mm512_maskz_loadu_epi32(all, &who[done]);
    const __m512i distance = _mm512_load_si512(&away[done]);
    const __m512i words = _mm512_permutexvar_epi32(_mm512_srli_epi32(them, 5), whole);
    const __mmask16 lacking = _mm512_testn_epi32_mask(
        words, _mm512_sllv_epi32(Fill(1), _mm512_and_si512(them, Fill(31))));
    const __m512i held = asked == 0 ? Fill(1) : HeldBy(group, row, them);
    const __m512i travel = Of(facts.travel, them);
    const __m512i shift = _mm512_srli_epi32(travel, CrowdFacts::kShiftBit);
    __m512i left =
        _mm512_srlv_epi32(_mm512_sub_epi32(Of(facts.reach_squared, them), distance), shift);
    left = _mm512_mask_add_epi32(left, _mm512_test_epi32_mask(shift, shift), left, Fill(1));
    const __m512i unit = Of(facts.salary_unit, them);
    __m512i paid = _mm512_mullo_epi32(_mm512_min_epu32(salary, Of(facts.salary_now, them)), unit);
    paid = _mm512_mask_mov_epi32(_mm512_srli_epi32(paid, 16), _mm512_testn_epi32_mask(unit, unit),
                                 Fill(kFull));
    const __m512i near = _mm512_mullo_epi32(left, _mm512_and_si512(travel, Fill(kUnitMask)));
    const __m512i at = _mm512_mask_add_epi32(them, lacking, them, Fill(uint32_t{PeopleSet::kMost}));
    __m512i bound = Of(group.rest.data(), at);
    bound = _mm512_add_epi32(
        bound, Part(group.weights[0], _mm512_srli_epi32(_mm512_mullo_epi32(held, fit_unit), 16)));
    bound = _mm512_add_epi32(bound, Part(group.weights[1], _mm512_srli_epi32(near, 16)));
    bound = _mm512_add_epi32(bound, Part(group.weights[2], paid));
    const __m512i least = _mm512_max_epi32(Of(facts.threshold, them), Fill(row.floor));
    __mmask16 alive = _mm512_mask_cmpge_epi32_mask(all, bound, least);
    const __mmask16 late = _mm512_mask_cmpgt_epi32_mask(lacking, Of(group.soonest, them), latest);
    alive = static_cast<__mmask16>(alive & ~late);
    _mm512_store_si512(bounds.data(), bound);
    for (uint32_t bits = alive; bits != 0; bits &= bits - 1) {
      const auto i = static_cast<size_t>(std::countr_zero(bits));
      lists[who[done + i]].push_back({row.slot, bounds[i]});
    }
  }
}

MATCHGO_AVX512 void SurvivorsAvx512(const CrowdFacts& facts, const CrowdGroup& group, size_t b,
                                    uint32_t lanes, std::vector<Survivor>* lists) {
  ScanBlock(facts, group, b, lanes, lists, NearAvx512, BoundAvx512);
}

constexpr CrowdScan kAvx2 = {NearAvx2, LowerAvx2, TurnAvx2, SurvivorsAvx2};
constexpr CrowdScan kAvx512 = {NearAvx512, LowerAvx512, TurnAvx512, SurvivorsAvx512};
#else
constexpr const CrowdScan& kAvx2 = kPlain;
constexpr const CrowdScan& kAvx512 = kPlain;
#endif

}  // namespace

void CrowdFacts::Set(size_t who, const LanePerson& person, int32_t least) {
  CHECK(person.travel_unit <= kUnitMask);
  const auto as = [](uint32_t value) { return static_cast<int32_t>(value); };
  x[who] = person.x;
  y[who] = person.y;
  reach_squared[who] = as(person.reach_squared);
  travel[who] = as(person.travel_unit | person.travel_shift << kShiftBit);
  salary_now[who] = as(person.salary_now);
  salary_unit[who] = as(person.salary_unit);
  threshold[who] = least;
}

const CrowdScan& CrowdScanOf(SimdLevel level) {
  CHECK(level <= BestSimdLevel());
  return level == SimdLevel::kAvx512 ? kAvx512 : level == SimdLevel::kAvx2 ? kAvx2 : kPlain;
}

}  // namespace matchgo::scheduler::engine
