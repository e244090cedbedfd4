// PriceTags: what a seat costs at every vacancy and start, arranged for searches.
//
// A search with prices looks for the contracts that leave most of their score above them. Prices
// are never negative, so the bounds of the search stay bounds. Immutable, safe to share; the
// floors say what the cheapest of a block or a syllabus costs. Test:
// tests/property/engine_bound_property_test.cc
#pragma once

#include <cstdint>
#include <vector>

#include "services/scheduler/engine/candidate_index.h"

namespace matchgo::scheduler::engine {

// More than anything scores: nobody pays it.
inline constexpr int32_t kPriceMax = 1'000'001;

// Per vacancy and per start; 0 .. kPriceMax.
struct Prices {
  std::vector<int32_t> vacancies;
  std::vector<int32_t> starts;
};

class PriceTags {
 public:
  // `bonus` is added to every score. The prices must outlive this.
  // REQUIRES: !index.market().bare; 0 <= bonus, and no score with it exceeds 1 000 000.
  PriceTags(const CandidateIndex& index, const Prices& prices, int32_t bonus);

  int32_t bonus() const { return bonus_; }
  int32_t OfVacancy(int32_t v) const { return prices_.vacancies[static_cast<size_t>(v)]; }
  int32_t OfStart(int32_t p) const { return prices_.starts[static_cast<size_t>(p)]; }
  int32_t FloorOfBlock(int32_t block) const { return blocks_[static_cast<size_t>(block)]; }
  int32_t FloorOfSyllabus(int32_t syllabus) const {
    return syllabi_[static_cast<size_t>(syllabus)];
  }

 private:
  const Prices& prices_;
  int32_t bonus_;
  std::vector<int32_t> blocks_;
  std::vector<int32_t> syllabi_;
};

}  // namespace matchgo::scheduler::engine
