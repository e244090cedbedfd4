#include "services/trajectories/module.h"

#include <grpcpp/server_builder.h>

#include <chrono>
#include <optional>
#include <utility>
#include <vector>

#include "common/base/status_macros.h"
#include "common/metrics/sql_probe.h"
#include "common/sql/database.h"
#include "common/sql/event_log.h"
#include "common/sql/request_log.h"
#include "common/vault/vault.h"
#include "services/trajectories/actions/follow_feeds.h"
#include "services/trajectories/clients/grpc_match_feed.h"
#include "services/trajectories/clients/grpc_profile_feed.h"
#include "services/trajectories/clients/grpc_record_keeper.h"
#include "services/trajectories/rpc/trajectory_service.h"
#include "services/trajectories/runner/deadline_runner.h"
#include "services/trajectories/store/feed_store.h"
#include "services/trajectories/store/funnel_store.h"
#include "services/trajectories/store/schema/migrations.h"
#include "services/trajectories/trajectories_probe.h"

namespace matchgo::trajectories {
namespace {

constexpr std::chrono::hours kKeysKept{48};
constexpr std::chrono::hours kPruneEvery{1};
// Counting all that run reads an index of them; nobody scrapes more often.
constexpr std::chrono::seconds kCountEvery{5};

const Status& NotSynced() {
  static const Status kStatus =
      Unavailable({"FEEDS_BEHIND", "the feeds of the neighbours were not read yet"});
  return kStatus;
}

Call OwnCall(Instant now) {
  Call call;
  call.now = now;
  call.principal.role = Role::kService;
  call.method = "trajectories";
  return call;
}

class TrajectoriesModule final : public Module {
 public:
  TrajectoriesModule(Environment& environment, std::unique_ptr<sql::Database> database,
                     std::unique_ptr<Vault> vault, MakeNewsFeeds make_feeds)
      : clock_(environment.clock),
        entropy_(environment.entropy),
        make_feeds_(std::move(make_feeds)),
        vault_(std::move(vault)),
        database_(std::move(database)),
        service_(environment, *database_, *vault_,
                 [this](const Call& call, const domain::Trajectory& draft) {
                   return records_.Find(call, draft);
                 }),
        deadlines_(*database_),
        probe_(environment.metrics),
        counted_(database_->sequence()) {}
  ~TrajectoriesModule() override { StopFeeds(); }

  std::string_view name() const override { return "trajectories"; }
  void Register(grpc::ServerBuilder& builder) override { builder.RegisterService(&service_); }
  Status Start(const Neighbours& neighbours) override;
  void Tick(Instant now) override;
  Status Ready() override;
  void Stop() override {
    StopFeeds();
    database_->Stop();
  }

 private:
  // The sink of a feed: one write for each batch, joined with whatever else is being committed.
  template <class News>
  NewsSink<News> SinkOf(std::optional<int64_t> resume_from,
                        Status (*follow)(sql::Tx&, Entropy&, const std::vector<News>&,
                                         std::optional<int64_t>)) {
    NewsSink<News> sink;
    sink.resume_from = resume_from;
    sink.take = [this, follow](std::vector<News> news, std::optional<int64_t> mark,
                               typename NewsSink<News>::Done done) {
      database_->Submit(
          OwnCall(clock_.Now()),
          [this, follow, news = std::move(news), mark](sql::Tx& tx) {
            return follow(tx, entropy_, news, mark);
          },
          [done = std::move(done)](const Status& status) { done(status); });
    };
    return sink;
  }
  // The same sink, after the keys of those who were erased are gone.
  NewsSink<domain::ProfileNews> ForgettingFirst(NewsSink<domain::ProfileNews> sink) {
    sink.take = [this, keep = std::move(sink.take)](std::vector<domain::ProfileNews> news,
                                                    std::optional<int64_t> mark,
                                                    NewsSink<domain::ProfileNews>::Done done) {
      for (const domain::ProfileNews& item : news) {
        if (!item.erased) continue;
        if (Status status = vault_->Destroy(item.switcher.value()); !status.ok()) {
          return done(status);
        }
      }
      keep(std::move(news), mark, std::move(done));
    };
    return sink;
  }
  StatusOr<std::optional<int64_t>> Position(const char* feed) {
    return database_->Read(OwnCall(clock_.Now()),
                           [feed](sql::Tx& tx) { return store::FeedStore(tx).Position(feed); });
  }
  void StopFeeds() {
    if (feeds_.profiles != nullptr) feeds_.profiles->Stop();
    if (feeds_.matches != nullptr) feeds_.matches->Stop();
  }
  void ShowNumbers(const Call& call);

