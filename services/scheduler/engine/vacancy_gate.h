// VacancyGate: a quick look at a switcher's row from the side of one vacancy.
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

  // The rules that a row can tell, and the skills that nobody teaches.
  bool MayTake(const SwitcherRow& row) const;
  // Whether she may have all the required skills.
  bool MayBeComplete(const SwitcherRow& row) const { return row.skills.Covers(all_); }
  // She scores no more with it.
  int32_t BoundOf(const SwitcherRow& row) const;

 private:
  const Vacancy& vacancy_;
  const Weights& weights_;
  std::vector<SkillDigest> required_;  // one for each
  SkillDigest all_;
  SkillDigest untaught_;
  int64_t soonest_;  // begin of the first start that leads here
};

}  // namespace matchgo::scheduler::engine
