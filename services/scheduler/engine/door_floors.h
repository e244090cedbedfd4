// DoorFloors: the floors of doors (admission.h) in the order in which blocks and syllabi are read.
//
// Neighbours in the plane stand far apart among the doors themselves. Made once for an outcome;
// immutable, safe to share. Test: tests/property/engine_counterfactual_property_test.cc
#pragma once

#include <cstdint>
#include <vector>

#include "services/scheduler/engine/admission.h"
#include "services/scheduler/engine/candidate_index.h"

namespace matchgo::scheduler::engine {

struct DoorFloors {
  DoorFloors(const CandidateIndex& index, const Admission& doors);

  std::vector<int32_t> vacancies;  // by slot; kShutFloor in a lane without a vacancy
  std::vector<int32_t> starts;     // by slot of syllabi.starts
};

}  // namespace matchgo::scheduler::engine
