// Periodic: one thread that calls a function again and again, for ticks and heartbeats.
//
// The first call comes after one interval. Stopping wakes the thread, so it never waits for an
// interval; a call in progress is awaited. It must not be destroyed from its own function.
// Test: tests/unit/common/exec/exec_test.cc
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace matchgo::exec {

class Periodic {
 public:
  Periodic(std::chrono::milliseconds interval, std::function<void()> tick);
  Periodic(const Periodic&) = delete;
  Periodic& operator=(const Periodic&) = delete;
  ~Periodic();  // Stop()

  // Ends the ticking and waits for a call in progress. May be called twice.
  void Stop();

 private:
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::jthread thread_;
};

}  // namespace matchgo::exec
