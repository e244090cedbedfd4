// BoundedExecutor: a fixed number of threads behind a queue of fixed length.
//
// A full queue refuses at once, which is how a service sheds load. It must not be asked to wait for
// its own work (Drain from a worker would never return). Thread-safe. Work that was accepted always
// runs, also during Drain and Stop. Test: tests/unit/common/exec/exec_test.cc
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "absl/functional/any_invocable.h"

namespace matchgo::exec {

class BoundedExecutor {
 public:
  struct Options {
    int threads = 4;
    size_t queue_max = 1024;  // work that waits; what runs is not counted
  };

  explicit BoundedExecutor(Options options);
  BoundedExecutor(const BoundedExecutor&) = delete;
  BoundedExecutor& operator=(const BoundedExecutor&) = delete;
  ~BoundedExecutor();  // Stop()

  // False when the queue is full or the executor is stopping; `work` is then untouched and dropped.
  bool TrySubmit(absl::AnyInvocable<void()> work);
  // Waits until nothing is queued and nothing runs. New work is still accepted.
  void Drain();
  // Refuses new work, runs what was accepted, joins the threads. May be called twice.
  void Stop();

  size_t queued() const;
  size_t queue_max() const { return options_.queue_max; }

 private:
  void Run();

  const Options options_;
  mutable std::mutex mutex_;
  std::condition_variable work_ready_;
  std::condition_variable idle_;
  std::deque<absl::AnyInvocable<void()>> queue_;
  int running_ = 0;
  int waiting_ = 0;  // workers asleep, so that a submitter notifies only when somebody listens
  bool stopping_ = false;
  std::vector<std::jthread> threads_;
};

}  // namespace matchgo::exec
