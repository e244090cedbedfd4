// ServiceMain: runs a Process on the machine's clock until SIGTERM or SIGINT.
//
// Signals are blocked in every thread and awaited here, so no handler runs any code. Call from main
// only, before other threads exist. Test: tests/unit/common/service/process_test.cc covers Process.
#pragma once

#include <functional>
#include <vector>

#include "common/base/status.h"
#include "common/service/process.h"

namespace matchgo {

// `started` is called once when everything serves, e.g. to print the addresses.
Status ServiceMain(ProcessOptions options, const std::vector<ModuleFactory>& factories,
                   const std::function<void(Process&)>& started = {});

}  // namespace matchgo
