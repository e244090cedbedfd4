// The profiles service as a module: opens its store and its keys, and wires its rooms.
//
// Nothing else of this service is known outside. Test:
// tests/unit/services/profiles/profile_service_test.cc
#pragma once

#include <memory>

#include "common/base/status.h"
#include "common/service/environment.h"
#include "common/service/module.h"

namespace matchgo::profiles {

StatusOr<std::unique_ptr<Module>> MakeProfilesModule(Environment& environment);

}  // namespace matchgo::profiles
