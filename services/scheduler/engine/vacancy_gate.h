// VacancyGate: a quick look at switchers' rows from the side of one vacancy.
//
// Keeps everybody who may take the vacancy and never bounds her score too low; the exact answer is
// PersonSearch's. Immutable, safe to share. Test: tests/property/engine_search_property_test.cc
#pragma once

#include <cstdint>
#include <vector>

#include "services/scheduler/engine/candidate_index.h"
#include "services/scheduler/engine/switcher_rows.h"

namespace matchgo::scheduler::engine {

class VacancyGate {
 public:
  VacancyGate(const CandidateIndex& index, int32_t vacancy);

  // Which rows of a box may have all the required skills that nobody teaches.
  uint64_t MayQualify(size_t box) const;
  // The rules that a row can tell.
  bool MayTake(const SwitcherRow& row) const;
  // She scores no more with it, whatever she wishes.
  int32_t BoundOf(size_t row) const;
  // By so much less than that, because of what she wishes. Looks at more than the row.
  int32_t Unwished(int32_t switcher) const;

 private:
  const Market& market_;
  const SwitcherRows& rows_;
  const Vacancy& vacancy_;
  const Weights& weights_;
  std::vector<size_t> required_;  // the columns of all required skills
  std::vector<size_t> untaught_;
  int64_t soonest_;  // begin of the first start that leads here
};

}  // namespace matchgo::scheduler::engine
