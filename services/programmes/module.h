// The programmes service as a module of a process: opens its store and wires the rooms.
//
// Knows no other service but the scheduler, which it asks to release seats. Thread rule: see
// common/service/module.h. Test: tests/unit/services/programmes/programme_service_test.cc
#pragma once

#include <memory>

#include "common/base/status.h"
#include "common/service/environment.h"
#include "common/service/module.h"

namespace matchgo::programmes {

StatusOr<std::unique_ptr<Module>> MakeProgrammesModule(Environment& environment);

}  // namespace matchgo::programmes
