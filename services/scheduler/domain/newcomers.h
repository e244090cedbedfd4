// Newcomers: who and what came after a market was frozen, as the lines that market would have had
// for them, and the lines of others that change because of them.
//
// With them the frozen text becomes the text that a freeze of all together would have given, but
// for starts: those that are new wait for the next round. Nothing that others could agree on
// before changes by it. Pure. Test: tests/unit/services/scheduler/newcomers_test.cc,
// tests/property/newcomers_property_test.cc
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "services/scheduler/domain/projection.h"
#include "services/scheduler/engine/market.h"

namespace matchgo::scheduler::domain {

struct Arrivals {
  std::vector<SwitcherRecord> switchers;
  std::vector<VacancyRecord> vacancies;

  bool empty() const { return switchers.empty() && vacancies.empty(); }
};

struct Joining {
  std::string lines;            // new ones, and those that replace one of the same kind and id
  std::vector<SeatPlan> seats;  // of the new vacancies, by resource
};

// `market` is that of `text`. `today`: when they join; `earliest`: as at the freeze (see
// OccupationFor). REQUIRES: nobody and nothing of them is in the market; all take part today.
Joining Join(std::string_view text, const engine::Market& market, const Arrivals& arrivals,
             Day today, Day earliest);

}  // namespace matchgo::scheduler::domain
