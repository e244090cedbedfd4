#include "common/exec/periodic.h"

#include <utility>

namespace matchgo::exec {

Periodic::Periodic(std::chrono::milliseconds interval, std::function<void()> tick)
    : thread_([this, interval, tick = std::move(tick)](const std::stop_token& stop) {
        std::unique_lock lock(mutex_);
        while (!stop.stop_requested()) {
          wake_.wait_for(lock, stop, interval, [] { return false; });
          if (stop.stop_requested()) return;
          lock.unlock();
          tick();
          lock.lock();
        }
      }) {}

Periodic::~Periodic() { Stop(); }

void Periodic::Stop() {
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
}

}  // namespace matchgo::exec
