// CrowdSearches: searches for many at once, as crowds of neighbours on the lanes of a Parallel.
//
// Finds exactly what CandidateSearch would find one by one; worth it from some hundreds on. Makes
// what it needs for a lane when it is first used. Not thread-safe. Test:
// tests/property/engine_search_property_test.cc
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "services/scheduler/engine/candidate_index.h"
#include "services/scheduler/engine/candidate_search.h"
#include "services/scheduler/engine/crowd_search.h"
#include "services/scheduler/engine/parallel.h"

namespace matchgo::scheduler::engine {

class CrowdSearches {
 public:
  // Both must outlive this. Of `batch` people the answers to vacancies are kept at a time; what is
  // found does not depend on it.
  CrowdSearches(const CandidateIndex& index, Parallel& parallel, SimdLevel level = BestSimdLevel(),
                size_t batch = 32 * CrowdSearch::kMost);

  // found[i] has what CandidateSearch::Best finds for queries[i]. Quick where neighbours stand
  // together. REQUIRES: not a bare market; all of the same admission, without prices and kinds.
  void Search(std::span<const Query> queries, std::span<Found> found);
  // found[i].best is what CandidateSearch::BestFor finds for queries[i]; `more` may say that there
  // is more where there is not. REQUIRES: not a bare market; different vacancies, all of the same
  // admission.
  void Ask(std::span<const PartyQuery> queries, std::span<Found> found);

 private:
  struct Lane {
    Lane(const CandidateIndex& index, SimdLevel level) : crowd(index, level), single(index) {}

    CrowdSearch crowd;
    CandidateSearch single;
    std::vector<BoundedSwitcher> answers;
  };

  Lane& LaneOf(int lane);
  // Calls use(lane, members) for crowds of the numbers 0 .. count - 1.
  void ForCrowds(size_t count, const std::function<int32_t(size_t)>& max_dist_of,
                 const std::function<void(Lane&, std::span<const size_t>)>& use);
  std::vector<int32_t> Asked(const Admission& admission, int32_t most) const;
  void TakeIn(CandidateSearch& search, PartyQuery query, std::span<const BoundedSwitcher> people,
              Found& found);
  std::vector<BoundedSwitcher> AnswersOf(std::span<const int32_t> people,
                                         const Admission& admission, const CrowdAsks& asks);

  const CandidateIndex& index_;
  Parallel& parallel_;
  const SimdLevel level_;
  const size_t batch_;
  std::vector<std::unique_ptr<Lane>> lanes_;
};

}  // namespace matchgo::scheduler::engine
