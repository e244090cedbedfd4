// SignalWatch: Ctrl-C (SIGINT) and SIGTERM as a stop token, for commands that must clean up.
//
// From its making on no thread of the program is interrupted; the first signal requests the stop,
// more of them change nothing. One at a time, made before other threads.
// Test: tests/e2e/demo_interrupt_test.py
#pragma once

#include <atomic>
#include <stop_token>
#include <thread>

namespace matchgo::commands {

class SignalWatch {
 public:
  SignalWatch();
  SignalWatch(const SignalWatch&) = delete;
  SignalWatch& operator=(const SignalWatch&) = delete;
  ~SignalWatch();

  std::stop_token token() const { return stop_.get_token(); }
  // The first signal that came; 0: none so far.
  int received() const { return received_.load(); }
  // Returns once a signal has come.
  void Wait() const { received_.wait(0); }

 private:
  void Watch();

  std::stop_source stop_;
  std::atomic<int> received_{0};
  std::thread watcher_;
};

}  // namespace matchgo::commands
