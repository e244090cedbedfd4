// Readiness: what evidence a stage asks for.
//
// STARTBEKWAAM is shown by a microcredential or a report of a practical assessment, GEDIPLOMEERD by
// the diploma of its issuer; the other stages ask for none. Pure.
// Test: tests/unit/services/trajectories/pipeline_test.cc
#pragma once

#include <vector>

#include "common/base/status.h"
#include "common/kernel/day.h"
#include "services/trajectories/domain/trajectory.h"

namespace matchgo::trajectories::domain {

// EVIDENCE_REQUIRED, with the fact `wanted`. Evidence issued after the day itself shows nothing.
Status CheckEvidence(Stage stage, const std::vector<Evidence>& evidence, Day on);

}  // namespace matchgo::trajectories::domain
