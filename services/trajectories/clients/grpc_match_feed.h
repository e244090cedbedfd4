// The feed of the scheduler over gRPC: offers and contracts as news for trajectories. Rounds and
// scores are not taken over.
//
// Test: tests/unit/services/trajectories/grpc_feed_test.cc
#pragma once

#include <grpcpp/channel.h>

#include <memory>

#include "common/service/environment.h"
#include "services/trajectories/clients/news_feed.h"

namespace matchgo::trajectories {

// `channel`: to the scheduler. The environment outlives the feed.
std::unique_ptr<MatchFeed> MakeGrpcMatchFeed(std::shared_ptr<grpc::Channel> channel,
                                             Environment& environment);

}  // namespace matchgo::trajectories
