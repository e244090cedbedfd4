// The feed of the profiles service over gRPC: who takes part, and whether anything keeps her out of
// matching. Takes no identity and no profile, only states and days.
//
// Test: tests/unit/services/trajectories/grpc_feed_test.cc
#pragma once

#include <grpcpp/channel.h>

#include <memory>

#include "common/service/environment.h"
#include "services/trajectories/clients/news_feed.h"

namespace matchgo::trajectories {

// `channel`: to profiles. The environment outlives the feed.
std::unique_ptr<ProfileFeed> MakeGrpcProfileFeed(std::shared_ptr<grpc::Channel> channel,
                                                 Environment& environment);

}  // namespace matchgo::trajectories
