#include "services/programmes/module.h"

#include <grpcpp/server_builder.h>

#include <chrono>
#include <utility>

#include "common/base/status_macros.h"
#include "common/metrics/sql_probe.h"
#include "common/sql/database.h"
#include "common/sql/event_log.h"
#include "common/sql/request_log.h"
#include "services/programmes/clients/grpc_seat_keeper.h"
#include "services/programmes/rpc/programme_service.h"
#include "services/programmes/store/schema/migrations.h"

namespace matchgo::programmes {
namespace {

constexpr std::chrono::hours kKeysKept{48};
constexpr std::chrono::hours kPruneEvery{1};

class ProgrammesModule final : public Module {
 public:
  ProgrammesModule(Environment& environment, std::unique_ptr<sql::Database> database)
      : database_(std::move(database)),
        seat_keeper_(environment.entropy),
        service_(environment, *database_, seat_keeper_) {}

  std::string_view name() const override { return "programmes"; }
  void Register(grpc::ServerBuilder& builder) override { builder.RegisterService(&service_); }
  Status Start(const Neighbours& neighbours) override {
    seat_keeper_.Connect(neighbours.has("scheduler") ? neighbours.channel("scheduler") : nullptr);
    return absl::OkStatus();
  }
  void Tick(Instant now) override {
    if (now < next_prune_) return;
    next_prune_ = now + kPruneEvery;
    // A failure costs nothing but space; the next hour tries again.
    database_->Submit(
        OwnCall(now),
        [now](sql::Tx& tx) { return sql::PruneReplies(tx, now - kKeysKept).status(); },
        [](const Status&) {});
  }
  Status Ready() override {
    return database_->Read(OwnCall(Instant()), [](sql::Tx& tx) { return sql::LastSequence(tx); })
        .status();
  }
  void Stop() override { database_->Stop(); }

 private:
  static Call OwnCall(Instant now) {
    Call call;
    call.now = now;
    call.principal.role = Role::kService;
    call.method = "programmes";
    return call;
  }

  std::unique_ptr<sql::Database> database_;
  GrpcSeatKeeper seat_keeper_;
  ProgrammeService service_;
  Instant next_prune_;
};

}  // namespace

StatusOr<std::unique_ptr<Module>> MakeProgrammesModule(Environment& environment) {
  sql::DatabaseOptions options;
  options.file = environment.data_dir / "programmes.db";
  options.name = "programmes";
  options.migrations = store::schema::Migrations();
  ASSIGN_OR_RETURN(auto database,
                   sql::Database::Open(std::move(options), environment.clock,
                                       metrics::ObserveSql(environment.metrics, "programmes")));
  return std::make_unique<ProgrammesModule>(environment, std::move(database));
}

}  // namespace matchgo::programmes
