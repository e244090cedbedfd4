// CallGate: counts the RPCs in progress, so that a process can wait for them before it stops what
// they use.
//
// Needed beside grpc::Server::Shutdown: starting a call on an in-process channel of a server that
// was shut down crashes inside gRPC 1.51, so callers must be gone first, and their calls before
// them. Thread-safe. Test: tests/unit/common/service/process_test.cc
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace matchgo {

class CallGate {
 public:
  void Enter() {
    const std::lock_guard lock(mutex_);
    ++inside_;
  }
  void Leave() {
    const std::lock_guard lock(mutex_);
    if (--inside_ == 0) empty_.notify_all();
  }
  // False if calls were still inside when the time was over.
  bool AwaitEmpty(std::chrono::milliseconds longest) {
    std::unique_lock lock(mutex_);
    return empty_.wait_for(lock, longest, [this] { return inside_ == 0; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable empty_;
  int inside_ = 0;
};

}  // namespace matchgo
