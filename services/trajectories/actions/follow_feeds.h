// Takes in what the neighbours tell: profiles begin, qualify and withdraw trajectories; offers and
// contracts move them.
//
// News, positions and changes commit together, so a restart neither skips nor repeats. What is not
// newer than what was taken in has no effect. Runs inside a write.
// Test: tests/unit/services/trajectories/feed_test.cc
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "common/base/status.h"
#include "common/random/random.h"
#include "common/sql/transaction.h"
#include "services/trajectories/domain/match_news.h"

namespace matchgo::trajectories {

// `mark`: the position of the feed after this news; nothing while a list is not over.
Status FollowProfiles(sql::Tx& tx, Entropy& entropy, const std::vector<domain::ProfileNews>& news,
                      std::optional<int64_t> mark);
Status FollowMatches(sql::Tx& tx, Entropy& entropy, const std::vector<domain::MatchNews>& news,
                     std::optional<int64_t> mark);

}  // namespace matchgo::trajectories
