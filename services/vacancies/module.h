// The vacancies service as a module: opens its store and wires its rooms.
//
// Nothing else of this service is known outside. Test:
// tests/unit/services/vacancies/vacancy_service_test.cc
#pragma once

#include <memory>

#include "common/base/status.h"
#include "common/service/environment.h"
#include "common/service/module.h"

namespace matchgo::vacancies {

StatusOr<std::unique_ptr<Module>> MakeVacanciesModule(Environment& environment);

}  // namespace matchgo::vacancies
