// SqlObserver: where the store reports durations and counts; common/metrics makes matchgo_sql_* of
// it.
//
// Hooks are called on the thread that did the work, must be quick and may be empty (then nothing is
// timed). Test: tests/unit/common/sql/database_test.cc
#pragma once

#include <cstddef>
#include <functional>

#include "common/time/instant.h"

namespace matchgo::sql {

struct SqlObserver {
  // One statement; `query` is Query::name.
  std::function<void(const char* query, Duration took, bool ok)> statement;
  // One commit group: how many writes shared it, from BEGIN to the end of COMMIT.
  std::function<void(size_t writes, Duration took, bool ok)> group;
  // How long a write waited for its turn.
  std::function<void(Duration waited)> queue_wait;
};

}  // namespace matchgo::sql
