// Deps: what the actions of the scheduler work with, as references that outlive them.
//
// Made in module.cc (and by tests, with feeds of their own). Holds no logic. Test:
// tests/unit/services/scheduler/rounds_test.cc
#pragma once

#include "common/random/random.h"
#include "common/sql/database.h"
#include "common/time/clock.h"
#include "common/vault/vault.h"
#include "services/scheduler/clients/profile_feed.h"
#include "services/scheduler/clients/programme_feed.h"
#include "services/scheduler/clients/trajectory_feed.h"
#include "services/scheduler/clients/vacancy_feed.h"
#include "services/scheduler/engine/parallel.h"
#include "services/scheduler/market_shelf.h"
#include "services/scheduler/market_window.h"
#include "services/scheduler/scheduler_probe.h"

namespace matchgo::scheduler {

struct Deps {
  sql::Database& database;
  Vault& vault;
  Entropy& entropy;
  const Clock& clock;
  ProfileFeed& profiles;
  VacancyFeed& vacancies;
  ProgrammeFeed& programmes;
  TrajectoryFeed& trajectories;
  MarketShelf& shelf;
  MarketWindow& window;
  SchedulerProbe& probe;
  engine::Parallel& parallel;
};

}  // namespace matchgo::scheduler
