// Parallel: how the engine spreads a loop over lanes without owning a thread.
//
// The caller gives one (the edge: a thread pool); SerialParallel is the loop itself. Lanes differ
// in scratch only: what a body computes for an index must not depend on its lane or on the order,
// so results are the same for any number of lanes. Test:
// tests/unit/services/scheduler/engine/parallel_test.cc
#pragma once

#include <cstddef>
#include <functional>

namespace matchgo::scheduler::engine {

class Parallel {
 public:
  using Body = std::function<void(int lane, size_t begin, size_t end)>;

  Parallel() = default;
  Parallel(const Parallel&) = delete;
  Parallel& operator=(const Parallel&) = delete;
  virtual ~Parallel() = default;

  // How many bodies may run at once; lanes are 0 .. lanes() - 1.
  virtual int lanes() const = 0;
  // Calls body for disjoint ranges of at most `grain` indices that cover 0 .. count - 1, and
  // returns when all are done. Two bodies never run on one lane at the same time.
  // REQUIRES: grain > 0.
  virtual void For(size_t count, size_t grain, const Body& body) = 0;
};

class SerialParallel final : public Parallel {
 public:
  int lanes() const override { return 1; }
  void For(size_t count, size_t grain, const Body& body) override;
};

}  // namespace matchgo::scheduler::engine
