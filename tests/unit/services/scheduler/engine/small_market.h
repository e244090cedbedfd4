// One switcher, one job and one start that fit, so that a test changes only what it is about.
//
// She has k1 and k3; the job needs k1 and k2; module m2 of the start teaches k2 in 40 hours.
// Used by the unit tests of the engine.
#pragma once

#include <gtest/gtest.h>

#include <utility>

#include "services/scheduler/engine/market_file.h"
#include "services/scheduler/engine/market_input.h"

namespace matchgo::scheduler::engine {

inline MarketInput SmallMarket() {
  MarketSwitcher s{.id = "s1"};
  s.skills = {"k1", "k3"};
  s.level = 5;
  s.max_dist = 50;
  s.salary_now = 3000;
  s.salary_floor = 2000;
  s.hours_min = 24;
  s.hours_max = 40;
  s.study_hours = 8;
  s.available = 10;
  MarketVacancy v{.id = "v1"};
  v.openings = 1;
  v.required = {"k1", "k2"};
  v.occupation = "o1";
  v.sector = "care";
  v.x = 30;
  v.y = 40;
  v.salary_max = 2500;
  v.hours = 32;
  v.latest_ready = 200;
  MarketStart p{.id = "p1"};
  p.programme = "g1";
  p.capacity = 5;
  p.begins = 20;
  p.entry_level = 4;
  p.occupations = {"o1"};
  p.modules = {{.id = "m1", .skills = {"k3"}, .hours = 20},
               {.id = "m2", .skills = {"k2"}, .hours = 40}};
  MarketInput market;
  market.seed = "small";
  market.switchers = {s};
  market.vacancies = {v};
  market.starts = {p};
  return market;
}

inline Market Built(const MarketInput& input) {
  auto built = BuildMarket(input);
  EXPECT_TRUE(built.ok()) << built.status();
  return built.ok() ? std::move(built->market) : Market();
}

}  // namespace matchgo::scheduler::engine
