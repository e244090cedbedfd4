// BoundKeeper: finds the bounds of published rounds, beside everything else.
//
// One thread that looks twice a second whether something was committed; a bound of a country keeps
// it busy for long, and nobody waits for it. What fails is tried again when something else happens.
// Test: tests/unit/services/scheduler/bounds_test.cc
#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>

#include "common/exec/periodic.h"
#include "services/scheduler/deps.h"

namespace matchgo::scheduler {

class BoundKeeper {
 public:
  explicit BoundKeeper(const Deps& deps) : deps_(deps) {}

  void Start();
  // What is under way is given up, and stays due.
  void Stop();

 private:
  void Look();

  const Deps& deps_;
  int64_t seen_ = -1;  // our own sequence
  std::stop_source stop_;
  std::optional<exec::Periodic> looking_;  // last, so that it ends first
};

}  // namespace matchgo::scheduler
