// AnswerQueue: finishes calls away from the writer thread, which has the next group to commit.
//
// All that a group answers goes to one thread of the executor with one wake-up, in order; to the
// caller's own thread when the executor is full. Calls keep what the service needs alive until they
// are finished, the queue itself may go away before. Thread-safe.
// Test: tests/unit/common/rpc/serve_unary_test.cc
#pragma once

#include <memory>

#include "common/base/status.h"
#include "common/exec/bounded_executor.h"

namespace matchgo::rpc {

class UnaryCall;

class AnswerQueue {
 public:
  explicit AnswerQueue(exec::BoundedExecutor& executor);

  void Add(std::shared_ptr<UnaryCall> call, Status outcome);

 private:
  struct State;

  exec::BoundedExecutor& executor_;
  const std::shared_ptr<State> state_;
};

}  // namespace matchgo::rpc
