// The scheduler as a process hosts it: store, keys, feeds, runner and RPCs wired together.
//
// Files: scheduler.db and the folder scheduler-keys (keys of people, left out of backups). Test:
// tests/unit/services/scheduler/service_test.cc
#pragma once

#include <memory>

#include "common/base/status.h"
#include "common/service/environment.h"
#include "common/service/module.h"

namespace matchgo::scheduler {

StatusOr<std::unique_ptr<Module>> MakeSchedulerModule(Environment& environment);

}  // namespace matchgo::scheduler
