#include "services/scheduler/runner/round_runner.h"

#include <vector>

#include "common/log/log.h"
#include "services/scheduler/actions/advance_round.h"
#include "services/scheduler/actions/decide_cohorts.h"
#include "services/scheduler/actions/due_rounds.h"
#include "services/scheduler/actions/expire_offers.h"
#include "services/scheduler/actions/follow_departures.h"
#include "services/scheduler/actions/take_in_newcomers.h"
#include "services/scheduler/domain/round_lifecycle.h"

namespace matchgo::scheduler {
namespace {

void Report(const char* step, const Status& status) {
  if (status.ok()) return;
  log::Warn(
      "scheduler_step_failed",
      {{"step", step}, {"reason", ReasonOf(status)}, {"code", static_cast<int>(status.code())}});
}

}  // namespace

void RoundRunner::Tick(Instant now) {
  Call call;
  call.now = now;
  call.principal = {.role = Role::kService, .id = "scheduler", .tenant = {}};
  call.method = "scheduler.runner/Tick";
  FollowPeople(call);
  Report("departures", FollowDepartures(deps_, call).status());
  Report("expire", ExpireOffers(deps_, call).status());
  Report("cohorts", DecideCohorts(deps_, call).status());
  Report("tell", TellOwners(deps_, call).status());
  AdvanceRounds(call);
  TakeIn(call);
  ShowSeats(call);
}

void RoundRunner::FollowPeople(const Call& call) {
  const int64_t sequence = deps_.profiles.progress().sequence;
  if (sequence != people_seen_) {
    const Status status = WithdrawOffers(deps_, call).status();
    Report("withdraw", status);
    if (status.ok()) people_seen_ = sequence;
  }
  const int64_t erasures = deps_.profiles.erasures();
  if (erasures != erasures_seen_) {
    const Status status = ForgetErased(deps_, call).status();
    Report("forget", status);
    if (status.ok()) erasures_seen_ = erasures;
  }
}

void RoundRunner::AdvanceRounds(const Call& call) {
  const StatusOr<std::vector<DueRound>> due = FindDueRounds(deps_, call);
  if (!due.ok()) return Report("rounds", due.status());
  for (const DueRound& round : *due) {
    const Status status = AdvanceRound(deps_, call, round.id, round.until).status();
    Report(round.until == domain::RoundState::kClosed ? "close" : "advance", status);
  }
}

// Once an hour: whoever comes a minute earlier has nothing ahead of who comes a minute later.
void RoundRunner::TakeIn(const Call& call) {
  if (call.now < next_taking_in_) return;
  next_taking_in_ = call.now + domain::kNewcomersEvery;
  const Status status = TakeInNewcomers(deps_, call).status();
  if (absl::IsAborted(status)) next_taking_in_ = call.now;  // somebody answered meanwhile
  Report("newcomers", status);
}

void RoundRunner::ShowSeats(const Call& call) {
  const int64_t sequence = deps_.database.sequence();
  if (sequence == seats_shown_at_) return;
  Report("seats", CountSeatsForMetrics(deps_, call));
  seats_shown_at_ = sequence;
}

}  // namespace matchgo::scheduler
