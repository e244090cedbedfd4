// The feeds over gRPC: list, then watch, into records in memory.
//
// Each follows its neighbour on one thread from Start to Stop. Thread-safe otherwise. Test:
// tests/unit/services/scheduler/service_test.cc
#pragma once

#include <grpcpp/channel.h>

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "common/rpc/channel.h"
#include "common/rpc/feed_follower.h"
#include "common/service/environment.h"
#include "matchgo/profiles/v1/profile_service.grpc.pb.h"
#include "matchgo/programmes/v1/programme_service.grpc.pb.h"
#include "matchgo/trajectories/v1/trajectory_service.grpc.pb.h"
#include "matchgo/vacancies/v1/vacancy_service.grpc.pb.h"
#include "services/scheduler/clients/profile_feed.h"
#include "services/scheduler/clients/programme_feed.h"
#include "services/scheduler/clients/record_table.h"
#include "services/scheduler/clients/trajectory_feed.h"
#include "services/scheduler/clients/vacancy_feed.h"

namespace matchgo::scheduler {

// What they have in common: a follower that may not have started yet.
template <class Change>
class Following {
 public:
  void Start(const std::string& feed, metrics::Metrics& metrics, rpc::FeedSource<Change> source) {
    rpc::FeedLoop::Options options;
    options.consumer = "scheduler";
    options.feed = feed;
    follower_ =
        std::make_unique<rpc::FeedFollower<Change>>(std::move(options), metrics, std::move(source));
  }
  void Stop() {
    if (follower_ != nullptr) follower_->Stop();
  }
  FeedProgress progress(const std::string& feed) const {
    if (follower_ == nullptr) return {.feed = feed, .sequence = 0, .synced = false};
    return {.feed = feed, .sequence = follower_->position(), .synced = follower_->synced()};
  }
  bool WaitFor(int64_t sequence, std::chrono::milliseconds longest) {
    return follower_ != nullptr && follower_->WaitFor(sequence, longest);
  }

 private:
  std::unique_ptr<rpc::FeedFollower<Change>> follower_;
};

class GrpcProfileFeed final : public ProfileFeed {
 public:
  void Start(const std::shared_ptr<grpc::Channel>& channel, metrics::Metrics& metrics);
  void Stop() { following_.Stop(); }
  FeedProgress progress() const override { return following_.progress("profiles"); }
  bool WaitFor(int64_t sequence, std::chrono::milliseconds longest) override {
    return following_.WaitFor(sequence, longest);
  }
  std::vector<domain::SwitcherRecord> Switchers() const override { return table_.All(); }
  std::optional<domain::SwitcherRecord> Find(const std::string& id) const override {
    return table_.Find(id);
  }
  int64_t erasures() const override { return erasures_.load(); }

 private:
  StatusOr<int64_t> List(rpc::Caller& caller);
  Status Apply(const profiles::v1::SwitcherChange& change);

  std::unique_ptr<profiles::v1::ProfileService::StubInterface> stub_;
  RecordTable<domain::SwitcherRecord> table_;
  std::atomic<int64_t> erasures_{0};
  Following<profiles::v1::SwitcherChange> following_;
};

class GrpcVacancyFeed final : public VacancyFeed {
 public:
  void Start(const std::shared_ptr<grpc::Channel>& channel, metrics::Metrics& metrics);
  void Stop() { following_.Stop(); }
  FeedProgress progress() const override { return following_.progress("vacancies"); }
  bool WaitFor(int64_t sequence, std::chrono::milliseconds longest) override {
    return following_.WaitFor(sequence, longest);
  }
  std::vector<domain::VacancyRecord> Vacancies() const override { return table_.All(); }
  std::optional<domain::VacancyRecord> Find(const std::string& name) const override {
    return table_.Find(name);
  }

 private:
  StatusOr<int64_t> List(rpc::Caller& caller);
  Status Apply(const vacancies::v1::VacancyChange& change);

  std::unique_ptr<vacancies::v1::VacancyService::StubInterface> stub_;
  RecordTable<domain::VacancyRecord> table_;
  Following<vacancies::v1::VacancyChange> following_;
};

class GrpcProgrammeFeed final : public ProgrammeFeed {
 public:
  void Start(const std::shared_ptr<grpc::Channel>& channel, metrics::Metrics& metrics);
  void Stop() { following_.Stop(); }
  FeedProgress progress() const override { return following_.progress("programmes"); }
  bool WaitFor(int64_t sequence, std::chrono::milliseconds longest) override {
    return following_.WaitFor(sequence, longest);
  }
  std::vector<domain::ProgrammeRecord> Programmes() const override { return programmes_.All(); }
  std::vector<domain::StartRecord> Starts() const override { return starts_.All(); }
  std::optional<domain::StartRecord> FindStart(const std::string& name) const override {
    return starts_.Find(name);
  }
  Status BeginStart(const std::string& name, Day begins_on, const std::string& request_id) override;
  Status CancelStart(const std::string& name, const std::string& explanation,
                     const std::string& request_id) override;

 private:
  StatusOr<int64_t> List(rpc::Caller& caller);
  Status Apply(const programmes::v1::ProgrammeChange& change);

  std::unique_ptr<programmes::v1::ProgrammeService::StubInterface> stub_;
  rpc::Caller caller_;
  RecordTable<domain::ProgrammeRecord> programmes_;
  RecordTable<domain::StartRecord> starts_;
  Following<programmes::v1::ProgrammeChange> following_;
};

class GrpcTrajectoryFeed final : public TrajectoryFeed {
 public:
  void Start(const std::shared_ptr<grpc::Channel>& channel, metrics::Metrics& metrics);
  void Stop() { following_.Stop(); }
  FeedProgress progress() const override { return following_.progress("trajectories"); }
  bool WaitFor(int64_t sequence, std::chrono::milliseconds longest) override {
    return following_.WaitFor(sequence, longest);
  }
  std::vector<domain::DepartureRecord> Departures() const override;
  void Forget(int64_t sequence) override;

 private:
  StatusOr<int64_t> List(rpc::Caller& caller);
  void Take(const trajectories::v1::Trajectory& trajectory);

  std::unique_ptr<trajectories::v1::TrajectoryService::StubInterface> stub_;
  mutable std::mutex mutex_;
  std::map<int64_t, domain::DepartureRecord> departures_;  // by sequence
  Following<trajectories::v1::TrajectoryChange> following_;
};

}  // namespace matchgo::scheduler
