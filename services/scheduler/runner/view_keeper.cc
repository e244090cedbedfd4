#include "services/scheduler/runner/view_keeper.h"

#include <algorithm>

#include "common/log/log.h"

namespace matchgo::scheduler {
namespace {

constexpr std::chrono::milliseconds kLookEvery{500};
constexpr double kRestTimes = 9;
constexpr double kRestSecondsMax = 60;

}  // namespace

void ViewKeeper::Start() {
  looking_.emplace(kLookEvery, [this] { Look(); });
}

void ViewKeeper::Look() {
  if (resting_.has_value() && resting_->seconds() < rest_seconds_) return;
  resting_.reset();
  const auto watch = deps_.probe.Watch();
  Call call;
  call.now = deps_.clock.Now();
  call.principal = {.role = Role::kService, .id = "scheduler", .tenant = {}};
  call.method = "scheduler.runner/Look";
  const StatusOr<Refreshed> refreshed = refresher_.Refresh(call);
  if (!refreshed.ok()) {
    log::Warn("scheduler_step_failed", {{"step", "view"},
                                        {"reason", ReasonOf(refreshed.status())},
                                        {"code", static_cast<int>(refreshed.status().code())}});
  }
  if (const MarketWindow::Seen seen = deps_.window.Look(); seen.view != nullptr) {
    const Duration age = call.now - seen.as_of;
    deps_.probe.ViewAgeIs(std::chrono::duration_cast<std::chrono::seconds>(age).count());
  }
  if (refreshed.ok() && *refreshed == Refreshed::kNothing) return;
  rest_seconds_ = std::min(kRestSecondsMax, watch.seconds() * kRestTimes);
  resting_.emplace();
}

}  // namespace matchgo::scheduler
