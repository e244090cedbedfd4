#include "services/vacancies/module.h"

#include <grpcpp/server_builder.h>

#include <chrono>
#include <string_view>
#include <utility>

#include "common/base/status_macros.h"
#include "common/metrics/sql_probe.h"
#include "common/sql/database.h"
#include "common/sql/request_log.h"
#include "services/vacancies/clients/grpc_seat_keeper.h"
#include "services/vacancies/clients/grpc_vocabulary.h"
#include "services/vacancies/rpc/vacancy_service.h"
#include "services/vacancies/store/schema/migrations.h"

namespace matchgo::vacancies {
namespace {

constexpr std::string_view kName = "vacancies";
// Callers may repeat a request this long (proto: request_id).
constexpr Duration kRepliesKept = std::chrono::hours(48);
constexpr Duration kPruneEvery = std::chrono::hours(1);

class VacanciesModule final : public Module {
 public:
  VacanciesModule(Environment& environment, std::unique_ptr<sql::Database> database)
      : database_(std::move(database)),
        service_(
            environment, *database_,
            [this](const Call& call, const domain::SeatRelease& release) {
              return seat_keeper_.Release(call, release);
            },
            [this](const Call& call, const EmployerId& employer) {
              return seat_keeper_.HasContracts(call, employer);
            },
            [this](const Call& call, const domain::References& asked) {
              return vocabulary_.Unknown(call, asked);
            }) {}

  std::string_view name() const override { return kName; }
  void Register(grpc::ServerBuilder& builder) override { builder.RegisterService(&service_); }

  Status Start(const Neighbours& neighbours) override {
    seat_keeper_.Connect(neighbours.has("scheduler") ? neighbours.channel("scheduler") : nullptr);
    vocabulary_.Connect(neighbours.has("programmes") ? neighbours.channel("programmes") : nullptr);
    return absl::OkStatus();
  }

  void Tick(Instant now) override {
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
  clients::GrpcSeatKeeper seat_keeper_;
  clients::GrpcVocabulary vocabulary_;
  const std::unique_ptr<sql::Database> database_;
  rpc::VacancyService service_;
  Instant pruned_;
};

}  // namespace

StatusOr<std::unique_ptr<Module>> MakeVacanciesModule(Environment& environment) {
  ASSIGN_OR_RETURN(
      std::unique_ptr<sql::Database> database,
      sql::Database::Open({.file = environment.data_dir / "vacancies.db",
                           .name = std::string(kName),
                           .migrations = store::schema::Migrations()},
                          environment.clock,
                          metrics::ObserveSql(environment.metrics, std::string(kName))));
  return std::make_unique<VacanciesModule>(environment, std::move(database));
}

}  // namespace matchgo::vacancies
