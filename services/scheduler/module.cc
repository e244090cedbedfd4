#include "services/scheduler/module.h"

#include <grpcpp/server_builder.h>

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include "common/base/status_macros.h"
#include "common/metrics/sql_probe.h"
#include "common/sql/database.h"
#include "common/sql/event_log.h"
#include "common/sql/request_log.h"
#include "common/vault/vault.h"
#include "services/scheduler/clients/grpc_feeds.h"
#include "services/scheduler/deps.h"
#include "services/scheduler/round_lanes.h"
#include "services/scheduler/rpc/scheduler_service.h"
#include "services/scheduler/runner/bound_keeper.h"
#include "services/scheduler/runner/round_runner.h"
#include "services/scheduler/runner/view_keeper.h"
#include "services/scheduler/store/schema/migrations.h"

namespace matchgo::scheduler {
namespace {

constexpr std::chrono::hours kKeysKept{48};
constexpr std::chrono::hours kPruneEvery{1};
constexpr unsigned kLanesMax = 64;

class SchedulerModule final : public Module {
 public:
  SchedulerModule(Environment& environment, std::unique_ptr<sql::Database> database,
                  std::unique_ptr<Vault> vault)
      : environment_(environment),
        database_(std::move(database)),
        vault_(std::move(vault)),
        probe_(environment.metrics),
        lanes_(static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1U, kLanesMax))),
        deps_{.database = *database_,
              .vault = *vault_,
              .entropy = environment.entropy,
              .clock = environment.clock,
              .profiles = profiles_,
              .vacancies = vacancies_,
              .programmes = programmes_,
              .trajectories = trajectories_,
              .shelf = shelf_,
              .window = window_,
              .probe = probe_,
              .parallel = lanes_},
        runner_(deps_),
        bounds_(deps_),
        keeper_(deps_),
        service_(environment, deps_) {}

  std::string_view name() const override { return "scheduler"; }
  void Register(grpc::ServerBuilder& builder) override { builder.RegisterService(&service_); }
  Status Start(const Neighbours& neighbours) override {
    profiles_.Start(neighbours.channel("profiles"), environment_.metrics);
    vacancies_.Start(neighbours.channel("vacancies"), environment_.metrics);
    programmes_.Start(neighbours.channel("programmes"), environment_.metrics);
    trajectories_.Start(neighbours.channel("trajectories"), environment_.metrics);
    bounds_.Start();
    keeper_.Start();
    return absl::OkStatus();
  }
  void Tick(Instant now) override {
    runner_.Tick(now);
    if (now < next_prune_) return;
    next_prune_ = now + kPruneEvery;
    // A failure costs nothing but space; the next hour tries again.
    database_->Submit(
        OwnCall(now),
        [now](sql::Tx& tx) { return sql::PruneReplies(tx, now - kKeysKept).status(); },
        [](const Status&) {});
  }
  Status Ready() override {
    // Without trajectories rounds go on; what departures free comes later.
    for (const FeedProgress& feed :
         {profiles_.progress(), vacancies_.progress(), programmes_.progress()}) {
      if (!feed.synced) return Unavailable({"FEEDS_BEHIND", "a feed was not read once yet"});
    }
    return database_->Read(OwnCall(Instant()), [](sql::Tx& tx) { return sql::LastSequence(tx); })
        .status();
  }
  void Stop() override {
    bounds_.Stop();
    keeper_.Stop();
    profiles_.Stop();
    vacancies_.Stop();
    programmes_.Stop();
    trajectories_.Stop();
    database_->Stop();
  }

 private:
  static Call OwnCall(Instant now) {
    Call call;
    call.now = now;
    call.principal.role = Role::kService;
    call.method = "scheduler";
    return call;
  }

  Environment& environment_;
  std::unique_ptr<sql::Database> database_;
  std::unique_ptr<Vault> vault_;
  GrpcProfileFeed profiles_;
  GrpcVacancyFeed vacancies_;
  GrpcProgrammeFeed programmes_;
  GrpcTrajectoryFeed trajectories_;
  MarketShelf shelf_;
  MarketWindow window_;
  SchedulerProbe probe_;
  RoundLanes lanes_;
  Deps deps_;
  RoundRunner runner_;
  BoundKeeper bounds_;
  ViewKeeper keeper_;
  SchedulerService service_;
  Instant next_prune_;
};

}  // namespace

StatusOr<std::unique_ptr<Module>> MakeSchedulerModule(Environment& environment) {
  sql::DatabaseOptions options;
  options.file = environment.data_dir / "scheduler.db";
  options.name = "scheduler";
  options.migrations = store::Migrations();
  ASSIGN_OR_RETURN(auto database,
                   sql::Database::Open(std::move(options), environment.clock,
                                       metrics::ObserveSql(environment.metrics, "scheduler")));
  VaultOptions keys;
  keys.folder = environment.data_dir / "scheduler-keys";
  ASSIGN_OR_RETURN(auto vault, Vault::Open(keys, environment.clock));
  return std::make_unique<SchedulerModule>(environment, std::move(database), std::move(vault));
}

}  // namespace matchgo::scheduler
