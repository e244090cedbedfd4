// The lane scans in x86 vector instructions; elsewhere they cannot run and are the plain ones.
//
// Only lane_scan.cc includes this. Each function may be called only where its CanRun says so.
// Pure. Test: tests/unit/services/scheduler/engine/lane_scan_test.cc
#pragma once

#include "services/scheduler/engine/lane_scan.h"

namespace matchgo::scheduler::engine {

bool CanRunAvx2();
bool CanRunAvx512();
extern const LaneScan kAvx2Scan;
extern const LaneScan kAvx512Scan;

}  // namespace matchgo::scheduler::engine
