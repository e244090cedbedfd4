// FindBound: what no outcome can exceed, in total score and in people placed.
//
// Holds against every feasible contract of the three sides, frozen ones kept and declined ones left
// out; minima of starts are ignored, which only makes it higher. It is the dual of the linear
// relaxation at prices that are searched for (README.md): any prices give a valid bound. Pure; the
// same on any number of lanes. Test: tests/property/engine_bound_property_test.cc
#pragma once

#include <cstdint>

#include "services/scheduler/engine/candidate_index.h"
#include "services/scheduler/engine/clear_observer.h"
#include "services/scheduler/engine/market.h"
#include "services/scheduler/engine/parallel.h"

namespace matchgo::scheduler::engine {

struct Bound {
  int64_t total_score = 0;
  int64_t placed = 0;

  friend bool operator==(const Bound&, const Bound&) = default;
};

// More of each makes the bound lower and takes longer; any values give a valid one.
struct BoundOptions {
  int first = 16;   // contracts of everybody that prices are tried on at first, at least 1
  int further = 8;  // and for whom they did not suffice, after each pass, at least 1
  int passes = 3;   // exact answers to prices, at least 1
  int sweeps = 48;  // adjustments of prices at each step of their fineness
};

// REQUIRES: the commitments are valid (Validate in clearing.h).
Bound FindBound(const CandidateIndex& index, const Commitments& commitments,
                const BoundOptions& options, Parallel& parallel,
                const ClearObserver& observer = {});

}  // namespace matchgo::scheduler::engine
