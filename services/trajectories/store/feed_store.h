// FeedStore: the inbox. How far each neighbour's feed was applied, and which version of each of its
// records was taken in.
//
// Written in the transaction of the change itself, so nothing is skipped and nothing is applied
// twice, whatever ends the process. Lives inside one Tx.
// Test: tests/unit/services/trajectories/feed_test.cc
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "common/base/status.h"
#include "common/sql/transaction.h"

namespace matchgo::trajectories::store {

inline constexpr const char* kProfiles = "profiles";
inline constexpr const char* kScheduler = "scheduler";

class FeedStore {
 public:
  explicit FeedStore(sql::Tx& tx) : tx_(tx) {}

  // Nothing until the first list was completed.
  StatusOr<std::optional<int64_t>> Position(const std::string& feed);
  Status SetPosition(const std::string& feed, int64_t sequence);

  // The sequence of the record's version that was taken in; 0: never heard of it.
  StatusOr<int64_t> Seen(const std::string& name);
  Status SetSeen(const std::string& name, int64_t sequence);

 private:
  StatusOr<std::optional<int64_t>> One(const sql::Query& query, const std::string& key);

  sql::Tx& tx_;
};

}  // namespace matchgo::trajectories::store
