// DeadlineRunner: looks at deadlines as days go by.
//
// A tick costs one indexed read while nothing is due, and reviews a bounded number otherwise; the
// next tick goes on. Holds no rule. One thread.
// Test: tests/unit/services/trajectories/deadline_runner_test.cc
#pragma once

#include "common/base/status.h"
#include "common/service/call.h"

namespace matchgo::sql {
class Database;
}  // namespace matchgo::sql

namespace matchgo::trajectories {

class DeadlineRunner {
 public:
  explicit DeadlineRunner(sql::Database& database) : database_(database) {}
  // How many were reviewed. An error costs nothing: the next tick tries again.
  StatusOr<int> Tick(const Call& call);

 private:
  sql::Database& database_;
};

}  // namespace matchgo::trajectories
