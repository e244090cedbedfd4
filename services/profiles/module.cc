#include "services/profiles/module.h"

#include <grpcpp/server_builder.h>

#include <chrono>
#include <string_view>
#include <utility>

#include "common/base/status_macros.h"
#include "common/metrics/cache_probe.h"
#include "common/metrics/sql_probe.h"
#include "common/sql/database.h"
#include "common/sql/request_log.h"
#include "common/vault/vault.h"
#include "services/profiles/clients/grpc_vocabulary.h"
#include "services/profiles/rpc/profile_service.h"
#include "services/profiles/store/schema/migrations.h"

namespace matchgo::profiles {
namespace {

constexpr std::string_view kName = "profiles";
// Callers may repeat a request this long (proto: request_id).
constexpr Duration kRepliesKept = std::chrono::hours(48);
constexpr Duration kPruneEvery = std::chrono::hours(1);

class ProfilesModule final : public Module {
 public:
  ProfilesModule(Environment& environment, std::unique_ptr<Vault> vault,
                 std::unique_ptr<sql::Database> database)
      : vault_(std::move(vault)),
        database_(std::move(database)),
        service_(environment, *database_, *vault_,
                 [this](const Call& call, const domain::References& asked) {
                   return vocabulary_.Unknown(call, asked);
                 }),
        cache_probe_(environment.metrics, "switchers") {}

  std::string_view name() const override { return kName; }
  void Register(grpc::ServerBuilder& builder) override { builder.RegisterService(&service_); }

  Status Start(const Neighbours& neighbours) override {
    vocabulary_.Connect(neighbours.has("programmes") ? neighbours.channel("programmes") : nullptr);
    return absl::OkStatus();
  }

  void Tick(Instant now) override {
    const CacheStats cached = service_.cache_stats();
    cache_probe_.Show(cached.hits, cached.misses, cached.entries, cached.bytes);
    if (now - pruned_ < kPruneEvery) return;
    pruned_ = now;
    Call call;
    call.now = now;
    call.principal.role = Role::kService;
    // What fails now is done an hour later.
    database_->Submit(
        call, [now](sql::Tx& tx) { return sql::PruneReplies(tx, now - kRepliesKept).status(); },
        [](const Status&) {});
  }

  Status Ready() override {
    return database_->Read(Call(), [](sql::Tx& tx) { return sql::LastSequence(tx).status(); });
  }

  void Stop() override { database_->Stop(); }

 private:
  const std::unique_ptr<Vault> vault_;
  const std::unique_ptr<sql::Database> database_;
  clients::GrpcVocabulary vocabulary_;
  rpc::ProfileService service_;
  metrics::CacheProbe cache_probe_;
  Instant pruned_;
};

}  // namespace

StatusOr<std::unique_ptr<Module>> MakeProfilesModule(Environment& environment) {
  // Keys are kept apart from the data, so that backups can leave them out.
  ASSIGN_OR_RETURN(
      std::unique_ptr<Vault> vault,
      Vault::Open({.folder = environment.data_dir / "keys" / "profiles"}, environment.clock,
                  metrics::ObserveSql(environment.metrics, "profiles_keys")));
  ASSIGN_OR_RETURN(
      std::unique_ptr<sql::Database> database,
      sql::Database::Open({.file = environment.data_dir / "profiles.db",
                           .name = std::string(kName),
                           .migrations = store::schema::Migrations()},
                          environment.clock,
                          metrics::ObserveSql(environment.metrics, std::string(kName))));
  return std::make_unique<ProfilesModule>(environment, std::move(vault), std::move(database));
}

}  // namespace matchgo::profiles
