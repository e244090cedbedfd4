// NewsFeed: the port to a neighbour's feed. ProfileFeed tells of switchers, MatchFeed of offers and
// contracts.
//
// Two implementations each: grpc_*_feed.h follow the real neighbour, tests bring their own. The
// sink must give each piece of news its effect exactly once: it keeps the mark in the same
// transaction. Test: tests/unit/services/trajectories/feed_test.cc
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "common/base/status.h"
#include "services/trajectories/domain/match_news.h"

namespace matchgo::trajectories {

template <class News>
struct NewsSink {
  using Done = std::function<void(const Status&)>;
  // Where the feed goes on; nothing: it begins with a list.
  std::optional<int64_t> resume_from;
  // Takes news in, in order, and says when it is durable; an error means nothing of it was kept.
  // One call at a time. `done` runs on any thread.
  std::function<void(std::vector<News> news, std::optional<int64_t> mark, Done done)> take;
};

template <class News>
class NewsFeed {
 public:
  virtual ~NewsFeed() = default;
  // Once. Returns at once; news comes on a thread of the feed.
  virtual void Start(NewsSink<News> sink) = 0;
  // Nothing is given to the sink after it. Idempotent.
  virtual void Stop() = 0;
};

using ProfileFeed = NewsFeed<domain::ProfileNews>;
using MatchFeed = NewsFeed<domain::MatchNews>;

}  // namespace matchgo::trajectories
