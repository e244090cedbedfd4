// CrowdSearch: what CandidateSearch finds, for up to 512 people at once.
//
// Everybody's vacancies are sieved and bounded together (crowd.h); what is left of each person is
// worked out exactly, best bound first, by PersonSearch. One per lane, not thread-safe. Test:
// tests/property/engine_search_property_test.cc
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "services/scheduler/engine/admission.h"
#include "services/scheduler/engine/candidate_index.h"
#include "services/scheduler/engine/candidate_search.h"
#include "services/scheduler/engine/crowd.h"
#include "services/scheduler/engine/crowd_scan.h"
#include "services/scheduler/engine/lane_scan.h"
#include "services/scheduler/engine/person_search.h"

namespace matchgo::scheduler::engine {

// Vacancies that ask who may want them.
struct CrowdAsks {
  std::vector<int32_t> slots;  // of the vacancies in the index, ascending
  // By slot of the index: whoever wants only what scores more need not be named, nor anybody for
  // what scores less.
  std::vector<int32_t> most;
  std::vector<int32_t> floors;
};

class CrowdSearch {
 public:
  static constexpr size_t kMost = Crowd::kMost;

  // The index must outlive this. REQUIRES: !index.market().bare.
  explicit CrowdSearch(const CandidateIndex& index, SimdLevel level = BestSimdLevel());

  // found[i] has what CandidateSearch::Best finds for queries[i]. REQUIRES: 1 to kMost queries, of
  // the same admission, without prices and kinds.
  void Best(std::span<const Query> queries, std::span<Found> found);

  // Adds to `answers` whoever of the switchers may want one of the vacancies, as their doors say.
  // REQUIRES: 1 to kMost switchers.
  void Ask(std::span<const int32_t> switchers, const Admission& admission, const CrowdAsks& asks,
           std::vector<BoundedSwitcher>& answers);

 private:
  void LookAtGroup(const VacancyGroup& group, const int32_t* floors);
  // Those of the slots of one block that somebody may reach, a bit each.
  uint32_t LanesInReach(std::span<const int32_t> slots) const;

  const CandidateIndex& index_;
  const VacancyGroups& groups_;
  const CrowdScan& scan_;
  PersonSearch persons_;
  Crowd crowd_;
  std::vector<int32_t> thresholds_;
  std::array<std::vector<Survivor>, kMost> found_;  // of each person
};

}  // namespace matchgo::scheduler::engine
