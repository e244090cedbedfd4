// CandidateSearch: the best feasible contracts of one party, best first, exactly.
//
// What it returns is what sorting all feasible contracts would return, ties included; no list
// length, lane or machine shows in it. A search holds scratch memory: one per lane, not
// thread-safe; the index may be shared. Test: tests/property/engine_search_property_test.cc
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "services/scheduler/engine/admission.h"
#include "services/scheduler/engine/candidate_index.h"
#include "services/scheduler/engine/lane_scan.h"
#include "services/scheduler/engine/person.h"
#include "services/scheduler/engine/person_search.h"
#include "services/scheduler/engine/place.h"
#include "services/scheduler/engine/price_tags.h"

namespace matchgo::scheduler::engine {

// Contracts of one person: those strictly between `below` and `above` that `admission` admits and
// that are not declined.
struct Query {
  Person person = {};
  int limit = 24;                           // at most so many, at least 1
  std::optional<Place> below = {};          // only what is strictly worse: resume after this
  std::optional<Place> above = {};          // only what is strictly better: her own holding
  const Admission* admission = nullptr;     // null: everything feasible
  std::span<const Contract> declined = {};  // sorted; those of other switchers do not matter
  // Scores are then what is left of them above the prices of the seats. The highest are found, but
  // of equal ones not always those with the best places. REQUIRES: not a bare market; no `below`,
  // and of `above` only the score matters: EdgeAbove(score).
  const PriceTags* prices = nullptr;
  // The kind of each occupation of the market: of each kind only the best contract counts, so
  // `limit` counts kinds. Empty: every contract counts. Not in a bare market.
  std::span<const int32_t> kinds = {};
};

// Contracts of one vacancy, of one start, or of both together, with switchers of the market.
struct PartyQuery {
  int32_t vacancy = kNone;  // kNone: any
  int32_t start = kNone;    // kNone: any and none
  int limit = 24;
  std::optional<Place> below = {};
  std::optional<Place> above = {};
  // Asks the switcher (SwitcherWants) and the parties that the query does not name.
  const Admission* admission = nullptr;
  std::span<const Contract> declined = {};
};

// Somebody who may want a vacancy, and what she scores at most.
struct BoundedSwitcher {
  int32_t slot = 0;  // of the vacancy in the index
  int32_t bound = 0;
  int32_t switcher = 0;
};

struct Found {
  std::vector<FeasibleContract> best;  // best first: exactly the best `limit` that qualify
  bool more = false;                   // whether something that qualifies may lie below the last
  bool any = false;  // some contract was seen, whether it qualifies or not; if not, none may exist
};

class CandidateSearch {
 public:
  // Results do not depend on the level. REQUIRES: level <= BestSimdLevel().
  explicit CandidateSearch(const CandidateIndex& index, SimdLevel level = BestSimdLevel());
  ~CandidateSearch();
  CandidateSearch(const CandidateSearch&) = delete;
  CandidateSearch& operator=(const CandidateSearch&) = delete;

  Found Best(const Query& query);
  // REQUIRES: the query names a vacancy or a start.
  Found BestFor(const PartyQuery& query);
  // The same where only these switchers can have it, and with no more than their bounds, highest
  // first. REQUIRES: the query names a vacancy; not in a bare market.
  Found BestAmong(const PartyQuery& query, std::span<const BoundedSwitcher> people);
  // Of the last Best. REQUIRES: not a bare market.
  const SearchCounts& counts() const;

 private:
  template <class Matches>
  Found BestGiven(std::span<const int32_t> given, int limit, const SearchTerms& terms,
                  const Matches& matches);
  Focus FocusOf(const PartyQuery& query) const;
  void VisitForVacancy(const PartyQuery& query);
  void VisitForStart(const PartyQuery& query);
  void VisitSwitcher(const PartyQuery& query, int32_t switcher, int32_t bound);

  const CandidateIndex& index_;
  std::unique_ptr<PersonSearch> persons_;             // null: a bare market
  std::vector<std::pair<int32_t, int32_t>> bounded_;  // what switchers score at most, and they
};

}  // namespace matchgo::scheduler::engine
