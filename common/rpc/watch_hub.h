// WatchHub: the open streams of one endpoint, their heartbeat and their end.
//
// Ticks each open stream about once a second, so a stream whose wake-up was lost continues, and
// ends all of them when the process begins to stop. The thread starts with the first stream.
// Thread-safe. Test: tests/unit/common/rpc/watch_reactor_test.cc
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>

#include "common/exec/periodic.h"

namespace matchgo::rpc {

class WatchHub {
 public:
  // What the hub may ask of a stream. Both must be quick and may come after the stream has ended.
  struct Hooks {
    std::function<void()> wake;
    std::function<void()> end;
  };

  explicit WatchHub(std::stop_token stopping);
  WatchHub(const WatchHub&) = delete;
  WatchHub& operator=(const WatchHub&) = delete;
  ~WatchHub();

  // The number to Remove. After the stop `end` is called at once.
  uint64_t Add(Hooks hooks);
  void Remove(uint64_t number);
  size_t open() const;
  void EndAll();

 private:
  void WakeAll();

  mutable std::mutex mutex_;
  std::map<uint64_t, std::shared_ptr<Hooks>> hooks_;
  uint64_t next_ = 1;
  bool ended_ = false;
  std::unique_ptr<exec::Periodic> ticker_;
  std::stop_callback<std::function<void()>> on_stop_;
};

}  // namespace matchgo::rpc
