// Lanes: a few threads that share the ranges of one loop; the caller is one of them.
//
// For long computations at the edge (the command line, a round), not for requests. For may be
// called again and again, never from inside a body, and by one thread at a time. Bodies of
// different lanes run at once and must not share what they change. Test:
// tests/unit/common/exec/lanes_test.cc
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace matchgo::exec {

class Lanes {
 public:
  using Body = std::function<void(int lane, size_t begin, size_t end)>;

  // REQUIRES: count >= 1. One lane has no threads of its own.
  explicit Lanes(int count);
  Lanes(const Lanes&) = delete;
  Lanes& operator=(const Lanes&) = delete;
  ~Lanes();

  int count() const { return static_cast<int>(threads_.size()) + 1; }
  // Calls body for disjoint ranges of at most `grain` indices that cover 0 .. total - 1, handed
  // out in ascending order; returns when all are done. REQUIRES: grain > 0.
  void For(size_t total, size_t grain, const Body& body);

 private:
  void Work(int lane);
  void TakeRanges(int lane);

  std::mutex mutex_;
  std::condition_variable begin_;
  std::condition_variable done_;
  uint64_t loop_ = 0;  // which loop the threads should be working on
  size_t busy_ = 0;    // threads that have not finished it
  bool stopping_ = false;
  const Body* body_ = nullptr;
  size_t total_ = 0;
  size_t grain_ = 1;
  std::atomic<size_t> next_{0};
  std::vector<std::thread> threads_;
};

}  // namespace matchgo::exec
