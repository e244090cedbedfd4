// Lanes: a Parallel on threads of its own, for tests that compare numbers of lanes.
//
// Which lane gets which range is left to chance, on purpose. Makes threads for every loop, so it is
// not for measuring small ones. Used by tests/property and tests/bench.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

#include "services/scheduler/engine/parallel.h"

namespace matchgo::testing {

class Lanes final : public scheduler::engine::Parallel {
 public:
  explicit Lanes(int lanes) : lanes_(lanes) {}

  int lanes() const override { return lanes_; }
  void For(size_t count, size_t grain, const Body& body) override {
    std::atomic<size_t> next = 0;
    const auto work = [&](int lane) {
      for (size_t begin = next.fetch_add(grain); begin < count; begin = next.fetch_add(grain)) {
        body(lane, begin, std::min(count, begin + grain));
      }
    };
    std::vector<std::thread> others;
    // Small loops are not worth a thread.
    const int wanted = count > grain ? lanes_ : 1;
    for (int lane = 1; lane < wanted; ++lane) others.emplace_back(work, lane);
    work(0);
    for (std::thread& other : others) other.join();
  }

 private:
  int lanes_;
};

}  // namespace matchgo::testing
