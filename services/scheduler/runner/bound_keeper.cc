#include "services/scheduler/runner/bound_keeper.h"

#include <chrono>

#include "common/log/log.h"
#include "services/scheduler/actions/bound_round.h"

namespace matchgo::scheduler {
namespace {

constexpr std::chrono::milliseconds kLookEvery{500};

}  // namespace

void BoundKeeper::Start() {
  looking_.emplace(kLookEvery, [this] { Look(); });
}

void BoundKeeper::Stop() {
  stop_.request_stop();
  looking_.reset();
}

void BoundKeeper::Look() {
  const int64_t sequence = deps_.database.sequence();
  if (sequence == seen_) return;
  seen_ = sequence;
  Call call;
  call.now = deps_.clock.Now();
  call.principal = {.role = Role::kService, .id = "scheduler", .tenant = {}};
  call.method = "scheduler.runner/Bound";
  const StatusOr<BoundStep> step = BoundNextRound(deps_, call, stop_.get_token());
  if (!step.ok()) {
    log::Warn("scheduler_step_failed", {{"step", "bound"},
                                        {"reason", ReasonOf(step.status())},
                                        {"code", static_cast<int>(step.status().code())}});
  }
}

}  // namespace matchgo::scheduler
