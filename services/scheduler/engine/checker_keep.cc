#include "services/scheduler/engine/checker_keep.h"

#include <bit>

#if defined(__x86_64__)
#include <immintrin.h>

// g++ 12 takes the undefined parts of its own vector types for a mistake of ours.
#pragma GCC diagnostic ignored "-Wuninitialized"
#endif

namespace matchgo::scheduler::engine {
namespace {

constexpr size_t kWordBits = 64;
// Sets that are met before it is looked whether anybody is left.
constexpr int kSetsAtOnce = 4;

void KeepPlainly(const PeopleSet* sets, const uint64_t* bits, size_t words, PeopleSet& people) {
  for (size_t word = 0; word < words; ++word) {
    const PeopleSet* const of = sets + word * kWordBits;
    uint64_t left = bits[word];
    while (left != 0) {
      for (int i = 0; i < kSetsAtOnce && left != 0; ++i, left &= left - 1) {
        people &= of[std::countr_zero(left)];
      }
      if (people.Empty()) return;
    }
  }
}

#if defined(__x86_64__)

static_assert(PeopleSet::kMost == 512);

[[gnu::target("avx2,bmi")]] void KeepWithAvx2(const PeopleSet* sets, const uint64_t* bits,
                                              size_t words, PeopleSet& people) {
  auto* const halves = reinterpret_cast<__m256i*>(people.words().data());
  __m256i low = _mm256_load_si256(halves);
  __m256i high = _mm256_load_si256(halves + 1);
  for (size_t word = 0; word < words; ++word) {
    const PeopleSet* const of = sets + word * kWordBits;
    for (uint64_t left = bits[word]; left != 0; left &= left - 1) {
      const auto* const set =
          reinterpret_cast<const __m256i*>(of[std::countr_zero(left)].words().data());
      low = _mm256_and_si256(low, _mm256_load_si256(set));
      high = _mm256_and_si256(high, _mm256_load_si256(set + 1));
    }
  }
  _mm256_store_si256(halves, low);
  _mm256_store_si256(halves + 1, high);
}

[[gnu::target("avx512f,bmi")]] void KeepWithAvx512(const PeopleSet* sets, const uint64_t* bits,
                                                   size_t words, PeopleSet& people) {
  __m512i kept = _mm512_load_si512(people.words().data());
  for (size_t word = 0; word < words; ++word) {
    const PeopleSet* const of = sets + word * kWordBits;
    for (uint64_t left = bits[word]; left != 0; left &= left - 1) {
      kept = _mm512_and_si512(kept, _mm512_load_si512(of[std::countr_zero(left)].words().data()));
    }
  }
  _mm512_store_si512(people.words().data(), kept);
}

#endif

}  // namespace

std::vector<CheckedKeep> CheckedKeeps() {
  std::vector<CheckedKeep> keeps = {KeepPlainly};
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi")) {
    keeps.push_back(KeepWithAvx2);
    if (__builtin_cpu_supports("avx512f")) keeps.push_back(KeepWithAvx512);
  }
#endif
  return keeps;
}

}  // namespace matchgo::scheduler::engine
