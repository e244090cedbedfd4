// The services by name, in the order in which one process starts them.
//
// The only place where the program knows which services there are. Constants.
// Test: tests/unit/services/matchgo/commands/commands_test.cc
#pragma once

#include <string>
#include <vector>

#include "common/service/module.h"

namespace matchgo {

struct ServiceRole {
  const char* name;
  const char* owns_nl;
  const char* owns_en;
  ModuleFactory factory;
};

// profiles, vacancies, programmes, scheduler, trajectories.
const std::vector<ServiceRole>& ServiceRoles();

// Of all services.
std::vector<ModuleFactory> AllFactories();

}  // namespace matchgo
