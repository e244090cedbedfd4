#include "common/rpc/answer_queue.h"

#include <mutex>
#include <utility>
#include <vector>

#include "common/rpc/unary_call.h"

namespace matchgo::rpc {

struct AnswerQueue::State {
  struct Answer {
    std::shared_ptr<UnaryCall> call;
    Status outcome;
  };

  void FinishAll() {
    std::vector<Answer> answers;
    while (true) {
      answers.clear();
      {
        const std::lock_guard lock(mutex);
        if (waiting.empty()) {
          working = false;
          return;
        }
        answers.swap(waiting);
      }
      for (Answer& answer : answers) {
        answer.call->Finish(answer.outcome);
        answer.call.reset();
      }
    }
  }

  std::mutex mutex;
  std::vector<Answer> waiting;
  bool working = false;  // somebody is in FinishAll, or will be
};

AnswerQueue::AnswerQueue(exec::BoundedExecutor& executor)
    : executor_(executor), state_(std::make_shared<State>()) {}

void AnswerQueue::Add(std::shared_ptr<UnaryCall> call, Status outcome) {
  {
    const std::lock_guard lock(state_->mutex);
    state_->waiting.push_back({std::move(call), std::move(outcome)});
    if (state_->working) return;
    state_->working = true;
  }
  // Kept here as well: the last call that is finished may take the service down with it.
  const std::shared_ptr<State> state = state_;
  if (!executor_.TrySubmit([state] { state->FinishAll(); })) state->FinishAll();
}

}  // namespace matchgo::rpc
