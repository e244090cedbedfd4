// ClosedLoop: keeps a number of calls in flight for a while and counts what comes back.
//
// `start(slot, done)` begins one call; `done` is told when it ended and whether it was OK. Failures
// stop the bench: a rate of refusals is no rate. Used by the benchmarks only.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <mutex>
#include <string>

namespace matchgo::bench {

using Done = std::function<void(bool ok, const std::string& problem)>;
using StartCall = std::function<void(int slot, Done done)>;

class ClosedLoop {
 public:
  ClosedLoop(int concurrency, StartCall start) : start_(std::move(start)), slots_(concurrency) {}

  // Calls a second over `span`, after everything in flight has come back.
  double Run(std::chrono::milliseconds span) {
    const auto began = std::chrono::steady_clock::now();
    end_ = began + span;
    completed_ = 0;
    in_flight_ = slots_;
    for (int slot = 0; slot < slots_; ++slot) Next(slot);
    std::unique_lock lock(mutex_);
    idle_.wait(lock, [&] { return in_flight_ == 0; });
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    return static_cast<double>(completed_.load()) / took.count();
  }

 private:
  void Next(int slot) {
    start_(slot, [this, slot](bool ok, const std::string& problem) {
      if (!ok) {
        std::fprintf(stderr, "a call failed: %s\n", problem.c_str());
        std::_Exit(1);
      }
      completed_.fetch_add(1, std::memory_order_relaxed);
      if (std::chrono::steady_clock::now() < end_) {
        Next(slot);
        return;
      }
      const std::scoped_lock lock(mutex_);
      if (--in_flight_ == 0) idle_.notify_all();
    });
  }

  const StartCall start_;
  const int slots_;
  std::chrono::steady_clock::time_point end_;
  std::atomic<int64_t> completed_{0};
  std::mutex mutex_;
  std::condition_variable idle_;
  int in_flight_ = 0;
};

}  // namespace matchgo::bench
