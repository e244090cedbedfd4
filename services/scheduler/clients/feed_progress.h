// FeedProgress: how far the feed of a neighbour was read.
//
// A sequence counts only once the feed is synced: before that the first list is under way and the
// records in memory are not complete. A value. Test: tests/unit/services/scheduler/service_test.cc
#pragma once

#include <cstdint>
#include <string>

namespace matchgo::scheduler {

struct FeedProgress {
  std::string feed;      // "profiles"
  int64_t sequence = 0;  // the last one applied
  bool synced = false;   // the first list was completed
};

}  // namespace matchgo::scheduler
