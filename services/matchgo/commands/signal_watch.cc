#include "services/matchgo/commands/signal_watch.h"

#include <pthread.h>

#include <csignal>

namespace matchgo::commands {
namespace {

// What the destructor sends the watcher, so that it ends.
constexpr int kOver = SIGUSR1;

sigset_t Watched() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGINT, SIGTERM, kOver}) sigaddset(&signals, signal);
  return signals;
}

}  // namespace

SignalWatch::SignalWatch() {
  const sigset_t signals = Watched();
  // Threads made from here on inherit the mask, so that only the watcher sees the signals.
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  watcher_ = std::thread([this] { Watch(); });
}

SignalWatch::~SignalWatch() {
  pthread_kill(watcher_.native_handle(), kOver);
  watcher_.join();
}

void SignalWatch::Watch() {
  const sigset_t signals = Watched();
  int signal = 0;
  if (sigwait(&signals, &signal) != 0 || signal == kOver) return;
  received_ = signal;
  received_.notify_all();
  stop_.request_stop();
  // More of them change nothing: wrappers such as `timeout` send each signal twice.
  while (signal != kOver && sigwait(&signals, &signal) == 0) {
  }
}

}  // namespace matchgo::commands
