#include "services/matchgo/demo/season.h"

#include <algorithm>
#include <chrono>
#include <optional>

#include "common/base/status_macros.h"
#include "common/exec/poll.h"
#include "common/kernel/day.h"
#include "common/random/random.h"
#include "services/matchgo/demo/fate.h"

namespace matchgo::demo {
namespace {

namespace sched = scheduler::v1;
namespace traj = trajectories::v1;
using std::chrono::hours;

constexpr int kPage = 1000;
// An offer may be answered for five working days; a match phase ends within four weeks of them.
constexpr int kDaysPerRoundMax = 45;

// The n-th id of a resource name: Segment("employers/e/vacancies/v", 0) is "e".
std::string Segment(const std::string& name, int n) {
  size_t begin = 0;
  for (int i = 0; i < 2 * n + 1; ++i) begin = name.find('/', begin) + 1;
  return name.substr(begin, name.find('/', begin) - begin);
}

bool Answered(const sched::Offer& offer, sched::Party party) {
  return std::any_of(offer.answers().begin(), offer.answers().end(),
                     [&](const auto& answer) { return answer.party() == party; });
}

// Somebody else's answer may have closed the offer in the meantime: that is life, not a failure.
Status UnlessOvertaken(const Status& status) {
  const std::string reason = ReasonOf(status);
  const bool overtaken = reason == "OFFER_CLOSED" || reason == "OFFER_EXPIRED" ||
                         reason == "ALREADY_ANSWERED" || reason == "HAS_CONTRACT";
  return overtaken ? absl::OkStatus() : status;
}

// Waits until `progress` says that the feeds were read as far as this.
template <class Progress>
Status AwaitFeeds(const std::vector<common::v1::FeedProgress>& at_least, const Progress& progress) {
  Status trouble;
  const auto read = [&](const common::v1::FeedProgress& feed) {
    return std::none_of(at_least.begin(), at_least.end(), [&](const auto& wanted) {
      return wanted.feed() == feed.feed() && wanted.sequence() > feed.sequence();
    });
  };
  const bool settled = exec::PollUntil(
      [&] {
        const auto reply = progress();
        trouble = reply.status();
        return !reply.ok() || std::all_of(reply->feeds().begin(), reply->feeds().end(), read);
      },
      std::chrono::milliseconds(2), std::chrono::seconds(60));
  RETURN_IF_ERROR(trouble);
  if (settled) return absl::OkStatus();
  return Internal("the feeds of the neighbours were not read within a minute");
}

}  // namespace

Season::Season(Process& process, ManualClock& clock, const Choices& choices, std::stop_token stop)
    : process_(process),
      clock_(clock),
      seed_(choices.seed),
      behaviour_(choices.behaviour),
      order_(choices.order),
      stop_(std::move(stop)),
      ops_(As(Role::kOps, "demo-coordinator", "")),
      scheduler_(sched::SchedulerService::NewStub(process.channel())),
      trajectories_(traj::TrajectoryService::NewStub(process.channel())) {}

rpc::Caller::Options Season::As(Role role, std::string id, std::string tenant) const {
  rpc::Caller::Options options;
  options.principal = {.role = role, .id = std::move(id), .tenant = TenantId(std::move(tenant))};
  options.deadline = std::chrono::seconds(60);
  options.stop = stop_;
  return options;
}

rpc::Caller::Options Season::EmployerOf(const std::string& vacancy) const {
  return As(Role::kEmployer, "hr", Segment(vacancy, 0));
}

rpc::Caller::Options Season::OpleiderOf(const std::string& start) const {
  return As(Role::kOpleiderAdmin, "intake", Segment(start, 0));
}

void Season::Pass(Duration duration) {
  clock_.AdvanceBy(duration);
  process_.TickAll();
}

int64_t Season::OrderOf(const std::string& switcher) const {
  const auto found = order_.find(switcher);
  return found == order_.end() ? -1 : found->second;
}

StatusOr<sched::Round> Season::OpenRound() {
  const std::string month = FormatDay(DayOf(clock_.Now())).substr(0, 7);
  sched::CreateRoundRequest create;
  create.set_request_id("demo-round-" + month);
  create.mutable_round()->set_title(month);
  return ops_.Unary(*scheduler_, &sched::SchedulerService::StubInterface::CreateRound, create);
}

StatusOr<sched::Round> Season::PlayRound(const std::vector<common::v1::FeedProgress>& at_least) {
  using Stub = sched::SchedulerService::StubInterface;
  // The newcomers first: an offer must not be the first that trajectories hears of somebody.
  RETURN_IF_ERROR(AwaitTrajectories(at_least));
  ASSIGN_OR_RETURN(sched::Round round, OpenRound());
  sched::AdvanceRoundRequest advance;
  advance.set_name(round.name());
  advance.set_request_id("demo-publish-" + round.title());
  advance.set_until(sched::Round::STATE_PUBLISHED);
  for (const auto& feed : at_least) *advance.add_at_least() = feed;
  ASSIGN_OR_RETURN(round, ops_.Unary(*scheduler_, &Stub::AdvanceRound, advance));
  RETURN_IF_ERROR(SettleFeeds());
  sched::GetRoundRequest get;
  get.set_name(round.name());
  for (int day = 0; day < kDaysPerRoundMax && round.state() == sched::Round::STATE_PUBLISHED;
       ++day) {
    Pass(hours(24));
    RETURN_IF_ERROR(AnswerOpenOffers(round.name()));
    process_.TickAll();
    RETURN_IF_ERROR(SettleFeeds());
    ASSIGN_OR_RETURN(round, ops_.Unary(*scheduler_, &Stub::GetRound, get));
  }
  RETURN_IF_ERROR(ConfirmOutcomes());
  RETURN_IF_ERROR(SettleFeeds());
  return AwaitBound(round.name());
}

// The scheduler finds it beside everything else; usually it was done long before.
StatusOr<sched::Round> Season::AwaitBound(const std::string& round) {
  sched::GetRoundRequest get;
  get.set_name(round);
  StatusOr<sched::Round> known;
  const bool there = exec::PollUntil(
      [&] {
        known = ops_.Unary(*scheduler_, &sched::SchedulerService::StubInterface::GetRound, get);
        return !known.ok() || known->summary().has_placed_bound();
      },
      std::chrono::milliseconds(20), std::chrono::minutes(2));
  if (!there) return Internal("the scheduler did not bound the round within two minutes");
  return known;
}

Status Season::AnswerOpenOffers(const std::string& round) {
  sched::ListOffersRequest list;
  list.set_round(round);
  list.set_state(sched::Offer::STATE_OPEN);
  list.set_page_size(kPage);
  std::vector<sched::Offer> open;
  do {
    ASSIGN_OR_RETURN(
        const auto page,
        ops_.Unary(*scheduler_, &sched::SchedulerService::StubInterface::ListOffers, list));
    open.insert(open.end(), page.offers().begin(), page.offers().end());
    list.set_page_token(page.next_page_token());
  } while (!list.page_token().empty());
  for (const sched::Offer& offer : open) {
    for (const auto party : {sched::PARTY_SWITCHER, sched::PARTY_EMPLOYER, sched::PARTY_OPLEIDER}) {
      if (party == sched::PARTY_OPLEIDER && offer.start().empty()) continue;
      RETURN_IF_ERROR(Answer(offer, party));
    }
  }
  return absl::OkStatus();
}

Status Season::Answer(const sched::Offer& offer, sched::Party party) {
  if (Answered(offer, party)) return absl::OkStatus();
  Random chance(seed_, "answer:" + std::to_string(OrderOf(offer.switcher())) + ":" +
                           std::to_string(offer.score().total()) + ":" + std::to_string(party));
  if (chance.Chance(static_cast<uint64_t>(behaviour_.silent_permille))) return absl::OkStatus();
  const int64_t age_days =
      (clock_.Now().micros() / 1'000'000 - offer.create_time().seconds()) / (24 * 60 * 60);
  if (age_days < chance.Between(1, 4)) return absl::OkStatus();
  sched::AnswerOfferRequest request;
  request.set_name(offer.name());
  request.set_request_id("demo-answer-" + Segment(offer.name(), 0) + "-" + std::to_string(party));
  const bool declines = chance.Chance(static_cast<uint64_t>(behaviour_.decline_permille));
  request.set_decision(declines ? sched::Offer::DECISION_DECLINE : sched::Offer::DECISION_ACCEPT);
  if (declines) request.set_reason(party == sched::PARTY_SWITCHER ? "OTHER_JOB" : "FIT");
  rpc::Caller caller(party == sched::PARTY_SWITCHER
                         ? As(Role::kSwitcher, Segment(offer.switcher(), 0), "")
                     : party == sched::PARTY_EMPLOYER ? EmployerOf(offer.vacancy())
                                                      : OpleiderOf(offer.start()));
  return UnlessOvertaken(
      caller.Unary(*scheduler_, &sched::SchedulerService::StubInterface::AnswerOffer, request)
          .status());
}

Status Season::ConfirmOutcomes() {
  using Stub = sched::SchedulerService::StubInterface;
  sched::ListAdverseOutcomesRequest list;
  list.set_parent("rounds/-");
  list.set_unconfirmed(true);
  list.set_page_size(500);
  while (true) {
    ASSIGN_OR_RETURN(const auto page, ops_.Unary(*scheduler_, &Stub::ListAdverseOutcomes, list));
    if (page.outcomes().empty()) return absl::OkStatus();
    std::map<std::string, sched::ConfirmOutcomesRequest> by_round;
    for (const auto& outcome : page.outcomes()) {
      const std::string round = "rounds/" + Segment(outcome.name(), 0);
      by_round[round].add_names(outcome.name());
      RETURN_IF_ERROR(Note(outcome));
    }
    for (auto& [round, confirm] : by_round) {
      confirm.set_parent(round);
      confirm.set_reason("seen in the weekly review");
      confirm.set_request_id("demo-confirm-" + Segment(confirm.names(0), 1));
      RETURN_IF_ERROR(ops_.Unary(*scheduler_, &Stub::ConfirmOutcomes, confirm).status());
    }
  }
}

Status Season::Note(const sched::AdverseOutcome& outcome) {
  if (outcome.kind() != sched::AdverseOutcome::KIND_COHORT_CANCELLED) return absl::OkStatus();
  sched::GetOfferRequest get;
  get.set_name(outcome.offer());
  ASSIGN_OR_RETURN(const sched::Offer offer,
                   ops_.Unary(*scheduler_, &sched::SchedulerService::StubInterface::GetOffer, get));
  cancelled_.cohorts.insert(offer.start() + " " + offer.plan().begins_on());
  cancelled_.people.insert(outcome.switcher());
  return absl::OkStatus();
}

StatusOr<ContractCount> Season::CountContracts() {
  ContractCount count;
  std::map<std::string, int64_t> last_signed;                 // by switcher, in seconds
  std::vector<std::pair<std::string, int64_t>> cohort_ended;  // switcher, and when she had signed
  sched::ListContractsRequest list;
  list.set_page_size(kPage);
  do {
    ASSIGN_OR_RETURN(
        const auto page,
        ops_.Unary(*scheduler_, &sched::SchedulerService::StubInterface::ListContracts, list));
    for (const sched::Contract& contract : page.contracts()) {
      ++count.signed_in_all;
      const int64_t when = contract.signed_time().seconds();
      int64_t& last = last_signed[contract.switcher()];
      last = std::max(last, when);
      if (contract.state() == sched::Contract::STATE_ACTIVE) {
        ++count.active;
        continue;
      }
      ++count.ended[contract.end_reason()];
      if (contract.end_reason() == kCohortCancelled) {
        cohort_ended.emplace_back(contract.switcher(), when);
      }
    }
    list.set_page_token(page.next_page_token());
  } while (!list.page_token().empty());
  count.people = static_cast<int64_t>(last_signed.size());
  for (const auto& [switcher, when] : cohort_ended) {
    if (last_signed[switcher] > when) ++count.again;
  }
  return count;
}

Status Season::SettleFeeds() {
  sched::ListOffersRequest list;
  list.set_page_size(1);
  ASSIGN_OR_RETURN(
      const auto page,
      ops_.Unary(*scheduler_, &sched::SchedulerService::StubInterface::ListOffers, list));
  common::v1::FeedProgress wanted;
  wanted.set_feed("scheduler");
  wanted.set_sequence(page.sequence());
  return AwaitTrajectories({wanted});
}

Status Season::AwaitTrajectories(const std::vector<common::v1::FeedProgress>& at_least) {
  return AwaitFeeds(at_least, [&] {
    return ops_.Unary(*trajectories_, &traj::TrajectoryService::StubInterface::GetFeedProgress,
                      traj::GetFeedProgressRequest());
  });
}

Status Season::FollowExits() {
  common::v1::FeedProgress wanted;
  wanted.set_feed("trajectories");
  wanted.set_sequence(exits_sequence_);
  RETURN_IF_ERROR(AwaitFeeds({wanted}, [&] {
    return ops_.Unary(*scheduler_, &sched::SchedulerService::StubInterface::GetFeedProgress,
                      sched::GetFeedProgressRequest());
  }));
  // An hour later: what is offered to whoever left is offered after that, and begins anew.
  Pass(hours(1));
  return SettleFeeds();
}

Status Season::PlayMonths(int months, const std::function<void(int64_t)>& progress) {
  for (int month = 0; month < months; ++month) {
    const Day next = AddMonths(DayOf(clock_.Now()), 1);
    while (DayOf(clock_.Now()) < next) {
      Pass(hours(7 * 24));
      RETURN_IF_ERROR(ConfirmOutcomes());
      RETURN_IF_ERROR(SettleFeeds());
    }
    for (const auto stage : {traj::STAGE_OP_LOONWAARDE, traj::STAGE_STARTBEKWAAM,
                             traj::STAGE_GESTART, traj::STAGE_CONTRACT}) {
      RETURN_IF_ERROR(PlayStage(stage));
    }
    RETURN_IF_ERROR(FollowExits());
    progress(1);
  }
  return absl::OkStatus();
}

Status Season::PlayStage(traj::Stage stage) {
  traj::ListTrajectoriesRequest list;
  list.set_stage(stage);
  list.set_ended(false);
  list.set_page_size(kPage);
  const Day today = DayOf(clock_.Now());
  do {
    ASSIGN_OR_RETURN(const auto page,
                     ops_.Unary(*trajectories_,
                                &traj::TrajectoryService::StubInterface::ListTrajectories, list));
    for (const traj::Trajectory& trajectory : page.trajectories()) {
      RETURN_IF_ERROR(PlayTrajectory(trajectory, today));
    }
    list.set_page_token(page.next_page_token());
  } while (!list.page_token().empty());
  return absl::OkStatus();
}

Fate Season::FateOf(const traj::Trajectory& trajectory) const {
  return DrawFate(seed_, OrderOf(trajectory.switcher()), behaviour_, trajectory);
}

// At most one thing happens to somebody in a month; what is due is done with its own date.
Status Season::PlayTrajectory(const traj::Trajectory& trajectory, Day today) {
  const Fate fate = FateOf(trajectory);
  if (fate.exit_on && *fate.exit_on <= today && fate.exit_stage == trajectory.stage()) {
    return Exit(trajectory, fate.exit_reason, *fate.exit_on);
  }
  switch (trajectory.stage()) {
    case traj::STAGE_CONTRACT:
      if (fate.begins_on > today) return absl::OkStatus();
      return Advance(trajectory, traj::STAGE_GESTART, fate.begins_on);
    case traj::STAGE_GESTART:
      return PlayLearning(trajectory, fate, today);
    default:
      return PlayWorking(trajectory, fate, today);
  }
}

Status Season::PlayLearning(const traj::Trajectory& trajectory, const Fate& fate, Day today) {
  using Stub = traj::TrajectoryService::StubInterface;
  const bool paused =
      !trajectory.pauses().empty() && trajectory.pauses(trajectory.pauses_size() - 1).to().empty();
  if (paused) {
    if (fate.back_on > today) return absl::OkStatus();
    traj::ResumeTrajectoryRequest resume;
    resume.set_name(trajectory.name());
    resume.set_on(FormatDay(fate.back_on));
    resume.set_request_id("demo-resume-" + Segment(trajectory.name(), 0));
    return ops_.Unary(*trajectories_, &Stub::ResumeTrajectory, resume).status();
  }
  if (fate.ill_on && *fate.ill_on <= today && trajectory.pauses().empty()) {
    traj::PauseTrajectoryRequest pause;
    pause.set_name(trajectory.name());
    pause.set_from(FormatDay(*fate.ill_on));
    pause.set_reason("ILLNESS");
    pause.set_request_id("demo-pause-" + Segment(trajectory.name(), 0));
    return ops_.Unary(*trajectories_, &Stub::PauseTrajectory, pause).status();
  }
  const traj::Stage next =
      trajectory.direct() ? traj::STAGE_OP_LOONWAARDE : traj::STAGE_STARTBEKWAAM;
  const Day due = trajectory.direct() ? fate.worth_on : fate.able_on;
  if (due <= today) return Advance(trajectory, next, due);
  const int32_t hours_done = fate.HoursDone(trajectory.plan_hours(), today);
  if (hours_done <= trajectory.hours_done()) return absl::OkStatus();
  traj::UpdateTrajectoryRequest update;
  update.mutable_trajectory()->set_name(trajectory.name());
  update.mutable_trajectory()->set_hours_done(hours_done);
  update.mutable_update_mask()->add_paths("hours_done");
  update.set_request_id("demo-hours-" + Segment(trajectory.name(), 0) + "-" + FormatDay(today));
  return ops_.Unary(*trajectories_, &Stub::UpdateTrajectory, update).status();
}

Status Season::PlayWorking(const traj::Trajectory& trajectory, const Fate& fate, Day today) {
  if (trajectory.stage() == traj::STAGE_STARTBEKWAAM) {
    if (fate.worth_on > today) return absl::OkStatus();
    return Advance(trajectory, traj::STAGE_OP_LOONWAARDE, fate.worth_on);
  }
  if (trajectory.direct() || fate.diploma_on > today) return absl::OkStatus();
  return Advance(trajectory, traj::STAGE_GEDIPLOMEERD, fate.diploma_on);
}

Status Season::Advance(const traj::Trajectory& trajectory, traj::Stage to, Day on) {
  traj::AdvanceTrajectoryRequest request;
  request.set_name(trajectory.name());
  request.set_to(to);
  request.set_occurred_on(FormatDay(on));
  request.set_request_id("demo-stage-" + Segment(trajectory.name(), 0) + "-" + std::to_string(to));
  if (to == traj::STAGE_STARTBEKWAAM || to == traj::STAGE_GEDIPLOMEERD) {
    auto* evidence = request.add_evidence();
    evidence->set_kind(to == traj::STAGE_GEDIPLOMEERD ? traj::Evidence::KIND_DIPLOMA
                                                      : traj::Evidence::KIND_MICROCREDENTIAL);
    evidence->set_issuer(Segment(trajectory.start(), 0));
    evidence->set_reference("demo-" + std::to_string(OrderOf(trajectory.switcher())) + "-" +
                            std::to_string(to));
    evidence->set_issued_on(FormatDay(on));
  }
  return ops_
      .Unary(*trajectories_, &traj::TrajectoryService::StubInterface::AdvanceTrajectory, request)
      .status();
}

// Who decides it says so, and why; when she left herself the coordinator writes it down.
Status Season::Exit(const traj::Trajectory& trajectory, traj::ExitReason reason, Day on) {
  traj::ExitTrajectoryRequest request;
  request.set_name(trajectory.name());
  request.set_reason(reason);
  request.set_on(FormatDay(on));
  request.set_request_id("demo-exit-" + Segment(trajectory.name(), 0));
  std::optional<rpc::Caller> decider;
  if (reason == traj::EXIT_REASON_ASSESSMENT_FAILED) {
    decider.emplace(OpleiderOf(trajectory.start()));
    request.set_explanation("the second attempt was not enough either");
  } else if (reason == traj::EXIT_REASON_EMPLOYER_WITHDREW ||
             reason == traj::EXIT_REASON_CONTRACT_ENDED) {
    decider.emplace(EmployerOf(trajectory.vacancy()));
    request.set_explanation("there is no work for her any more");
  }
  rpc::Caller& caller = decider.has_value() ? *decider : ops_;
  ASSIGN_OR_RETURN(const traj::Trajectory left,
                   caller.Unary(*trajectories_,
                                &traj::TrajectoryService::StubInterface::ExitTrajectory, request));
  exits_sequence_ = std::max(exits_sequence_, left.sequence());
  return absl::OkStatus();
}

}  // namespace matchgo::demo
