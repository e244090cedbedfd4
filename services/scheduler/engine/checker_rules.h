// The checker's own list of all feasible contracts, with its own rules, scores and lottery.
//
// Written from the format alone and kept plain; shares nothing with feasibility.h, score.h or
// candidate_search.h. Pure. Test: tests/property/engine_checker_property_test.cc
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "services/scheduler/engine/market.h"
#include "services/scheduler/engine/score.h"

namespace matchgo::scheduler::engine {

struct CheckedContract {
  Contract contract;
  int64_t score = 0;
  int64_t ready = 0;
  uint64_t modules = 0;
  // How each party ranks it; smaller is better. In a market with ranks those, for `score` the
  // place, for `priority` the turn.
  int64_t rank_s = 0;
  int64_t rank_v = 0;
  int64_t rank_p = 0;
};

// In the order of the mechanism ("score", "priority") or by contract ("nested").
std::vector<CheckedContract> CheckedContracts(const Market& market, const Weights& weights,
                                              const std::string& mechanism);

}  // namespace matchgo::scheduler::engine