  const Clock& clock_;
  Entropy& entropy_;
  const MakeNewsFeeds make_feeds_;
  const std::unique_ptr<Vault> vault_;
  std::unique_ptr<sql::Database> database_;
  clients::GrpcRecordKeeper records_;
  TrajectoryService service_;
  DeadlineRunner deadlines_;
  TrajectoriesProbe probe_;
  int64_t counted_;  // effects up to this sequence are in the counters
  int64_t shown_ = -1;
  Instant next_count_;
  Instant next_prune_;
  NewsFeeds feeds_;
};

Status TrajectoriesModule::Start(const Neighbours& neighbours) {
  ASSIGN_OR_RETURN(const std::optional<int64_t> profiles, Position(store::kProfiles));
  ASSIGN_OR_RETURN(const std::optional<int64_t> matches, Position(store::kScheduler));
  const auto owner = [&](std::string_view service) {
    return neighbours.has(service) ? neighbours.channel(service) : nullptr;
  };
  records_.Connect({.profiles = owner("profiles"),
                    .vacancies = owner("vacancies"),
                    .programmes = owner("programmes"),
                    .scheduler = owner("scheduler")});
  feeds_ = make_feeds_(neighbours);
  feeds_.profiles->Start(ForgettingFirst(SinkOf<domain::ProfileNews>(profiles, &FollowProfiles)));
  feeds_.matches->Start(SinkOf<domain::MatchNews>(matches, &FollowMatches));
  return absl::OkStatus();
}

void TrajectoriesModule::Tick(Instant now) {
  const Call call = OwnCall(now);
  // What fails here is tried again a second later; the store reports its own trouble.
  (void)deadlines_.Tick(call);
  ShowNumbers(call);
  if (now < next_prune_) return;
  next_prune_ = now + kPruneEvery;
  database_->Submit(
      call, [now](sql::Tx& tx) { return sql::PruneReplies(tx, now - kKeysKept).status(); },
      [](const Status&) {});
}

void TrajectoriesModule::ShowNumbers(const Call& call) {
  const int64_t newest = database_->sequence();
  if (newest == shown_ || call.now < next_count_) return;
  std::vector<domain::Effect> effects;
  std::vector<domain::Running> running;
  const Status read = database_->Read(call, [&](sql::Tx& tx) -> Status {
    store::FunnelStore funnel(tx);
    ASSIGN_OR_RETURN(effects, funnel.ReadEffects(counted_, newest));
    ASSIGN_OR_RETURN(running, funnel.CountRunning());
    return absl::OkStatus();
  });
  if (!read.ok()) return;
  probe_.Count(effects);
  probe_.SetRunning(running);
  counted_ = newest;
  shown_ = newest;
  next_count_ = call.now + kCountEvery;
}

Status TrajectoriesModule::Ready() {
  for (const char* const feed : {store::kProfiles, store::kScheduler}) {
    ASSIGN_OR_RETURN(const std::optional<int64_t> position, Position(feed));
    if (!position.has_value()) return NotSynced();
  }
  return absl::OkStatus();
}

}  // namespace

StatusOr<std::unique_ptr<Module>> MakeTrajectoriesModuleWith(Environment& environment,
                                                             MakeNewsFeeds make_feeds) {
  sql::DatabaseOptions options;
  options.file = environment.data_dir / "trajectories.db";
  options.name = "trajectories";
  options.migrations = store::schema::Migrations();
  ASSIGN_OR_RETURN(auto database,
                   sql::Database::Open(std::move(options), environment.clock,
                                       metrics::ObserveSql(environment.metrics, "trajectories")));
  VaultOptions keys;
  keys.folder = environment.data_dir / "trajectories-keys";
  ASSIGN_OR_RETURN(auto vault, Vault::Open(keys, environment.clock));
  return std::make_unique<TrajectoriesModule>(environment, std::move(database), std::move(vault),
                                              std::move(make_feeds));
}

StatusOr<std::unique_ptr<Module>> MakeTrajectoriesModule(Environment& environment) {
  return MakeTrajectoriesModuleWith(environment, [&environment](const Neighbours& neighbours) {
    return NewsFeeds{.profiles = MakeGrpcProfileFeed(neighbours.channel("profiles"), environment),
                     .matches = MakeGrpcMatchFeed(neighbours.channel("scheduler"), environment)};
  });
}

}  // namespace matchgo::trajectories
