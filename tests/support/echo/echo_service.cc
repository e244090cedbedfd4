#include "tests/support/echo/echo_service.h"

#include <utility>
#include <vector>

#include "common/rpc/import_reactor.h"
#include "common/rpc/serve_unary.h"
#include "common/rpc/watch_reactor.h"

namespace matchgo::echo {
namespace {

constexpr sql::Query kInsert{"insert_echo", "INSERT INTO echo (text) VALUES (:p1)", ""};
constexpr char kSchema[] = "CREATE TABLE echo (id INTEGER PRIMARY KEY, text TEXT NOT NULL);";

}  // namespace

void Gate::Wait() {
  std::unique_lock lock(mutex_);
  ++arrivals_;
  changed_.notify_all();
  changed_.wait(lock, [this] { return open_; });
}

void Gate::Open() {
  const std::lock_guard lock(mutex_);
  open_ = true;
  changed_.notify_all();
}

void Gate::AwaitArrivals(int count) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return arrivals_ >= count; });
}

EchoService::EchoService(Environment& environment, sql::Database& database)
    : environment_(environment),
      database_(database),
      endpoint_(environment, pb::EchoService::service_full_name()) {}

StatusOr<pb::Echo> EchoService::Find(const std::string& name) {
  work_count_.fetch_add(1);
  if (name.starts_with("echoes/wait")) gate_.Wait();
  if (name == "echoes/absent") return NotFound({"NOT_FOUND", "there is no such echo"});
  if (name == "echoes/broken") return Internal("the secret of the house");
  pb::Echo echo = ValidEcho();
  echo.set_name(name);
  return echo;
}

grpc::ServerUnaryReactor* EchoService::GetEcho(grpc::CallbackServerContext* context,
                                               const pb::GetEchoRequest* request, pb::Echo* reply) {
  latest_get_ = context;
  return rpc::ServeRead(endpoint_, context, request, reply,
                        [this](const Call&, const pb::GetEchoRequest& in) -> StatusOr<pb::Echo> {
                          return Find(in.name());
                        });
}

grpc::ServerUnaryReactor* EchoService::GetCachedEcho(grpc::CallbackServerContext* context,
                                                     const pb::GetCachedEchoRequest* request,
                                                     pb::Echo* reply) {
  return rpc::ServeCached(
      endpoint_, context, request, reply,
      [](const Call&, const pb::GetCachedEchoRequest& in) -> std::shared_ptr<const pb::Echo> {
        if (in.name() != "echoes/hit") return nullptr;
        return std::make_shared<pb::Echo>(ValidEcho("cached"));
      },
      [this](const Call&, const pb::GetCachedEchoRequest& in) -> StatusOr<pb::Echo> {
        return Find(in.name());
      });
}

grpc::ServerUnaryReactor* EchoService::PingEcho(grpc::CallbackServerContext* context,
                                                const pb::PingEchoRequest*, pb::Echo* reply) {
  *reply = ValidEcho();
  auto* reactor = context->DefaultReactor();
  reactor->Finish(grpc::Status::OK);
  return reactor;
}

StatusOr<pb::Echo> EchoService::Store(sql::Tx& tx, const pb::Echo& echo) {
  const StatusOr<int64_t> changed = tx.Execute(kInsert, {echo.text()});
  if (!changed.ok()) return changed.status();
  pb::Echo stored = echo;
  stored.set_version(tx.AppendEvent({.kind = "echo.created",
                                     .resource = "echoes/" + echo.text(),
                                     .version = 1,
                                     .tenant = tx.call().principal.tenant}));
  return stored;
}

grpc::ServerUnaryReactor* EchoService::CreateEcho(grpc::CallbackServerContext* context,
                                                  const pb::CreateEchoRequest* request,
                                                  pb::Echo* reply) {
  return rpc::ServeWrite(
      endpoint_, database_, context, request, reply,
      [this](sql::Tx& tx, const Call&, const pb::CreateEchoRequest& in) -> StatusOr<pb::Echo> {
        work_count_.fetch_add(1);
        if (in.echo().text() == "refuse") {
          return Precondition({"REFUSED", "this text is refused"});
        }
        return Store(tx, in.echo());
      },
      seal);
}

