// PlanOf: the learn-work plan of a feasible contract as people read it, with days for numbers.
//
// For somebody in the market or with a profile of her own. Pure. Test:
// tests/unit/services/scheduler/suggest_test.cc, offers_test.cc
#pragma once

#include "services/scheduler/domain/market_records.h"
#include "services/scheduler/domain/offer.h"
#include "services/scheduler/engine/person.h"
#include "services/scheduler/engine/place.h"

namespace matchgo::scheduler::domain {

Plan PlanOf(const engine::Market& market, const engine::Person& person,
            const engine::FeasibleContract& feasible);

// A job may begin later than somebody could; the market has no line for that, a plan has.
// REQUIRES: the plan of a direct placement.
void WaitForTheFirstDay(const VacancyRecord& vacancy, Plan* plan);

}  // namespace matchgo::scheduler::domain
