// Season: plays what people do. Rounds with answers, then months in which trajectories advance.
//
// Everything goes through the RPCs of the services; only the clock is moved from outside, and every
// choice is drawn from the seed and the record's own place in the demo. Each week the coordinator
// confirms what went wrong for somebody. Blocking; one thread, which lets the feeds settle before
// it moves on: a seed tells the same story every time. Test: tests/e2e/demo_repeat_test.py
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "common/base/status.h"
#include "common/rpc/channel.h"
#include "common/service/process.h"
#include "common/time/clock.h"
#include "matchgo/common/v1/feed.pb.h"
#include "matchgo/scheduler/v1/scheduler_service.grpc.pb.h"
#include "matchgo/trajectories/v1/trajectory_service.grpc.pb.h"
#include "services/matchgo/demo/fate.h"

namespace matchgo::demo {

// Groups that stayed too small on their decision date, and whoever was in one or had an offer for
// it.
struct CancelledCohorts {
  std::set<std::string> cohorts;  // start and day
  std::set<std::string> people;
};

// Why the scheduler ends the contracts of such a group.
inline constexpr char kCohortCancelled[] = "COHORT_CANCELLED";

// What was signed: signed = active + all that ended, and signed = trajectories that reached
// CONTRACT
// + again.
struct ContractCount {
  int64_t signed_in_all = 0;
  int64_t people = 0;  // who signed at least one
  int64_t active = 0;
  std::map<std::string, int64_t> ended;  // by reason
  int64_t again = 0;                     // followed one that a cancelled cohort had ended
};

class Season {
 public:
  struct Choices {
    uint64_t seed = 1;
    Behaviour behaviour;
    // Each switcher's place in the demo; choices are drawn from it and not from her id.
    const std::map<std::string, int64_t>& order;
  };

  // Once `stop` is requested everything ends with CANCELLED.
  Season(Process& process, ManualClock& clock, const Choices& choices, std::stop_token stop);

  // A round of this month, which collects.
  StatusOr<scheduler::v1::Round> OpenRound();
  // One round: open, clear, publish, answer day by day with repairs between, close, confirm.
  // `at_least`: what the feeds must have brought before the market is frozen.
  StatusOr<scheduler::v1::Round> PlayRound(const std::vector<common::v1::FeedProgress>& at_least);

  // Lets `months` months pass, week by week; trajectories start, learn, pause, leave and finish.
  Status PlayMonths(int months, const std::function<void(int64_t)>& progress);

  // Moves the clock on and ticks every service.
  void Pass(Duration duration);

  const CancelledCohorts& cancelled() const { return cancelled_; }
  StatusOr<ContractCount> CountContracts();

  rpc::Caller& ops() { return ops_; }
  scheduler::v1::SchedulerService::Stub& scheduler() { return *scheduler_; }
  trajectories::v1::TrajectoryService::Stub& trajectories() { return *trajectories_; }

 private:
  Status AnswerOpenOffers(const std::string& round);
  Status Answer(const scheduler::v1::Offer& offer, scheduler::v1::Party party);
  // A named human confirms every adverse outcome that waits for one, of any round.
  Status ConfirmOutcomes();
  Status Note(const scheduler::v1::AdverseOutcome& outcome);
  // Waits until the contracts of whoever left have ended, and everybody knows.
  Status FollowExits();
  // Waits until trajectories has read all that the scheduler wrote: what it sees in one batch and
  // what in two must not depend on who is faster.
  Status SettleFeeds();
  // Waits until trajectories has read the feeds that it follows as far as this.
  Status AwaitTrajectories(const std::vector<common::v1::FeedProgress>& at_least);
  // The round, once it says what it could have come to at most.
  StatusOr<scheduler::v1::Round> AwaitBound(const std::string& round);
  rpc::Caller::Options As(Role role, std::string id, std::string tenant) const;
  // The people who speak for the employer of a vacancy, and for the opleider of a start.
  rpc::Caller::Options EmployerOf(const std::string& vacancy) const;
  rpc::Caller::Options OpleiderOf(const std::string& start) const;
  Status PlayStage(trajectories::v1::Stage stage);
  Status PlayTrajectory(const trajectories::v1::Trajectory& trajectory, Day today);
  Status PlayLearning(const trajectories::v1::Trajectory& trajectory, const Fate& fate, Day today);
  Status PlayWorking(const trajectories::v1::Trajectory& trajectory, const Fate& fate, Day today);
  Status Advance(const trajectories::v1::Trajectory& trajectory, trajectories::v1::Stage to,
                 Day on);
  Status Exit(const trajectories::v1::Trajectory& trajectory, trajectories::v1::ExitReason reason,
              Day on);
  Fate FateOf(const trajectories::v1::Trajectory& trajectory) const;
  int64_t OrderOf(const std::string& switcher) const;

  Process& process_;
  ManualClock& clock_;
  const uint64_t seed_;
  const Behaviour behaviour_;
  const std::map<std::string, int64_t>& order_;
  const std::stop_token stop_;
  rpc::Caller ops_;
  CancelledCohorts cancelled_;
  int64_t exits_sequence_ = 0;  // of the last exit, in the feed of trajectories
  const std::unique_ptr<scheduler::v1::SchedulerService::Stub> scheduler_;
  const std::unique_ptr<trajectories::v1::TrajectoryService::Stub> trajectories_;
};

}  // namespace matchgo::demo