grpc::ServerUnaryReactor* EchoService::StepEcho(grpc::CallbackServerContext* context,
                                                const pb::StepEchoRequest* request,
                                                pb::Echo* reply) {
  return rpc::ServeWriteSteps(
      endpoint_, context, request, reply,
      [this](const Call& call, const pb::StepEchoRequest& in) -> StatusOr<pb::Echo> {
        work_count_.fetch_add(1);
        return rpc::WriteOnce(database_, call, [&](sql::Tx& tx) -> StatusOr<pb::Echo> {
          return Store(tx, in.echo());
        });
      });
}

grpc::ServerUnaryReactor* EchoService::UpdateEcho(grpc::CallbackServerContext* context,
                                                  const pb::UpdateEchoRequest* request,
                                                  pb::Echo* reply) {
  return rpc::ServeRead(
      endpoint_, context, request, reply,
      [](const Call&, const pb::UpdateEchoRequest& in) -> StatusOr<pb::Echo> { return in.echo(); });
}

grpc::ServerWriteReactor<pb::EchoChange>* EchoService::WatchEchoes(
    grpc::CallbackServerContext* context, const common::v1::WatchRequest* request) {
  auto read = [this](const Call& call, int64_t after,
                     int limit) -> StatusOr<rpc::Batch<pb::EchoChange>> {
    return database_.Read(call, [&](sql::Tx& tx) -> StatusOr<rpc::Batch<pb::EchoChange>> {
      ASSIGN_OR_RETURN(const int64_t last, sql::LastSequence(tx));
      if (after > last) return OutOfRange({"FELL_BEHIND", "list again"});
      ASSIGN_OR_RETURN(const auto events, sql::ReadEvents(tx, after, limit));
      rpc::Batch<pb::EchoChange> batch{
          .messages = {}, .last_sequence = after, .newest_sequence = last};
      for (const sql::RecordedEvent& event : events) {
        batch.last_sequence = event.sequence;
        if (event.resource.starts_with("echoes/quiet")) continue;
        auto* position = batch.messages.emplace_back().mutable_position();
        position->set_sequence(event.sequence);
        position->set_resource(event.resource);
      }
      return batch;
    });
  };
  return rpc::ServeWatch<pb::EchoChange>(endpoint_, database_.changes(), context, request,
                                         request->from_sequence(), read);
}

grpc::ServerBidiReactor<pb::ImportEchoesRequest, pb::ImportEchoesResponse>*
EchoService::ImportEchoes(grpc::CallbackServerContext* context) {
  using Rows = std::vector<pb::Echo>;
  return rpc::ServeImport<pb::ImportEchoesRequest, pb::ImportEchoesResponse, Rows>(
      endpoint_, database_, context,
      [](const Call&, const pb::ImportEchoesRequest& batch) -> StatusOr<Rows> {
        return Rows(batch.echoes().begin(), batch.echoes().end());
      },
      [](sql::Tx& tx, const Call&, const Rows& rows) -> StatusOr<pb::ImportEchoesResponse> {
        pb::ImportEchoesResponse response;
        for (const pb::Echo& echo : rows) {
          if (echo.text() == "refuse") return Precondition({"REFUSED", "this text is refused"});
          RETURN_IF_ERROR(Store(tx, echo).status());
          response.set_stored(response.stored() + 1);
        }
        return response;
      });
}

StatusOr<std::unique_ptr<sql::Database>> OpenEchoStore(const Clock& clock,
                                                       const std::string& file) {
  sql::DatabaseOptions options;
  options.file = file;
  options.name = "echo";
  options.migrations = {{.version = "0001", .name = "echo", .up = kSchema}};
  return sql::Database::Open(std::move(options), clock);
}

pb::Echo ValidEcho(const std::string& text) {
  pb::Echo echo;
  echo.set_text(text);
  echo.set_state(pb::Echo::STATE_LOUD);
  echo.set_times(2);
  return echo;
}

}  // namespace matchgo::echo
