#include "common/exec/poll.h"

#include <thread>

namespace matchgo::exec {

bool PollUntil(const std::function<bool()>& done, std::chrono::milliseconds interval,
               std::chrono::milliseconds longest) {
  const auto give_up = std::chrono::steady_clock::now() + longest;
  while (!done()) {
    if (std::chrono::steady_clock::now() >= give_up) return false;
    std::this_thread::sleep_for(interval);
  }
  return true;
}

}  // namespace matchgo::exec
