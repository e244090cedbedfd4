// CandidateIndex: a market arranged for finding the best contracts without listing them all.
//
// Built once per market and weights, immutable afterwards, so safe to share between threads; the
// market must outlive it. It decides nothing: CandidateSearch (candidate_search.h) does. Test:
// tests/property/engine_search_property_test.cc
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "common/base/status.h"
#include "services/scheduler/engine/market.h"
#include "services/scheduler/engine/place.h"
#include "services/scheduler/engine/score.h"
#include "services/scheduler/engine/switcher_rows.h"
#include "services/scheduler/engine/vacancy_groups.h"

namespace matchgo::scheduler::engine {

class CandidateIndex {
 public:
  // REQUIRES: the weights are valid, or kNoWeights.
  CandidateIndex(const Market& market, const Weights& weights);

  const Market& market() const { return market_; }
  const Weights& weights() const { return weights_; }
  // What the index takes beside the market; starts count with the vacancies.
  size_t bytes_for_vacancies() const;
  size_t bytes_for_switchers() const { return switchers_.bytes(); }
  uint64_t KeyOf(uint64_t switcher_hash, int32_t vacancy, int32_t start) const;

  // Empty in a bare market.
  const VacancyGroups& groups() const { return groups_; }
  const SwitcherRows& switchers() const { return switchers_; }

  // A bare market: the given contracts of a party in place order, best first.
  std::span<const FeasibleContract> given() const { return given_; }
  std::span<const int32_t> GivenToSwitcher(int32_t s) const { return given_to_switcher_[s]; }
  std::span<const int32_t> GivenToVacancy(int32_t v) const { return given_to_vacancy_[v]; }
  std::span<const int32_t> GivenToStart(int32_t p) const { return given_to_start_[p]; }

 private:
  void ArrangeGiven();

  const Market& market_;
  Weights weights_;
  std::vector<uint64_t> vacancy_hashes_;
  std::vector<uint64_t> start_hashes_;
  uint64_t direct_hash_;
  VacancyGroups groups_;
  SwitcherRows switchers_;
  std::vector<FeasibleContract> given_;
  Lists<int32_t> given_to_switcher_;
  Lists<int32_t> given_to_vacancy_;
  Lists<int32_t> given_to_start_;
};

}  // namespace matchgo::scheduler::engine
