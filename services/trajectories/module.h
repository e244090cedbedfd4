// The trajectories service as a module of a process: opens its store and wires the rooms.
//
// Follows the feeds of profiles and scheduler; knows no other service. Files: trajectories.db and
// the folder trajectories-keys (keys of people, left out of backups). Thread rule: see
// common/service/module.h. Test: tests/unit/services/trajectories/trajectory_service_test.cc
#pragma once

#include <functional>
#include <memory>

#include "common/base/status.h"
#include "common/service/environment.h"
#include "common/service/module.h"
#include "services/trajectories/clients/news_feed.h"

namespace matchgo::trajectories {

// Where news comes from. Tests bring feeds of their own.
struct NewsFeeds {
  std::unique_ptr<ProfileFeed> profiles;
  std::unique_ptr<MatchFeed> matches;
};
using MakeNewsFeeds = std::function<NewsFeeds(const Neighbours& neighbours)>;

StatusOr<std::unique_ptr<Module>> MakeTrajectoriesModule(Environment& environment);
StatusOr<std::unique_ptr<Module>> MakeTrajectoriesModuleWith(Environment& environment,
                                                             MakeNewsFeeds make_feeds);

}  // namespace matchgo::trajectories
